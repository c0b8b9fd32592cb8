import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { EventBody } from "../../src/agent/events.ts";
import { parsedRules } from "../../src/permission/rules.ts";
import { call, calls, says } from "../support/scripted-model.ts";
import { all, answerTo, type Rig, type RigOptions, rig } from "../support/session.ts";
import { testWorld } from "../support/world.ts";

const FILES = { "/p/a.txt": "one\n", "/p/.env": "SECRET=1\n" };
const READ = call("Read", { file_path: "a.txt" });
const EDIT = call("Edit", { file_path: "a.txt", old_string: "one", new_string: "1" });
const BASH = call("Bash", { command: "npm test" });
const PLAN = call("ExitPlanMode", { plan: "# Do it" });

/** A turn up to its first question. */
async function asked(blocks: readonly (typeof EDIT)[], options: RigOptions = {}): Promise<Rig> {
  const it = await rig({
    model: [calls(READ), calls(...blocks), says("ok")],
    world: testWorld(FILES),
    ...options,
  });
  await it.ask("go");
  await it.until((event) => event.type === "questioned");
  return it;
}

/** A turn to its end, without a question. */
async function played(blocks: readonly (typeof EDIT)[], options: RigOptions = {}): Promise<Rig> {
  const it = await rig({
    model: [calls(READ), calls(...blocks), says("ok")],
    world: testWorld(FILES),
    ...options,
  });
  await it.turn("go");
  return it;
}

function ruled(lists: { allow?: string[]; ask?: string[]; deny?: string[] }): RigOptions {
  return { policy: { rules: parsedRules({ allow: [], ask: [], deny: [], ...lists }).rules } };
}

const text = ({ world }: Rig) => world.files.texts.get("/p/a.txt");

describe("a permission question", () => {
  it("shows the very change that will be made", async () => {
    const it = await asked([EDIT]);
    const [question] = it.session.state().questions;
    assert.ok(question?.display.kind === "diff");
    assert.match(question.display.files[0]?.patch ?? "", /-one\n\+1/);
    assert.equal(text(it), "one\n");
  });

  it("may be answered the moment it is shown", async () => {
    const it = await rig({
      model: [calls(BASH), says("ok")],
      emit: (event) => {
        if (event.type === "questioned")
          void it.send({ type: "reply", question: event.question, reply: { kind: "allow" } });
      },
    });
    await it.turn("go");
    assert.deepEqual(it.world.ran, ["npm test"]);
  });

  it("is answered once", async () => {
    const it = await asked([BASH]);
    const question = it.session.state().questions[0]?.question ?? "";
    const both = [it.reply({ kind: "deny" }), it.send({ type: "reply", question, reply: { kind: "allow" } })];
    assert.deepEqual(
      (await Promise.all(both)).map((sent) => sent.kind),
      ["taken", "refused"],
    );
    await it.session.rested();
    assert.deepEqual(it.world.ran, []);
  });

  it("writes the rule that was shown, and only that", async () => {
    const it = await asked([BASH]);
    assert.deepEqual(it.session.state().questions[0]?.rules, ["Bash(npm test)"]);
    await it.reply({ kind: "always", rule: "Bash(npm test)" });
    await it.session.rested();
    assert.deepEqual([it.rules, it.world.ran], [["Bash(npm test)"], ["npm test"]]);
    assert.equal(all(it.events, "ruled").length, 1);
  });

  it("gives a rule for this session: it holds until it is closed and is written nowhere", async () => {
    const it = await asked([BASH]);
    await it.reply({ kind: "session", rule: "Bash(npm test)" });
    await it.session.rested();
    await it.turn("again");
    assert.deepEqual([it.rules, it.session.memory().allowed], [[], ["Bash(npm test)"]]);
    assert.equal(all(it.events, "ruled")[0]?.scope, "session");
    const later = await it.again();
    assert.deepEqual(later.session.memory().allowed, []);
  });

  it("is not asked again about what a rule for this session covers", async () => {
    const model = [calls(BASH), calls(call("Bash", { command: "npm test" }, "second")), says("ok")];
    const it = await asked([], { model });
    await it.reply({ kind: "session", rule: "Bash(npm test)" });
    await it.session.rested();
    assert.deepEqual(it.world.ran, ["npm test", "npm test"]);
    assert.equal(all(it.events, "questioned").length, 1);
  });

  it("takes no rule for this session that was not shown", async () => {
    const it = await asked([BASH]);
    await it.reply({ kind: "session", rule: "Bash" });
    await it.session.rested();
    assert.deepEqual([it.session.memory().allowed, it.world.ran], [[], ["npm test"]]);
  });

  it("writes no rule that was not shown, but allows the call", async () => {
    const it = await asked([BASH]);
    await it.reply({ kind: "always", rule: "Bash" });
    await it.session.rested();
    assert.deepEqual([it.rules, it.world.ran], [[], ["npm test"]]);
  });

  it("allows the call and says so when its rule cannot be written", async () => {
    const writeRule = () => Promise.reject(new Error("settings.json is damaged"));
    const it = await asked([BASH], { wiring: { writeRule } });
    await it.reply({ kind: "always", rule: "Bash(npm test)" });
    await it.session.rested();
    assert.deepEqual(it.world.ran, ["npm test"]);
    assert.match(all(it.events, "warned")[0]?.text ?? "", /settings.json is damaged/);
    assert.equal(all(it.events, "ruled").length, 0);
  });

  it("brings the words of a denial to the model", async () => {
    const it = await asked([EDIT]);
    await it.reply({ kind: "deny", words: "use b.txt" });
    await it.session.rested();
    const answer = answerTo(it.events, "Edit");
    assert.equal(answer?.end, "denied");
    assert.match(String(answer?.content), /says: use b.txt/);
    assert.match(JSON.stringify(it.asked.at(-1)?.messages), /use b.txt/);
    assert.equal(text(it), "one\n");
  });

  it("is a denial when nobody is there", async () => {
    const it = await played([BASH], { attended: false });
    assert.equal(answerTo(it.events, "Bash")?.end, "denied");
    assert.deepEqual(it.world.ran, []);
  });

  it("changes nothing when the file changed while it waited, and tells what changed", async () => {
    const it = await asked([EDIT]);
    it.world.files.texts.set("/p/a.txt", "two\n");
    await it.reply({ kind: "allow" });
    await it.session.rested();
    assert.equal(answerTo(it.events, "Edit")?.end, "failed");
    assert.match(String(answerTo(it.events, "Edit")?.content), /-one\n\+two/);
    assert.equal(text(it), "two\n");
  });

  for (const mode of ["default", "acceptEdits", "bypassPermissions"] as const) {
    it(`is asked about secrets in mode ${mode}`, async () => {
      const it = await asked([call("Read", { file_path: ".env" })], {
        mode,
        policy: { bypassAllowed: true },
      });
      assert.match(it.session.state().questions[0]?.reason ?? "", /secrets/);
      assert.deepEqual(it.session.state().questions[0]?.rules, []);
    });
  }
});

