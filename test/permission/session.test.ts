import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { call, calls, says } from "../support/scripted-model.ts";
import { all, rig } from "../support/session.ts";
import { testWorld } from "../support/world.ts";
import { type ShellStage, shellStage } from "./shell-stage.ts";

let stage: ShellStage;
before(async () => {
  stage = await shellStage();
});
after(() => stage.close());

/** A session in which the model runs this command, and the parser is a real one. */
function running(command: string) {
  const world = { ...testWorld(), shellParser: stage.outliner };
  const model = [calls(call("Bash", { command })), says("done")];
  return { world, model };
}

describe("a session", () => {
  it("runs what only reads without a question", async () => {
    const { world, model } = running("ls -la | head -5");
    const it = await rig({ world, model });
    await it.turn("go");
    assert.deepEqual(world.ran, ["ls -la | head -5"]);
    assert.deepEqual(all(it.events, "questioned"), []);
  });

  it("asks with the parts of the line, and what each rule would cover", async () => {
    const { world, model } = running("ls && npm run build");
    const it = await rig({ world, model });
    void it.ask("go");
    await it.until((event) => event.type === "questioned");
    const [question] = it.session.state().questions;
    assert.deepEqual(
      question?.parts?.map((part) => part.decision),
      ["allow", "ask"],
    );
    assert.deepEqual(question?.rules, ["Bash(npm run build:*)", "Bash(ls && npm run build)"]);
    assert.equal(question?.covers?.length, 2);
    await it.reply({ kind: "always", rule: "Bash(npm run build:*)" });
    await it.session.rested();
    assert.deepEqual([it.rules, world.ran], [["Bash(npm run build:*)"], ["ls && npm run build"]]);
  });
});
