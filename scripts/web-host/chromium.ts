import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromiumPath } from "../../test/support/chromium.ts";
import { installWebHost } from "./install.ts";

const UPDATE_LIMIT_MS = 90_000;
const INSTALL_LIMIT_MS = 5 * 60_000;

/** The path of a Chromium: the one that is there, Debian's where it may be installed, else the one that comes as a package. `undefined`: none. */
export async function ensureChromium(): Promise<string | undefined> {
  const present = chromiumPath();
  if (present) return present;
  if (mayInstall()) {
    console.log("Installing Chromium (once, about a minute) …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const get = (timeout: number, ...given: string[]) =>
      spawnSync("apt-get", given, { env, timeout, stdio: "ignore" });
    get(UPDATE_LIMIT_MS, "update");
    get(INSTALL_LIMIT_MS, "install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core");
  }
  return chromiumPath() ?? installWebHost({ withBrowser: true }).chromium();
}

/** Root on a Debian may. */
function mayInstall(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}
