import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { pack, packFolder } from "../scripts/pack.ts";
import { root } from "../scripts/paths.ts";
import { ensureChromium } from "../scripts/web-host/chromium.ts";
import { installExtension } from "../scripts/web-host/extensions.ts";
import { front } from "../scripts/web-host/front.ts";
import { installWebHost } from "../scripts/web-host/install.ts";
import { secretHalf, serve, writeSettings } from "../scripts/web-host/serve.ts";

/** A real VS Code with Wheelhouse, on a copy of the sample, in a window. */
export interface Editor {
  readonly page: Page;
  readonly home: string;
  readonly folder: string;
  readonly close: () => Promise<void>;
}

export interface EditorSetup {
  readonly env: Readonly<Record<string, string>>;
  readonly home: string;
  readonly folder: string;
  /** Further extensions, as folders that can be packed. */
  readonly probes: readonly string[];
  readonly withWheelhouse: boolean;
}

/** A fresh copy of the sample project. */
export function sampleCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-project-"));
  cpSync(join(root, "sample"), folder, { recursive: true });
  return folder;
}

/** Starts VS Code's server with the packed extension and opens it in Chromium. */
export async function openEditor({
  env,
  home,
  folder,
  probes,
  withWheelhouse,
}: EditorSetup): Promise<Editor> {
  const executablePath = await ensureChromium();
  if (executablePath === undefined) throw new Error("There is no Chromium: install the package chromium.");
  const host = installWebHost({ withBrowser: false });
  const state = mkdtempSync(join(tmpdir(), "wheelhouse-editor-"));
  const extensions = join(state, "extensions");
  writeSettings(state, {
    "workbench.startupEditor": "none",
    "workbench.secondarySideBar.defaultVisibility": "visible",
    "chat.disableAIFeatures": true,
    "extensions.autoCheckUpdates": false,
    "workbench.colorTheme": "Dark Modern",
    "window.autoDetectColorScheme": false,
  });
  const files = [
    ...(withWheelhouse ? [pack()] : []),
    ...probes.map((it) => packFolder(it, join(state, "probe.vsix"))),
  ];
  for (const file of files) installExtension(host.server, state, extensions, file);
  const serving = await serve({
    server: host.server,
    state,
    extensions,
    port: 0,
    token: undefined,
    given: ["--disable-workspace-trust"],
    env: { ...env, WHEELHOUSE_HOME: home },
  });
  const door = await front(0, serving.port, secretHalf(state), serving.token);
  const browser = await launch(executablePath);
  const page = await browser.newPage({ viewport: { width: 1360, height: 820 } });
  await page.goto(`http://127.0.0.1:${door.port}/?folder=${encodeURIComponent(folder)}`);
  await page.waitForSelector(".monaco-workbench");
  return {
    page,
    home,
    folder,
    async close() {
      await browser.close();
      door.close();
      await serving.stop();
    },
  };
}

function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

/** The stand-in for the Messages API as a process of its own, playing `script` again and again. */
export async function playing(script: unknown): Promise<{ readonly url: string; readonly stop: () => void }> {
  const file = join(mkdtempSync(join(tmpdir(), "wheelhouse-script-")), "script.json");
  writeFileSync(file, JSON.stringify(script));
  const child = spawn(process.execPath, [join(root, "test/support/stand-in/main.ts"), file, "--repeat"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve) =>
    child.stdout.once("data", (it: Buffer) => resolve(it.toString().trim())),
  );
  return { url, stop: () => child.kill() };
}

/** Waits until a file is there and answers its JSON. */
export async function resultAt(path: string, limitMs: number): Promise<unknown> {
  for (const from = Date.now(); Date.now() - from < limitMs; ) {
    if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8"));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`nothing was written to ${path}`);
}
