import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { cache, root } from "./paths.ts";
import { step } from "./steps.ts";

/** Kilobytes (1000 bytes) the package may have. */
const BUDGET = 8000;

/** Builds and packs the extension; answers the file's path. Throws when it is over its budget. */
export function pack(kind: "production" | "development"): string {
  step(process.execPath, ["esbuild.js", ...(kind === "production" ? ["--production"] : [])]);
  const out = join(cache, "wheelhouse.vsix");
  step(
    "vsce",
    [
      "package",
      "--no-dependencies",
      "--skip-license",
      "--allow-missing-repository",
      "--no-rewrite-relative-links",
      "--out",
      out,
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  const size = statSync(out).size / 1000;
  if (size > BUDGET) throw new Error(`${out} has ${size.toFixed(0)} kB, more than ${BUDGET}`);
  return out;
}

/** The small extension that shows the panel in the window of `npm start`. */
export function packOpener(): string {
  const out = join(cache, "opener.vsix");
  const cwd = join(root, "scripts/web-host/opener");
  const given = [
    "package",
    "--no-dependencies",
    "--skip-license",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    "--out",
    out,
  ];
  if (!existsSync(out)) step("vsce", given, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  return out;
}