describe("modes", () => {
  it("acceptEdits edits without asking and asks about commands", async () => {
    assert.equal(text(await played([EDIT], { mode: "acceptEdits" })), "1\n");
    assert.equal((await asked([BASH], { mode: "acceptEdits" })).session.state().status, "waiting");
  });

  it("bypassPermissions runs without asking where that is switched on, and is as default where not", async () => {
    const it = await played([EDIT, BASH], { mode: "bypassPermissions", policy: { bypassAllowed: true } });
    assert.deepEqual([text(it), it.world.ran], ["1\n", ["npm test"]]);
    assert.equal((await asked([BASH], { mode: "bypassPermissions" })).session.state().status, "waiting");
  });

  it("bypassPermissions cannot be chosen where it is switched off", async () => {
    const it = await rig();
    const sent = await it.send({ type: "configure", mode: "bypassPermissions" });
    assert.match(sent.kind === "refused" ? sent.reason : "", /allowBypass/);
    assert.equal(it.session.state().mode, "default");
  });

  it("plan changes and runs nothing", async () => {
    const it = await played([EDIT, BASH], { mode: "plan" });
    assert.deepEqual([text(it), it.world.ran], ["one\n", []]);
    assert.deepEqual(
      all(it.events, "answered")
        .slice(1)
        .map((event) => event.end),
      ["denied", "denied"],
    );
  });

  for (const [reply, mode] of [
    [{ kind: "allow" }, "default"],
    [{ kind: "always", rule: "" }, "acceptEdits"],
    [{ kind: "deny", words: "smaller" }, "plan"],
  ] as const) {
    it(`plan ends in ${mode} when the plan is answered with ${reply.kind}`, async () => {
      const it = await asked([PLAN], { mode: "plan" });
      assert.deepEqual(it.session.state().questions[0]?.display, { kind: "plan", markdown: "# Do it" });
      await it.reply(reply);
      await it.session.rested();
      assert.equal(it.session.state().mode, mode);
    });
  }

  it("are told to the model behind the conversation, never in front of it", async () => {
    const it = await rig({ model: [says("a"), says("b")] });
    await it.turn("one");
    await it.send({ type: "configure", mode: "plan" });
    await it.turn("two");
    assert.equal(it.asked[0]?.system, it.asked[1]?.system);
    const last = it.asked[1]?.messages.at(-1);
    assert.match(last?.role === "system" ? JSON.stringify(last.content) : "", /Mode: plan/);
  });

  it("of a running turn hold from its next call on", async () => {
    const it = await asked([EDIT, BASH]);
    await it.send({ type: "configure", mode: "plan" });
    await it.reply({ kind: "allow" });
    await it.session.rested();
    assert.deepEqual([text(it), it.world.ran], ["1\n", []]);
  });
});

