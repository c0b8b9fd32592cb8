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
import { CHROMIUM_ARGUMENTS, chromiumPath } from "../../support/chromium.ts";
import { type EditorWindow, windowOf } from "./window.ts";

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

/** Starts it; the tests are skipped where there is no Chromium. */
export async function startEditor(
  test: Context,
  { settings = {}, asksForTrust = false, env = {} }: EditorOptions = {},
): Promise<Editor> {
  const executablePath = chromiumPath() ?? test.skip();
  const { server } = installWebHost({ withBrowser: false });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "wheelhouse-window-")));
  const [state, home] = [join(folder, "state"), join(folder, "home")];
  const extensions = join(state, "extensions");
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
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] });
  return editorOf({ folder, state, home, workbench, browser });
}

interface Parts {
  readonly folder: string;
  readonly state: string;
  readonly home: string;
  readonly workbench: Workbench;
  readonly browser: Browser;
}

function editorOf({ folder, state, home, workbench, browser }: Parts): Editor {
  let projects = 0;
  let context: Promise<BrowserContext> | undefined;
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
      // One for all windows: what VS Code keeps in the browser is the person's.
      context ??= browser.newContext({
        viewport: { width: 1400, height: 900 },
        permissions: ["clipboard-read", "clipboard-write"],
      });
      const page = await (await context).newPage();
      await page.goto(windowAddress(workbench, { folder: opened }));
      return windowOf(page);
    },
    async stop() {
      await browser.close();
      await workbench.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
