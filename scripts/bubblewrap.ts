import { bubblewrapPath } from "../test/support/bubblewrap.ts";
import { aptInstall } from "./apt.ts";

/** Has bubblewrap installed where that is permitted; without it, the tests that need it are skipped and say so. */
export function ensureBubblewrap(): void {
  if (process.platform === "linux" && bubblewrapPath() === undefined) aptInstall("bubblewrap");
}
