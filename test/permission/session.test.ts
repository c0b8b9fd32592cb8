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

describe("a session whose commands run in a sandbox", () => {
  const OUTSIDE = { dangerouslyDisableSandbox: true };
  const cases = [
    { command: "npm run build", sandbox: "auto", level: "full", asks: false, place: true },
    { command: "npm run build", sandbox: "on", level: "full", asks: true, place: undefined },
    { command: "npm run build", sandbox: "auto", level: "files", asks: true, place: undefined },
    { command: "npm run build", sandbox: "auto", level: "none", asks: true, place: undefined },
    { command: "rm -rf dist", sandbox: "auto", level: "full", asks: true, place: undefined },
    { command: "diff <(ls) <(ls -a)", sandbox: "auto", level: "full", asks: true, place: undefined },
    { command: "sudo npm run build", sandbox: "auto", level: "full", asks: true, place: undefined },
    { command: "npm run build", sandbox: "auto", level: "full", more: OUTSIDE, asks: true, place: false },
    { command: "ls", sandbox: "on", level: "full", more: OUTSIDE, asks: true, place: false },
    { command: "ls", sandbox: "on", level: "full", asks: false, place: undefined },
  ] as const;
  for (const { command, sandbox, level, asks, place, ...rest } of cases) {
    const more = "more" in rest ? rest.more : {};
    const where = "more" in rest ? ", asking to leave it" : "";
    it(`${asks ? "asks" : "does not ask"} about ${command}: ${sandbox}, ${level}${where}`, async () => {
      const places: (boolean | undefined)[] = [];
      const { world } = running(command);
      const shell: typeof world.shell = {
        ...world.shell,
        sandbox: async () => ({ level, why: "So it is here." }),
        run(run, signal) {
          places.push(run.sandboxed);
          return world.shell.run(run, signal);
        },
      };
      const model = [calls(call("Bash", { command, ...more })), says("done")];
      const it = await rig({ world: { ...world, shell }, model, policy: { sandbox } });
      void it.ask("go");
      if (asks) {
        await it.until((event) => event.type === "questioned");
        assert.deepEqual(places, []);
        await it.reply({ kind: "allow" });
      }
      await it.until((event) => event.type === "rested");
      assert.equal(all(it.events, "questioned").length, asks ? 1 : 0);
      assert.deepEqual(places, [place]);
    });
  }
});
