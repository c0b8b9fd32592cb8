import { chromiumPath } from "../../test/support/chromium.ts";
import { aptInstall } from "../apt.ts";
import { installWebHost } from "./install.ts";

/** The path of a Chromium: the one that is there, Debian's where it may be installed, else the one that comes as a package. `undefined`: none. */
export async function ensureChromium(): Promise<string | undefined> {
  const present = chromiumPath();
  if (present) return present;
  aptInstall("chromium-headless-shell", "fonts-dejavu-core");
  if (!chromiumPath()) aptInstall("chromium", "fonts-dejavu-core");
  return chromiumPath() ?? installWebHost({ withBrowser: true }).chromium();
}
