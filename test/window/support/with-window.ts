import { after, afterEach, before, type Suite } from "mocha";
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

/** Gives the tests of a suite a window that all of them use; without Chromium they are skipped. A picture is taken of each failure. */
export function withWindow(suite: Suite, options: () => EditorOptions = () => ({})): WithWindow {
  const opened: { editor?: Editor; window?: EditorWindow; folder?: string } = {};
  suite.timeout(120_000);
  before(async function () {
    const editor = await startEditor(this, options());
    const folder = editor.project();
    Object.assign(opened, { editor, folder });
    opened.window = await editor.open(folder);
    await opened.window.showPanel();
  });
  afterEach(shotOfFailure(() => opened.window));
  after(() => opened.editor?.stop());
  const window = () => there(opened.window);
  return {
    editor: () => there(opened.editor),
    window,
    folder: () => there(opened.folder),
    says: (words) => window().text(words).first().waitFor(),
  };
}

function there<T>(it: T | undefined): T {
  if (it === undefined) throw new Error("The window was not opened.");
  return it;
}
