import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Command, EventBody, SessionEvent } from "../../src/agent/events.ts";
import type { FromScreen, ToScreen } from "../../src/agent/screen.ts";
import { NO_SESSION, type SessionState } from "../../src/agent/session.ts";
import { step } from "../../src/agent/step.ts";
import { pageOf } from "../../webview/page.ts";
import type { OpenBrowser } from "../support/chromium.ts";
import { THEMES, type Theme } from "./themes.ts";

const root = join(import.meta.dirname, "../..");
const built = join(tmpdir(), `wheelhouse-panel-${process.pid}`);
process.on("exit", () => rmSync(built, { recursive: true, force: true }));
const ORIGIN = "http://panel.test";

export interface PanelSetup {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly scale?: number;
  /** What an earlier page kept with `setState`. */
  readonly kept?: unknown;
  /** In a page that nobody had before and nobody gets after: for tests that change the browser around it. */
  readonly isAlone?: boolean;
}

/** The built page with a host that the test plays. */
export interface PanelPage {
  readonly page: Page;
  readonly errors: string[];
  /** Addresses the page asked for beyond its own script and style. */
  readonly requests: string[];
  readonly posted: () => Promise<FromScreen[]>;
  readonly commands: () => Promise<Command[]>;
  /** What the page kept with `setState`. */
  readonly kept: () => Promise<unknown>;
  readonly send: (...messages: ToScreen[]) => Promise<void>;
  /** Numbers events, takes them into the host's session too, and sends them. */
  readonly play: (...bodies: EventBody[]) => Promise<void>;
  readonly state: () => SessionState;
  readonly close: () => Promise<void>;
}

/** A file of what was built. */
export function builtFile(name: string): string {
  return readFileSync(join(built, "webview", name), "utf8");
}

/** Builds the pages' scripts and styles into a folder of this process, so that no other build can take them away. */
export function buildPanel(): void {
  if (!existsSync(built))
    execFileSync(process.execPath, ["esbuild.js", "--only=webview", `--out=${built}`], {
      cwd: root,
      stdio: "pipe",
    });
}

/** A page of the browser that waits for the next panel: to load one in it takes a third of the time. */
const idle = new WeakMap<OpenBrowser, Awaited<ReturnType<OpenBrowser["openPage"]>>>();

/** Opens the page and sends it a session that has just been opened. */
export async function openPanel(browser: OpenBrowser, setup: PanelSetup = {}): Promise<PanelPage> {
  const { width = 350, height = 720, scale, isAlone = scale !== undefined } = setup;
  const opened = (isAlone ? undefined : idle.get(browser)) ?? (await browser.openPage(setup));
  const { page, errors } = opened;
  idle.delete(browser);
  errors.length = 0;
  await page.setViewportSize({ width, height });
  await page.mouse.move(-1, -1);
  const requests: string[] = [];
  await page.route("**/*", (route) => {
    const { pathname, href, origin } = new URL(route.request().url());
    const file = join(built, "webview", pathname);
    if (href === `${ORIGIN}/`) return route.fulfill({ contentType: "text/html", body: html() });
    if (origin === ORIGIN && /^\/main\.(js|css)$/.test(pathname) && existsSync(file))
      return route.fulfill({ contentType: typeOf(file), body: readFileSync(file) });
    if (href !== `${ORIGIN}/favicon.ico`) requests.push(href);
    return route.abort();
  });
  const given = await page.addInitScript(beEditor, {
    theme: setup.theme ?? firstTheme(),
    kept: setup.kept ?? null,
  });
  await page.goto(`${ORIGIN}/`);
  const panel = playing(page, errors, requests, close);
  await panel.send({ type: "snapshot", state: panel.state(), readOnly: undefined });
  return panel;

  async function close(): Promise<void> {
    if (isAlone) return page.context().close();
    await given.dispose();
    await page.unrouteAll();
    idle.set(browser, opened);
  }
}

function playing(page: Page, errors: string[], requests: string[], close: () => Promise<void>): PanelPage {
  let state = [OPENED].map(numberedFrom(1)).reduce(step, NO_SESSION);
  const posted = () => page.evaluate(() => (globalThis as unknown as Editor).posted);
  const send = async (...messages: ToScreen[]) => {
    await page.evaluate(async (all) => {
      for (const it of JSON.parse(all)) window.postMessage(it, "*");
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
    }, JSON.stringify(messages));
  };
  return {
    page,
    errors,
    requests,
    posted,
    send,
    commands: async () => (await posted()).flatMap((it) => (it.type === "command" ? [it.command] : [])),
    kept: () => page.evaluate(() => (globalThis as unknown as Editor).kept),
    async play(...bodies) {
      const events = bodies.map(numberedFrom(state.n + 1));
      state = events.reduce(step, state);
      await send({ type: "events", events });
    },
    state: () => state,
    close,
  };
}

export const OPENED: EventBody = {
  type: "opened",
  format: 1,
  id: "s1",
  folder: "/home/me/project",
  model: "claude-sonnet-5-5",
  effort: undefined,
  mode: "default",
  host: "test",
  version: "0",
};

/** Gives events their numbers from `first` on and a fixed time. */
export function numberedFrom(first: number): (body: EventBody, index: number) => SessionEvent {
  return (body, index) => ({ n: first + index, at: 1_790_000_000_000 + index, ...body });
}

interface Editor {
  posted: FromScreen[];
  kept: unknown;
}

/** Runs in the page before its script: what the editor gives a webview. */
export function beEditor({ theme, kept }: { theme: Theme; kept: unknown }): void {
  const editor = { posted: [] as unknown[], kept };
  const api = {
    postMessage: (message: unknown) => editor.posted.push(JSON.parse(JSON.stringify(message))),
    getState: () => editor.kept,
    setState: (state: unknown) => (editor.kept = state),
  };
  Object.defineProperty(globalThis, "posted", { get: () => editor.posted });
  Object.defineProperty(globalThis, "kept", { get: () => editor.kept });
  Object.assign(globalThis, { acquireVsCodeApi: () => api });
  document.addEventListener("readystatechange", () => {
    for (const [name, value] of Object.entries(theme.variables))
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    document.body.className = theme.bodyClass;
  });
}

function html(): string {
  return pageOf({
    cspSource: ORIGIN,
    nonce: "n0nce",
    scriptUri: `${ORIGIN}/main.js`,
    styleUri: `${ORIGIN}/main.css`,
  });
}

function typeOf(file: string): string {
  return file.endsWith(".js") ? "text/javascript" : "text/css";
}

function firstTheme(): Theme {
  const [theme] = THEMES;
  if (!theme) throw new Error("THEMES is empty");
  return theme;
}
