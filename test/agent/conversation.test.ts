import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  type Conversation,
  listen,
  messagesOf,
  NO_CONVERSATION,
  requestMessages,
} from "../../src/agent/conversation.ts";
import type { EventBody } from "../../src/agent/events.ts";
import type { Block } from "../../src/model/conversation.ts";
import { call } from "../support/scripted-model.ts";
import { answered, asked, broke, noted, numbered, requested, rested, said, started } from "./events.ts";

function heard(...bodies: readonly EventBody[]): Conversation {
  return numbered(bodies).reduce(listen, NO_CONVERSATION);
}

/** The messages as lines: role, then each block in short. */
function told(...bodies: readonly EventBody[]): readonly string[] {
  return messagesOf(heard(...bodies)).map((it) => `${it.role}: ${it.content.map(short).join(" | ")}`);
}

function short(block: Block): string {
  switch (block.type) {
    case "text":
      return block.text;
    case "tool_use":
      return `call ${block.id}`;
    case "tool_result":
      return `${block.is_error ? "error" : "result"} ${block.tool_use_id}`;
    default:
      return block.type;
  }
}

const A = call("Read", { file_path: "a" }, "A");
const B = call("Read", { file_path: "b" }, "B");
const NO_ANSWER = "assistant: (No answer.)";

describe("the conversation", () => {
  it("puts results in the order of their calls and before words", () => {
    const lines = told(
      asked("go"),
      requested,
      said([A, B]),
      answered("B"),
      answered("A"),
      asked("also", true),
    );
    assert.deepEqual(lines, ["user: go", "assistant: call A | call B", "user: result A | result B | also"]);
  });

  it("marks what was not done as an error", () => {
    const lines = told(asked("go"), requested, said([A, B]), answered("A", { end: "denied" }), answered("B"));
    assert.equal(lines.at(-1), "user: error A | result B");
  });

  it("puts words of the house behind the message of the user", () => {
    assert.deepEqual(told(asked("go"), noted("mode")), ["user: go", "system: mode"]);
    assert.deepEqual(told(asked("go"), requested, said([A]), noted("mode"), answered("A")), [
      "user: go",
      "assistant: call A",
      "user: result A",
      "system: mode",
    ]);
  });

  it("keeps words of the house at rest for the next message", () => {
    const lines = told(asked("go"), requested, said("done"), rested(), noted("mode"), asked("more"));
    assert.deepEqual(lines, ["user: go", "assistant: done", "user: more", "system: mode"]);
  });

  it("puts words that come while the model answers behind its answer, for it had not read them", () => {
    const lines = told(asked("go"), requested, noted("mode"), said([A]), answered("A"));
    assert.deepEqual(lines, ["user: go", "assistant: call A", "user: result A", "system: mode"]);
  });

  it("sends only what was there when the request was recorded", () => {
    const sent = requestMessages(heard(asked("go"), noted("early"), requested, noted("late")));
    assert.deepEqual(
      sent.map((it) => it.content.map(short).join()),
      ["go", "early"],
    );
  });

  it("sends words that came before a second try with that try", () => {
    const lines = told(asked("go"), requested, noted("mode"), broke(""), requested, said("done"));
    assert.deepEqual(lines, ["user: go", "system: mode", "assistant: done"]);
  });

  it("keeps the text of an answer that broke off, once", () => {
    const lines = told(asked("go"), requested, broke("half "), rested("failed"), asked("more"));
    assert.deepEqual(lines, ["user: go", "assistant: half\n\n(Interrupted here.)", "user: more"]);
    assert.deepEqual(told(asked("go"), requested, broke("half"), requested, said("whole"), rested()), [
      "user: go",
      "assistant: whole",
    ]);
  });

  it("answers for the model when a turn ended without one", () => {
    const lines = told(asked("go"), requested, broke(""), rested("failed"), asked("more"));
    assert.deepEqual(lines, ["user: go", NO_ANSWER, "user: more"]);
  });

  it("asks the same again when the failed turn is tried again", () => {
    const lines = told(asked("go"), requested, broke(""), rested("failed"), started, requested);
    assert.deepEqual(lines, ["user: go"]);
  });

  it("never ends with the model's own words when it asks again", () => {
    const half = [asked("go"), requested, broke("half"), rested("stopped")];
    assert.match(told(...half, started, requested).at(-1) ?? "", /^user: /);
    assert.match(
      told(asked("go"), requested, said("cut", "max_tokens"), rested("limit"), requested).at(-1) ?? "",
      /^user: /,
    );
  });

  it("ends with the model's own words when they were only paused", () => {
    assert.equal(
      told(asked("go"), requested, said("so far", "pause_turn"), requested).at(-1),
      "assistant: so far",
    );
  });

  it("takes a declined turn out, with what came before it untouched", () => {
    const lines = told(
      asked("go"),
      requested,
      said("done"),
      rested(),
      asked("bad"),
      requested,
      said("", "refusal"),
      asked("good"),
    );
    assert.deepEqual(lines.slice(0, 3), ["user: go", "assistant: done", "user: good"]);
    assert.match(lines[3] ?? "", /^system: .*declined/);
  });

  it("takes all of a declined turn out, its finished calls too", () => {
    const lines = told(
      asked("bad"),
      requested,
      said([A]),
      answered("A"),
      requested,
      said([B], "refusal"),
      asked("good"),
    );
    assert.equal(lines[0], "user: good");
    assert.equal(lines.length, 2);
  });

  it("takes out a declined turn only, also when the one before it ended without an answer", () => {
    const empty = [asked("go"), requested, said([A]), answered("A"), requested, said([]), rested()];
    const lines = told(...empty, asked("bad"), requested, said("", "refusal"), asked("good"));
    assert.deepEqual(lines.slice(0, 4), ["user: go", "assistant: call A", "user: result A", NO_ANSWER]);
  });

  it("remembers words of the house that a declined turn took with it", () => {
    const declined = [
      asked("bad"),
      requested,
      said([A]),
      noted("mode"),
      answered("A"),
      requested,
      said("", "refusal"),
    ];
    assert.match(told(...declined, asked("good")).join("\n"), /mode/);
    assert.match(
      told(noted("plan"), asked("bad"), requested, said("", "refusal"), asked("good")).join("\n"),
      /plan/,
    );
  });

  it("does not repeat an empty answer to the model", () => {
    const lines = told(asked("go"), requested, said([]), rested(), asked("more"));
    assert.deepEqual(lines, ["user: go", NO_ANSWER, "user: more"]);
  });

  it("leaves blank text out of an answer, which vendors refuse", () => {
    assert.deepEqual(
      told(asked("go"), requested, said([{ type: "text", text: " \n" }, A])).at(1),
      "assistant: call A",
    );
  });

  it("fills an empty result", () => {
    const { results } = heard(asked("go"), requested, said([A]), answered("A", { content: "" }));
    assert.equal(results.get("A")?.content, "(no output)");
  });

  it("ignores the answer to a call it does not wait for", () => {
    assert.deepEqual(told(asked("go"), answered("X")), ["user: go"]);
  });
});
