import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { parsedRules } from "../../src/permission/rules.ts";
import { type Plan, type Refusal, refused } from "../../src/refactor/plan.ts";
import { call, calls, says } from "../support/scripted-model.ts";
import { answerTo, type RigOptions, rig } from "../support/session.ts";
import { testWorld } from "../support/world.ts";

const READ = call("Read", { file_path: "a.ts" });
const REFACTOR = call("Refactor", { id: "rename", file_path: "a.ts", selection: "1:7", new_name: "b" });

/** A plan that replaces the text of these files by "b". */
function planFor(...paths: readonly string[]): Plan {
  const files = paths.map((path) => ({ path, before: "a", changes: [{ from: 0, to: 1, text: "b" }] }));
  return { kind: "plan", title: "Rename", files, warnings: ["A look is needed."] };
}

function session(plan: Plan | Refusal, options: RigOptions = {}) {
  const world = testWorld({ "/p/a.ts": "const a", "/p/b.ts": "a", "/p/.env": "a", "/p/c.ts": "a" });
  const refactorer = { ...world.refactorer, plan: async () => plan };
  return rig({
    model: [calls(READ), calls(REFACTOR), says("ok")],
    world: { ...world, refactorer },
    mode: "acceptEdits",
    ...options,
  });
}

const denied = (...rules: readonly string[]): RigOptions => ({
  policy: { rules: parsedRules({ allow: [], ask: [], deny: rules }).rules },
});

describe("a refactoring by the agent", () => {
  it("changes files that the call did not name, with its warnings told", async () => {
    const it = await session(planFor("/p/b.ts", "/p/c.ts"));
    await it.turn("go");
    assert.deepEqual([it.world.files.texts.get("/p/b.ts"), it.world.files.texts.get("/p/c.ts")], ["b", "b"]);
    assert.match(String(answerTo(it.log.events, "Refactor")?.content), /c.ts was changed.\nA look is needed/);
  });

  it("is taken back where it brings errors, and not where those that are there read otherwise", async () => {
    const error = (message: string) => ({
      ...{ path: "/p/b.ts", line: 1, column: 1, severity: "error" as const },
      message,
    });
    for (const [then, now, text, end] of [
      [[], ["b is no number"], "a", "failed"],
      [["no a"], ["no b"], "b", "done"],
      [["no a"], ["no b", "b is no number"], "a", "failed"],
    ] as const) {
      const world = testWorld({ "/p/a.ts": "const a", "/p/b.ts": "a" });
      const refactorer = { ...world.refactorer, plan: async () => planFor("/p/b.ts") };
      const of = async () => (world.files.texts.get("/p/b.ts") === "a" ? then : now).map(error);
      const it = await session(planFor("/p/b.ts"), {
        world: { ...world, refactorer, problems: { available: true, of } },
      });
      await it.turn("go");
      const answer = answerTo(it.log.events, "Refactor");
      assert.deepEqual([world.files.texts.get("/p/b.ts"), answer?.end], [text, end]);
      if (end === "failed") assert.match(String(answer?.content), /taken back.*b is no number/s);
    }
  });

  it("makes a file that was not there", async () => {
    const made = { path: "/p/new/d.ts", before: undefined, changes: [{ from: 0, to: 0, text: "d" }] };
    const it = await session({ ...planFor("/p/b.ts"), files: [made] });
    await it.turn("go");
    assert.equal(it.world.files.texts.get("/p/new/d.ts"), "d");
    assert.match(String(answerTo(it.log.events, "Refactor")?.content), /d.ts was created/);
  });

  it("does not count what it changed beside as read", async () => {
    const again = call("Edit", { file_path: "b.ts", old_string: "b", new_string: "c" });
    const model = [calls(READ), calls(REFACTOR), calls(again), says("ok")];
    const it = await session(planFor("/p/b.ts"), { model });
    await it.turn("go");
    assert.match(String(answerTo(it.log.events, "Edit")?.content), /Read "b.ts" before you edit it/);
  });

  it("is denied where a rule denies one of the files", async () => {
    const it = await session(planFor("/p/b.ts", "/p/c.ts"), denied("Edit(c.ts)"));
    await it.turn("go");
    assert.match(String(answerTo(it.log.events, "Refactor")?.content), /^Denied: /);
    assert.equal(it.world.files.texts.get("/p/b.ts"), "a");
  });

  it("asks in every mode where one of the files is protected", async () => {
    const it = await session(planFor("/p/b.ts", "/p/.env"));
    await it.ask("go");
    await it.until((event) => event.type === "questioned");
    assert.equal(it.world.files.texts.get("/p/.env"), "a");
  });

  it("tells why it is refused", async () => {
    const it = await session(refused("rename.taken", "There is a b already."));
    await it.turn("go");
    assert.equal(
      answerTo(it.log.events, "Refactor")?.content,
      "Nothing was changed (rename.taken): There is a b already.",
    );
  });
});
