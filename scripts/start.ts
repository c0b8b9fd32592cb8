// `npm start [-- DIR]`: opens VS Code with Wheelhouse on a sample project, or on DIR.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { pack, packOpener } from "./pack.ts";
import { cache, root } from "./paths.ts";
import { timed } from "./steps.ts";
import { installExtension } from "./web-host/extensions.ts";
import { front } from "./web-host/front.ts";
import { installWebHost } from "./web-host/install.ts";
import { secretHalf, serve, writeSettings } from "./web-host/serve.ts";

const PORT = 8765;

/** What a first look needs: no welcome pages, and the panel visible beside the editor. */
const SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "visible",
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "telemetry.telemetryLevel": "off",
};

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

/** A copy of the sample, so that trying things out does not change this repository. */
function sampleFolder(): string {
  const copy = join(cache, "sample");
  if (existsSync(copy)) return copy;
  cpSync(join(root, "sample"), copy, { recursive: true });
  // A repository of its own, so that VS Code shows its changes and not those of the one it lies in.
  for (const given of [
    ["init", "-q"],
    ["add", "."],
    ["-c", "user.name=Sample", "-c", "user.email=sample@example.invalid", "commit", "-qm", "A small shop"],
  ]) {
    spawnSync("git", given, { cwd: copy, stdio: "ignore" });
  }
  return copy;
}

async function openDesktop(): Promise<void> {
  await timed("Building", () => pack("development"));
  spawn("code", ["--new-window", `--extensionDevelopmentPath=${root}`, folder], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  console.log("VS Code opens in a window of its own.");
}

async function openBrowser(): Promise<void> {
  const { server } = await timed("VS Code", () => installWebHost({ withBrowser: false }));
  const vsix = await timed("Building Wheelhouse", () => pack("development"));
  const state = join(cache, "start");
  const extensions = join(state, "extensions");
  writeSettings(state, SETTINGS);
  for (const file of [vsix, packOpener()]) installExtension(server, state, extensions, file);
  const token = tokenOf(state);
  const path = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const serving = await serve({
    server,
    state,
    extensions,
    port: 0,
    token,
    given: ["--disable-workspace-trust"],
    env: { PATH: path },
  });
  const door = await front(PORT, serving.port, secretHalf(state)).catch(() =>
    front(0, serving.port, secretHalf(state)),
  );
  console.log(
    `\nOpen this in a browser:\n\n  http://127.0.0.1:${door.port}/?tkn=${token}&folder=${encodeURIComponent(folder)}\n\nCtrl+C ends it.`,
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => void serving.stop().then(() => process.exit(0)));
  serving.process.once("exit", (code) => process.exit(code ?? 1));
}

/** The address stays the same from start to start, so that an open tab goes on. */
function tokenOf(state: string): string {
  const path = join(state, "token");
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString("hex"), { mode: 0o600 });
  return readFileSync(path, "utf8");
}
