import { statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.ts";
import { step } from "./steps.ts";

/** Kilobytes (1000 bytes) the package may have. */
const BUDGET = 8000;

/** Builds and packs the extension; answers the file's path. Throws when it is over its budget. */
export function pack(kind: "production" | "development"): string {
  step(process.execPath, ["esbuild.js", ...(kind === "production" ? ["--production"] : [])]);
  const out = join(root, ".vscode-test", "wheelhouse.vsix");
  step("vsce", ["package", "--no-dependencies", "--skip-license", "--allow-missing-repository", "--out", out], { stdio: ["ignore", "ignore", "inherit"] });
  const size = statSync(out).size / 1000;
  if (size > BUDGET) throw new Error(`${out} has ${size.toFixed(0)} kB, more than ${BUDGET}`);
  return out;
}
