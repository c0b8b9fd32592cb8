import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { EventBody, SessionEvent } from "../../src/agent/events.ts";
import { NO_SESSION, type SessionState } from "../../src/agent/session.ts";
import { step } from "../../src/agent/step.ts";
import { call } from "../support/scripted-model.ts";
import {
  answered,
  asked,
  broke,
  called,
  numbered,
  opened,
  requested,
  rested,
  said,
  started,
  streamed,
} from "./events.ts";

function stateOf(...bodies: readonly EventBody[]): SessionState {
  return numbered([opened, ...bodies]).reduce(step, NO_SESSION);
}

/** Rows in short: kind, state and text. */
function rows(...bodies: readonly EventBody[]): readonly string[] {
  return stateOf(...bodies).rows.map((it) => {
    if (it.kind === "call") return `${it.tool} ${it.state}`;
    return `${it.kind} ${it.text}${it.kind === "text" && it.interrupted ? " (interrupted)" : ""}`;
  });
}

const READ = call("Read", { file_path: "a.ts" }, "c1");
const question: EventBody = {
  type: "questioned",
  question: "q",
  call: "c1",
  about: "permission",
  reason: "It changes files.",
  display: { kind: "text", text: "" },
  rules: [],
};
const replied: EventBody = {
  type: "replied",
  question: "q",
  call: "c1",
  reply: { kind: "allow" },
  by: "person",
};
const change = (before: string | undefined, after: string | undefined) => ({
  path: "/p/a",
  before,
  after,
  encoding: "utf8",
  bom: false,
});

