import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Context } from "mocha";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { cache, root } from "../../../scripts/paths.ts";
import { TEST_SETTINGS } from "../../../scripts/test-settings.ts";
import { installExtension } from "../../../scripts/web-host/extensions.ts";
import { installWebHost } from "../../../scripts/web-host/install.ts";
import { writeSettings } from "../../../scripts/web-host/serve.ts";
import { startWorkbench, type Workbench, windowAddress } from "../../../scripts/web-host/workbench.ts";
import { chromiumPath, launchOptions } from "../../support/chromium.ts";
import { isBelow, type Process, processes } from "./processes.ts";
import { type EditorWindow, OPENING_MS, until, windowOf } from "./window.ts";

export interface EditorOptions {
  /** Settings of the person, beyond those of every test. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly asksForTrust?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** A VS Code of its own with the packaged extension installed, whose windows open in a browser. */
export interface Editor {
  /** Where Wheelhouse keeps its state (WHEELHOUSE_HOME). */
  readonly home: string;
  /** Where VS Code keeps its own. */
  readonly state: string;
  /** A fresh copy of the sample project. */
  readonly project: () => string;
  /** Opens a window on a folder, or on nothing. */
  readonly open: (folder?: string) => Promise<EditorWindow>;
  readonly pid: number | undefined;
  readonly stop: () => Promise<void>;
}

/**
 * A VS Code for a suite; its tests are skipped where there is no Chromium. Since one takes long to start, suites that
 * ask for nothing but settings use the same one after another: with Wheelhouse's state empty, and in the same browser
 * profile.
 */
export async function startEditor(test: Context, options: EditorOptions = {}): Promise<Editor> {
  const executablePath = chromiumPath() ?? test.skip();
  if (!options.asksForTrust && !options.env) return sharedEditor(executablePath, options.settings ?? {});
  const parts = await startParts(executablePath, options);
  return editorOf(parts, async () => {
    await parts.browser.close();
    await parts.workbench.stop();
  });
}

/** Ends with this process. */
let shared: Promise<Parts> | undefined;

async function sharedEditor(
  executablePath: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<Editor> {
  shared ??= startParts(executablePath, {});
  const parts = await shared;
  const { state, home, workbench } = parts;
  rmSync(join(state, "User", "settings.json"));
  writeSettings(state, { ...TEST_SETTINGS, ...settings });
  rmSync(home, { recursive: true });
  mkdirSync(home);
  return editorOf(parts, async () => {
    // The server would keep them for a while, for pages that may come back.
    for (const it of hostsOf(workbench.pid)) kill(it.pid);
    await until("the extension hosts end", () => hostsOf(workbench.pid).length === 0);
  });
}

function hostsOf(server: number | undefined): readonly Process[] {
  return processes().filter((it) => it.command.includes("--type=extensionHost") && isBelow(it.pid, server));
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has just ended.
  }
}

interface Parts {
  readonly folder: string;
  readonly state: string;
  readonly home: string;
  readonly workbench: Workbench;
  readonly browser: Browser;
  /** One profile for all windows: what VS Code keeps in the browser is the person's, and so is its compiled code. */
  readonly profile: BrowserContext;
}

async function startParts(
  executablePath: string,
  { settings = {}, asksForTrust = false, env = {} }: EditorOptions,
): Promise<Parts> {
  const { server } = installWebHost({ withBrowser: false });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "wheelhouse-window-")));
  const [state, home] = [join(folder, "state"), join(folder, "home")];
  const extensions = join(state, "extensions");
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  mkdirSync(home);
  writeSettings(state, { ...TEST_SETTINGS, ...settings });
  installExtension(server, state, extensions, join(cache, "wheelhouse.vsix"));
  const path = `${dirname(process.execPath)}:${process.env["PATH"]}`;
  const keys = { ANTHROPIC_API_KEY: "", ANTHROPIC_AUTH_TOKEN: "", ANTHROPIC_BASE_URL: "" };
  const workbench = await startWorkbench({
    server,
    state,
    extensions,
    asksForTrust,
    env: { WHEELHOUSE_HOME: home, PATH: path, ...keys, ...env },
  });
  const browser = await chromium.launch(launchOptions(executablePath));
  const profile = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  return { folder, state, home, workbench, browser, profile };
}

let projects = 0;

function editorOf({ folder, state, home, workbench, profile }: Parts, stop: () => Promise<void>): Editor {
  return {
    home,
    state,
    pid: workbench.pid,
    project() {
      const copy = join(folder, `project-${++projects}`);
      cpSync(join(root, "sample"), copy, { recursive: true });
      return copy;
    },
    async open(opened) {
      const page = await profile.newPage();
      await page.goto(windowAddress(workbench, { folder: opened }), { timeout: OPENING_MS });
      return windowOf(page);
    },
    async stop() {
      for (const page of profile.pages()) await page.close();
      await stop();
    },
  };
}
