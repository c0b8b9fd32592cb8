import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, it } from "mocha";
import type { EventBody } from "../../src/agent/events.ts";
import { call, calls, fails, says } from "../support/scripted-model.ts";
import { all, answerTo, type Rig, rig } from "../support/session.ts";
import { testWorld } from "../support/world.ts";

const TOKEN = "ghp_Zk3vQx9LmW2pR8tYb5NcJ7dFhG4sA1eKuV6o";
const ACCESS_KEY = "AKIAQX7RT2PLM9VB4NKD";
const PATH = "/p/a.ts";

function privateKey(): string {
  const form = { type: "pkcs8", format: "pem" } as const;
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export(form).toString().trim();
}

/** A file with a key and tokens around the line `let a = 1;`, and all in it that nobody may see. */
function secretFile(): { readonly text: string; readonly secrets: readonly string[] } {
  const key = privateKey();
  return {
    text: `const key = \`\n${key}\`;\nlet a = 1;\n${ACCESS_KEY}\nconst token = "${TOKEN}";\n`,
    secrets: [...key.split("\n").slice(1, -1), TOKEN, ACCESS_KEY],
  };
}

const READ = call("Read", { file_path: "a.ts" });
const EDIT = call("Edit", { file_path: "a.ts", old_string: "let a = 1;", new_string: "let a = 2;" });
const DROP = call("Edit", { file_path: "a.ts", old_string: `\n[masked: AWS access key 1]`, new_string: "" });

function session(text: string, edits: readonly ReturnType<typeof call>[], mode: "default" | "acceptEdits") {
  const model = [calls(READ), ...edits.map((it) => calls(it)), says("ok"), says("next")];
  return rig({ model, world: testWorld({ [PATH]: text }), mode });
}

/** Neither log nor screens nor model have any of them. */
function assertUnseen({ log, events, asked }: Rig, secrets: readonly string[]): void {
  const seen = JSON.stringify([log.events, events, asked]);
  assert.deepEqual(
    secrets.filter((it) => seen.includes(it)),
    [],
  );
}

describe("a secret beside a change", () => {
  for (const [what, edit, line] of [
    ["with lines of a key above it", EDIT, "-let a = 1;\n+let a = 2;"],
    ["that removes a line with one", DROP, "-[masked: AWS access key 1]"],
  ] as const)
    it(`is not seen in a change ${what}`, async () => {
      const { text, secrets } = secretFile();
      const it = await session(text, [edit], "acceptEdits");
      await it.turn("go");
      assert.ok(JSON.stringify(answerTo(it.log.events, "Edit")).includes(JSON.stringify(line).slice(1, -1)));
      assertUnseen(it, secrets);
    });

  it("is not seen in the question, nor in what the person made of it", async () => {
    const { text, secrets } = secretFile();
    const it = await session(text, [EDIT], "default");
    await it.ask("go");
    await it.until(({ type }) => type === "questioned");
    const question = it.session.state().questions[0]?.question ?? "";
    const edited = [{ path: PATH, text: text.replace("let a = 1;", "let a = 3;") }];
    await it.send({ type: "reply", question, reply: { kind: "allow" }, edited });
    await it.session.rested();
    assert.match(String(answerTo(it.log.events, "Edit")?.content), /-let a = 2;\n\+let a = 3;/);
    assertUnseen(it, secrets);
  });

  it("is not seen in what came between the question and the writing", async () => {
    const { text, secrets } = secretFile();
    const it = await session(text, [EDIT], "default");
    await it.ask("go");
    await it.until(({ type }) => type === "questioned");
    it.world.files.texts.set(PATH, text.replace("let a", "let b"));
    await it.reply({ kind: "allow" });
    await it.session.rested();
    assert.match(String(answerTo(it.log.events, "Edit")?.content), /What changed:\n[\s\S]*\+let b = 1;/);
    assertUnseen(it, secrets);
  });

  it("is not seen in what the model is told of a place that was taken back", async () => {
    const { text, secrets } = secretFile();
    const it = await session(text, [EDIT], "acceptEdits");
    await it.turn("go");
    const step = it.session.state().changed[0]?.steps[0];
    const named = { path: PATH, before: step?.before, after: step?.after, hunk: 0 };
    assert.equal((await it.send({ type: "review", verdict: "undo", ...named })).kind, "taken");
    await it.turn("go on");
    assert.match(all(it.log.events, "noted").at(-1)?.text ?? "", /-let a = 2;\n\+let a = 1;/);
    assertUnseen(it, secrets);
  });
});

describe("a secret in other words from outside", () => {
  it("is not cut in half where a mentioned file is too long", async () => {
    const text = `${"x".repeat(39)}\n`.repeat(999) + " ".repeat(1) + TOKEN;
    const it = await rig({ model: [says("ok")], world: testWorld({ "/p/big.txt": text + "\n".repeat(20) }) });
    await it.turn("look at @big.txt");
    assert.match(JSON.stringify(it.asked), /\(cut here; use Read for the rest\)/);
    assertUnseen(it, [TOKEN.slice(0, 30)]);
  });

  for (const [what, kind] of [
    ["that ends the turn", "auth"],
    ["that is tried again", "overloaded"],
  ] as const)
    it(`is not seen in a vendor's error ${what}`, async () => {
      const key = "tr0mbone-parade";
      const secrets = async () => [{ value: key, what: "API key" }];
      const failed = fails(kind, { message: `Incorrect API key provided: ${key}` });
      const it = await rig({ model: [failed, says("ok")], wiring: { secrets } });
      await it.turn("go");
      assert.match(all(it.log.events, "broke")[0]?.failure.message ?? "", /\[masked: API key 1\]/);
      assertUnseen(it, [key]);
    });

  it("does not give its name to another after a restart, when only a note had it", async () => {
    const noted: EventBody = { type: "noted", text: "The person took back [masked: GitHub token 1]" };
    const world = testWorld({ [PATH]: TOKEN });
    const it = await rig({ model: [calls(READ), says("ok")], world, past: [noted] });
    await it.turn("go");
    assert.match(JSON.stringify(answerTo(it.log.events, "Read")), /\[masked: GitHub token 2\]/);
  });
});
