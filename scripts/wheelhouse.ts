// `npm run wheelhouse -- …`: the command, from this folder.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.ts";
import { step } from "./steps.ts";

const cli = join(root, "dist", "cli.cjs");
if (!existsSync(cli)) step(process.execPath, ["esbuild.js"], { stdio: ["ignore", "ignore", "inherit"] });
// npm runs scripts in the package's folder; the person is where npm was called.
const cwd = process.env["INIT_CWD"] ?? process.cwd();
process.exitCode =
  spawnSync(process.execPath, [cli, ...process.argv.slice(2)], { stdio: "inherit", cwd }).status ?? 1;
