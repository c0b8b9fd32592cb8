import type { Context } from "mocha";
import type { EditorWindow } from "./window.ts";

/** For `afterEach`: a picture of the window in which a test failed, below .vscode-test/shots. */
export function shotOfFailure(window: () => EditorWindow | undefined): (this: Context) => Promise<void> {
  return async function () {
    const test = this.currentTest;
    if (test?.state === "failed" && window()?.page.isClosed() === false)
      await window()?.shot(`failed ${test.title.replace(/[^\w ]/g, "").slice(0, 60)}`);
  };
}
