// `npm start [-- DIR]`: opens VS Code with Wheelhouse on a sample project, or on DIR.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { pack, packOpener } from "./pack.ts";
import { cache, root } from "./paths.ts";
import { timed } from "./steps.ts";
import { installExtension } from "./web-host/extensions.ts";
import { front } from "./web-host/front.ts";
import { installWebHost } from "./web-host/install.ts";
import { noteRunning, runningPort } from "./web-host/running.ts";
import { secretHalf, serve, writeSettings } from "./web-host/serve.ts";

/** Where the sample opens, and where other folders do. */
const PORTS = { sample: 8765, folder: 8766 } as const;

/** What a first look needs: no welcome pages, and the panel visible beside the editor. */
const SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "visible",
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "telemetry.telemetryLevel": "off",
};

/** The extensions of a page that is gone end after a minute: a session that one holds can only be read elsewhere. */
const GIVEN = ["--reconnection-grace-time", "60"];

const folder = folderToOpen(process.argv[2]);
const hasDesktop =
  process.platform !== "linux" || Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);
const desktop =
  hasDesktop &&
  !process.env["WHEELHOUSE_WEB"] &&
  spawnSync("code", ["--version"], { stdio: "ignore", shell: process.platform === "win32" }).status === 0;
if (desktop) await openDesktop();
else await openBrowser();

function folderToOpen(given: string | undefined): string {
  if (given === undefined) return sampleFolder();
  const path = resolve(process.env["INIT_CWD"] ?? process.cwd(), given);
  if (existsSync(path) && statSync(path).isDirectory()) return path;
  console.error(`There is no folder "${path}".`);
  process.exit(2);
}

/** A copy of the sample, so that trying things out does not change this repository. A start that broke off leaves none. */
function sampleFolder(): string {
  const sample = join(cache, "sample");
  if (existsSync(sample)) return sample;
  mkdirSync(cache, { recursive: true });
  const copy = join(mkdtempSync(join(cache, "sample-")), "sample");
  cpSync(join(root, "sample"), copy, { recursive: true });
  // A repository of its own, so that VS Code shows its changes and not those of the one it lies in.
  for (const given of [
    ["init", "-q"],
    ["add", "."],
    ["-c", "user.name=Sample", "-c", "user.email=sample@example.invalid", "commit", "-qm", "A small shop"],
  ]) {
    spawnSync("git", given, { cwd: copy, stdio: "ignore" });
  }
  renameSync(copy, sample);
  rmdirSync(dirname(copy));
  return sample;
}

async function openDesktop(): Promise<void> {
  await timed("Building", () => pack());
  spawn("code", ["--new-window", `--extensionDevelopmentPath=${root}`, folder], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  console.log("VS Code opens in a window of its own.");
}

async function openBrowser(): Promise<void> {
  // Only our own sample is trusted unasked. That is a switch of the whole server, so that other folders have one of their own.
  const kind = folder === join(cache, "sample") ? "sample" : "folder";
  const state = join(cache, kind === "sample" ? "start" : "start-folder");
  mkdirSync(state, { recursive: true });
  const [token, half] = [tokenOf(state), secretHalf(state)];
  const before = await runningPort(state, token, half);
  if (before !== undefined) return console.log(`\nIt runs already. ${invitation(before, token)}`);
  const { server } = await timed("VS Code", () => installWebHost({ withBrowser: false }));
  const vsix = await timed("Building Wheelhouse", () => pack());
  const extensions = join(state, "extensions");
  writeSettings(state, SETTINGS);
  for (const file of [vsix, packOpener()]) installExtension(server, state, extensions, file);
  const path = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const given = [...GIVEN, ...(kind === "sample" ? ["--disable-workspace-trust"] : [])];
  const serving = await serve({ server, state, extensions, port: 0, token, given, env: { PATH: path } });
  const door = await front(PORTS[kind], serving.port, half, token).catch(() =>
    front(0, serving.port, half, token),
  );
  const forget = noteRunning(state, door.port);
  console.log(`\n${invitation(door.port, token)}\n\nCtrl+C ends it.`);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => void serving.stop().then(() => process.exit(0)));
  process.once("exit", forget);
  serving.process.once("exit", (code) => process.exit(code ?? 1));
}

function invitation(port: number, token: string): string {
  return `Open this in a browser:\n\n  http://127.0.0.1:${port}/?tkn=${token}&folder=${encodeURIComponent(folder)}`;
}

/** The address stays the same from start to start, so that an open tab goes on. */
function tokenOf(state: string): string {
  const path = join(state, "token");
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString("hex"), { mode: 0o600 });
  return readFileSync(path, "utf8");
}
