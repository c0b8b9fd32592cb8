import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Problem, Problems } from "../../src/world.ts";
import { call, calls, says } from "../support/scripted-model.ts";
import { answerTo, rig } from "../support/session.ts";
import { testWorld } from "../support/world.ts";

const problem = (message: string, severity: Problem["severity"] = "error"): Problem => ({
  path: "/p/a.ts",
  line: 1,
  column: 2,
  severity,
  message,
});

/** What the model is answered to an edit of a TypeScript file on a host with these problems. */
async function answerOn(problems: Problems): Promise<unknown> {
  const world = { ...testWorld({ "/p/a.ts": "one\n" }), problems };
  const edit = call("Edit", { file_path: "a.ts", old_string: "one", new_string: "1" });
  const model = [calls(call("Read", { file_path: "a.ts" })), calls(edit), says("ok")];
  const it = await rig({ model, world, mode: "acceptEdits" });
  await it.turn("go");
  return answerTo(it.log.events, "Edit")?.content;
}

describe("an edit", () => {
  it("waits for no checker on a host that has none", async () => {
    const never = () => new Promise<never>(() => undefined);
    assert.equal(await answerOn({ available: false, of: never }), "/p/a.ts was changed.");
  });

  it("tells the errors and warnings it brought, and none that were there before", async () => {
    const old = [problem("old")];
    const now = [...old, problem("new"), problem("style", "warning"), problem("by the way", "hint")];
    let looks = 0;
    const content = await answerOn({ available: true, of: async () => (looks++ === 0 ? old : now) });
    assert.equal(
      content,
      "/p/a.ts was changed.\nNew problems since this edit:\n/p/a.ts:1:2 error: new\n/p/a.ts:1:2 warning: style",
    );
  });

  it("is made and answered also when a checker fails", async () => {
    const of = () => Promise.reject(new Error("the checker is gone"));
    assert.equal(await answerOn({ available: true, of }), "/p/a.ts was changed.");
  });
});
