import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { bundledIn, noticesFor } from "./notices.ts";
import { cache, root } from "./paths.ts";
import { step } from "./steps.ts";

/** Kilobytes (1000 bytes) the package may have. */
const BUDGET = 8000;

/** Builds and packs the extension as people install it, for whatever it is wanted; answers the file's path. Throws when it is over its budget. */
export function pack(): string {
  step(process.execPath, ["esbuild.js", "--production"]);
  const dist = join(root, "dist");
  writeFileSync(join(dist, "THIRD-PARTY-NOTICES.txt"), noticesFor(bundledIn(dist)));
  const out = packFolder(stagedFolder(), join(cache, "wheelhouse.vsix"));
  const size = statSync(out).size / 1000;
  if (size > BUDGET) throw new Error(`${out} has ${size.toFixed(0)} kB, more than ${BUDGET}`);
  return out;
}

/**
 * A folder of nothing but what `.vscodeignore` lets into the package: vsce matches every file below the one it packs,
 * which here are those of a whole VS Code.
 */
function stagedFolder(): string {
  const folder = join(cache, "package");
  rmSync(folder, { recursive: true, force: true });
  const rules = readFileSync(join(root, ".vscodeignore"), "utf8").split("\n");
  const kept = rules.filter((it) => it.startsWith("!")).map((it) => it.slice(1));
  for (const path of [".vscodeignore", ...globSync(kept, { cwd: root })])
    cpSync(join(root, path), join(folder, path));
  return folder;
}

/** The small extension that shows the panel in the window of `npm start`. */
export function packOpener(): string {
  const out = join(cache, "opener.vsix");
  return existsSync(out) ? out : packFolder(join(root, "scripts/web-host/opener"), out);
}

/** Packs the extension in `folder` as it stands; answers `out`. */
export function packFolder(folder: string, out: string): string {
  mkdirSync(dirname(out), { recursive: true });
  const plain = [
    "--no-dependencies",
    "--skip-license",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
  ];
  step("vsce", ["package", ...plain, "--out", out], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  return out;
}
