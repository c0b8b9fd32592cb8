import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { after, afterEach, before, type Context, type Suite } from "mocha";
import { root } from "../../../scripts/paths.ts";
import { type Editor, type EditorOptions, startEditor } from "./editor.ts";
import { shotOfFailure } from "./shots.ts";
import type { EditorWindow } from "./window.ts";

export interface WithWindow {
  readonly editor: () => Editor;
  /** The window, opened on `folder` with the panel shown. */
  readonly window: () => EditorWindow;
  /** A copy of the sample project. */
  readonly folder: () => string;
  /** Waits until these words stand in the conversation. */
  readonly says: (words: string | RegExp) => Promise<void>;
}

interface Opened {
  readonly options: EditorOptions;
  readonly editor: Editor;
  readonly window: EditorWindow;
  readonly folder: string;
}

/** The window of the suite before, for one that asks for the same: to open one takes longer than most suites. */
let left: Opened | undefined;

/**
 * Gives the tests of a suite a window that all of them use, in a new session; without Chromium they are skipped. The
 * suite before may have had the same window: its sessions and rules are still there, its editors and files are not.
 * A picture is taken of each failure.
 */
export function withWindow(suite: Suite, options: () => EditorOptions = () => ({})): WithWindow {
  let opened: Opened | undefined;
  let hasFailed = false;
  suite.timeout(240_000);
  before(async function () {
    opened = await openedFor(this, options());
    await opened.window.showPanel();
  });
  afterEach(shotOfFailure(() => opened?.window));
  afterEach(function () {
    hasFailed ||= this.currentTest?.state === "failed";
  });
  after(async () => {
    left = opened;
    if (hasFailed || opened?.window.page.isClosed()) await close();
  });
  const there = () => {
    if (opened === undefined) throw new Error("The window was not opened.");
    return opened;
  };
  return {
    editor: () => there().editor,
    window: () => there().window,
    folder: () => there().folder,
    says: (words) => there().window.text(words).first().waitFor(),
  };
}

async function openedFor(test: Context, options: EditorOptions): Promise<Opened> {
  if (left && isDeepStrictEqual(left.options, options)) {
    await tidy(left);
    return left;
  }
  await close();
  const editor = await startEditor(test, options);
  const folder = editor.project();
  return { options, editor, folder, window: await editor.open(folder) };
}

async function close(): Promise<void> {
  await left?.editor.stop();
  left = undefined;
}

/** Leaves the window as it is when it has just been opened on a fresh copy of the sample. */
async function tidy({ window, folder }: Opened): Promise<void> {
  await window.run("View: Close All Editors");
  await window.run("View: Show Explorer");
  for (const it of readdirSync(folder)) rmSync(join(folder, it), { recursive: true });
  cpSync(join(root, "sample"), folder, { recursive: true });
  await window.showPanel();
  await window.button("New session").click();
}