describe("rules", () => {
  it("deny before anything is planned or asked", async () => {
    const it = await played([EDIT], { ...ruled({ deny: ["Edit(a.txt)"] }), mode: "acceptEdits" });
    assert.match(String(answerTo(it.events, "Edit")?.content), /The rule Edit\(a.txt\) forbids/);
    assert.equal(text(it), "one\n");
  });

  it("allow the literal command and no other", async () => {
    const it = await played([BASH], ruled({ allow: ["Bash(npm test)"] }));
    assert.deepEqual(it.world.ran, ["npm test"]);
    const longer = call("Bash", { command: "npm test; rm -rf /" });
    assert.deepEqual(
      (await asked([longer], ruled({ allow: ["Bash(npm test)", "Bash(npm:*)"] }))).world.ran,
      [],
    );
  });

  it("of a folder that is not trusted run nothing", async () => {
    const it = await played([BASH], {
      policy: { trusted: false, ...ruled({ allow: ["Bash(npm test)"] }).policy },
    });
    assert.deepEqual(it.world.ran, []);
  });
});

describe("a question of the model", () => {
  const questions = [{ question: "Which?", options: [{ label: "A" }, { label: "B" }] }];
  const ASK = call("AskUserQuestion", { questions });

  it("is answered by the person", async () => {
    const it = await asked([ASK]);
    assert.equal(it.session.state().questions[0]?.about, "choice");
    await it.reply({ kind: "answers", answers: ["B"] });
    await it.session.rested();
    assert.match(String(answerTo(it.events, "AskUserQuestion")?.content), /Which\?\n> B/);
  });

  it("is told to decide alone when nobody is there", async () => {
    const it = await played([ASK], { attended: false });
    assert.match(String(answerTo(it.events, "AskUserQuestion")?.content), /Nobody can answer/);
  });
});

describe("undo", () => {
  const undo = { type: "undo" } as const;

  it("takes edits back and tells the model", async () => {
    const it = await played([EDIT], { mode: "acceptEdits" });
    assert.equal((await it.send(undo)).kind, "taken");
    assert.equal(text(it), "one\n");
    await it.turn("more");
    assert.match(JSON.stringify(it.asked.at(-1)?.messages.at(-1)), /took back your changes to: \/p\/a.txt/);
    assert.deepEqual(it.session.state().changed, []);
  });

  it("removes a file that was created", async () => {
    const it = await played([call("Write", { file_path: "new.txt", content: "x" })], { mode: "acceptEdits" });
    await it.send(undo);
    assert.equal(it.world.files.texts.has("/p/new.txt"), false);
  });

  it("leaves what the person changed since, elsewhere in the file", async () => {
    const long = Array.from({ length: 30 }, (_, at) => `line ${at}`).join("\n");
    const world = testWorld({ ...FILES, "/p/a.txt": `one\n${long}` });
    const it = await played([EDIT], { mode: "acceptEdits", world });
    world.files.texts.set("/p/a.txt", `1\n${long.replace("line 25", "mine")}`);
    await it.send(undo);
    assert.equal(text(it), `one\n${long.replace("line 25", "mine")}`);
  });

  it("refuses where the person changed the same place", async () => {
    const it = await played([EDIT], { mode: "acceptEdits" });
    it.world.files.texts.set("/p/a.txt", "mine\n");
    const sent = await it.send(undo);
    assert.match(sent.kind === "refused" ? sent.reason : "", /changed since.*a.txt/);
    assert.deepEqual([text(it), it.session.state().changed.length], ["mine\n", 1]);
  });

  it("changes nothing when it cannot be written", async () => {
    const it = await played([EDIT], { mode: "acceptEdits" });
    it.world.files.broken.add("/p/a.txt");
    assert.equal((await it.send(undo)).kind, "refused");
    assert.equal(it.session.state().changed.length, 1);
  });

  it("keeps what is kept", async () => {
    const it = await played([EDIT], { mode: "acceptEdits" });
    const keep = await it.send({ type: "keep", paths: ["/p/a.txt"] });
    assert.deepEqual([keep.kind, (await it.send(undo)).kind, text(it)], ["taken", "refused", "1\n"]);
  });
});

/** Rules and modes are read from events alone, so an event of the past must not raise a right. */
describe("a session taken up again", () => {
  it("does not bypass where that is switched off now", async () => {
    const past: EventBody[] = [{ type: "configured", mode: "bypassPermissions" }];
    const it = await asked([BASH], { past });
    assert.deepEqual(it.world.ran, []);
  });
});