describe("step", () => {
  it("grows a text while it streams and replaces it by the whole answer", () => {
    const begun = [started, asked("go"), requested, streamed(0, "text", "Hel"), streamed(0, "text", "lo")];
    assert.deepEqual(rows(...begun), ["prompt go", "text Hello"]);
    assert.deepEqual(rows(...begun, said("Hello!")), ["prompt go", "text Hello!"]);
  });

  it("keeps a row's key from its first piece to its end", () => {
    const begun = [started, requested, streamed(0, "thinking", "hm"), streamed(1, "call", "{")];
    const keys = (state: SessionState) => state.rows.map((it) => it.key);
    const done = [...begun, said([{ type: "thinking", thinking: "hm", signature: "s" }, READ]), called("c1")];
    assert.deepEqual(keys(stateOf(...done)), keys(stateOf(...begun)));
  });

  it("never gives two rows one key", () => {
    const { rows: all } = stateOf(
      started,
      asked("a"),
      requested,
      said([READ]),
      called("c1"),
      answered("c1"),
      requested,
      said("b"),
      rested("failed", "x"),
    );
    assert.equal(new Set(all.map((it) => it.key)).size, all.length);
  });

  it("leads a call from writing to its end", () => {
    const begun = [started, requested, streamed(0, "call", "{")];
    assert.deepEqual(rows(...begun), ["Read writing"]);
    assert.deepEqual(rows(...begun, said([READ])), ["Read pending"]);
    assert.deepEqual(rows(...begun, said([READ]), called("c1")), ["Read running"]);
    assert.deepEqual(rows(...begun, said([READ]), called("c1"), question), ["Read waiting"]);
    assert.deepEqual(rows(...begun, said([READ]), called("c1"), question, replied), ["Read running"]);
    assert.deepEqual(rows(...begun, said([READ]), called("c1"), answered("c1", { end: "failed" })), [
      "Read failed",
    ]);
  });

  it("is waiting while a question is open and working when it is answered", () => {
    const begun = [started, requested, said([READ]), called("c1"), question];
    assert.equal(stateOf(...begun).status, "waiting");
    assert.equal(stateOf(...begun, replied).status, "working");
    assert.deepEqual(stateOf(...begun, rested("stopped")).questions, []);
  });

  it("closes what was open when an answer breaks off or a turn ends", () => {
    const begun = [started, requested, streamed(0, "text", "half"), streamed(1, "call", "{")];
    assert.deepEqual(rows(...begun, broke("half")), ["text half (interrupted)", "Read interrupted"]);
    assert.deepEqual(rows(...begun, rested("stopped")), ["text half (interrupted)", "Read interrupted"]);
  });

  it("keeps the first text of a file changed twice, and forgets one that is back where it was", () => {
    const first = answered("c1", { files: [change("1", "2")] });
    const second = answered("c2", { files: [change("2", "3")] });
    const back = answered("c3", { files: [change("3", "1")] });
    assert.deepEqual(
      stateOf(first, second).changed.map((it) => [it.before, it.after]),
      [["1", "3"]],
    );
    assert.deepEqual(stateOf(first, second, back).changed, []);
  });

  it("forgets changes that were kept or undone", () => {
    const changed = answered("c1", { files: [change(undefined, "2")] });
    assert.equal(stateOf(changed).changed.length, 1);
    assert.deepEqual(stateOf(changed, { type: "kept", paths: ["/p/a"] }).changed, []);
    assert.deepEqual(stateOf(changed, { type: "undone", files: [change(undefined, "2")] }).changed, []);
  });

  it("keeps the queue in order, edits it and takes out what was sent", () => {
    const queued = (id: string): EventBody => ({
      type: "queued",
      id,
      text: id,
      attachments: [],
      delivery: "step",
    });
    const both = [queued("a"), queued("b")];
    assert.deepEqual(
      stateOf(...both).queue.map((it) => it.id),
      ["a", "b"],
    );
    const edited = stateOf(...both, { type: "requeued", id: "b", text: "B", delivery: "rest" });
    assert.deepEqual(
      edited.queue.map((it) => [it.text, it.delivery]),
      [
        ["a", "step"],
        ["B", "rest"],
      ],
    );
    assert.deepEqual(
      stateOf(...both, { type: "unqueued", id: "a" }).queue.map((it) => it.id),
      ["b"],
    );
    assert.deepEqual(
      stateOf(...both, asked("a")).queue.map((it) => it.id),
      ["b"],
    );
  });

  it("adds up known prices and says when one is not known", () => {
    const known = stateOf(started, requested, said("a", "end_turn", 0.5), said("b", "end_turn", 0.25));
    assert.deepEqual([known.cost, known.turnCost, known.costIncomplete], [0.75, 0.75, false]);
    assert.equal(stateOf(started, requested, said("a")).costIncomplete, true);
    assert.equal(stateOf(started, said("a", "end_turn", 1), rested(), started).turnCost, 0);
  });

  it("counts down to a retry and stops counting when it is made", () => {
    const failure = { kind: "overloaded", message: "busy" } as const;
    const retrying: EventBody = {
      type: "retrying",
      failure,
      attempt: 1,
      waitMs: 5000,
      text: "Again in 5 s.",
    };
    const waiting = stateOf(started, requested, retrying);
    assert.equal(waiting.retryAt, 1000 + 3 + 5000);
    assert.equal(stateOf(started, requested, retrying, requested).retryAt, undefined);
  });

  it("counts events of a newer version and changes nothing else by them", () => {
    const newer = { n: 3, at: 1, type: "dreamt", of: "sheep" } as unknown as SessionEvent;
    const state = stateOf(asked("go"));
    assert.deepEqual(step(state, newer), { ...state, n: 3, unknownEvents: 1 });
  });

  it("keeps only the end of a long output", () => {
    const printed: EventBody = { type: "printed", call: "c1", text: "x".repeat(50_000) };
    const { rows: all } = stateOf(called("c1"), printed, printed);
    assert.equal(all[0]?.kind === "call" ? all[0].output.length : 0, 60_000);
  });

  it("shows how a turn ended, with a way to try again where that helps", () => {
    const end = (reason: "failed" | "stopped" | "closed" | "refused") =>
      stateOf(started, rested(reason, "why")).rows.at(-1);
    assert.ok(end("failed")?.kind === "notice");
    assert.deepEqual(
      (["failed", "stopped", "closed", "refused"] as const).map((it) => {
        const row = end(it);
        return row?.kind === "notice" && row.retry;
      }),
      [true, false, true, false],
    );
  });
});
