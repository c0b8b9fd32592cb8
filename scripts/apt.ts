import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const UPDATE_LIMIT_MS = 90_000;
const INSTALL_LIMIT_MS = 5 * 60_000;

/** Installs Debian's packages where that is permitted: root on a Debian may. Says nothing of failure: look for what they bring. */
export function aptInstall(...packages: readonly string[]): void {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  console.log(`Installing ${packages[0]} (once) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const get = (timeout: number, ...given: readonly string[]) =>
    spawnSync("apt-get", given, { env, timeout, stdio: "ignore" });
  get(UPDATE_LIMIT_MS, "update");
  get(INSTALL_LIMIT_MS, "install", "-y", "--no-install-recommends", ...packages);
}
