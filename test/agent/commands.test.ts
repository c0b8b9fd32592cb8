import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { Command, Reply } from "../../src/agent/events.ts";
import { learn, memoryOf, NO_MEMORY } from "../../src/agent/memory.ts";
import { rewindPoints } from "../../src/agent/rewind-points.ts";
import type { ModelRequest } from "../../src/model/conversation.ts";
import type { FailureKind } from "../../src/model/failure.ts";
import { isSoak, runs } from "../soak/figure.ts";
import { answers, fails, hangs } from "../support/scripted-model.ts";
import { all, type Rig, rig } from "../support/session.ts";
import { type Answering, strict } from "../support/strict-model.ts";
import { testWorld } from "../support/world.ts";

/** What may happen to a session: a person's command, time that passes, a full disk, a kill. */
type Happening =
  | { readonly kind: "send"; readonly command: Command }
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "queued"; readonly type: "requeue" | "unqueue" }
  | { readonly kind: "wait"; readonly moments: number }
  | { readonly kind: "disk"; readonly full: boolean }
  | { readonly kind: "change"; readonly text: string }
  | { readonly kind: "review"; readonly verdict: "keep" | "undo"; readonly hunk: number }
  | { readonly kind: "rewind"; readonly to: number; readonly files: boolean; readonly conversation: boolean }
  | { readonly kind: "kill" };

const send = (command: Command): Happening => ({ kind: "send", command });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), moments: fc.integer({ min: 1, max: 12 }) }),
  },
  {
    weight: 5,
    arbitrary: fc
      .constantFrom<("step" | "rest")[]>("step", "rest")
      .map((delivery) => send({ type: "ask", text: "do it", attachments: [], delivery })),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<Reply[]>(
        { kind: "allow" },
        { kind: "always", rule: "Bash(x)" },
        { kind: "deny", words: "no" },
        { kind: "answers", answers: ["a"] },
      )
      .map((reply) => ({ kind: "reply" as const, reply })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom("default", "acceptEdits", "plan", "bypassPermissions")
      .map((mode) => send({ type: "configure", mode })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("claude-opus-5-5", "claude-haiku-5-5", "claude-opus-5")
      .map((model) => send({ type: "configure", model })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<Command[]>(
        { type: "stop" },
        { type: "retry" },
        { type: "undo" },
        { type: "keep" },
        { type: "title", title: "T" },
      )
      .map(send),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("requeue" as const, "unqueue" as const)
      .map((type) => ({ kind: "queued" as const, type })),
  },
  { weight: 1, arbitrary: fc.boolean().map((full) => ({ kind: "disk" as const, full })) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("review" as const),
      verdict: fc.constantFrom("keep", "undo"),
      hunk: fc.nat(1),
    }),
  },
  { weight: 1, arbitrary: fc.string().map((text) => ({ kind: "change" as const, text })) },
  { weight: 1, arbitrary: fc.constant({ kind: "kill" as const }) },
);
/** All that, and rewinds, after which a conversation need not grow. */
const anything: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 20, arbitrary: happening },
  { weight: 1, arbitrary: fc.constant(send({ type: "takeBackRewind" })) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("rewind" as const),
      to: fc.nat(4),
      files: fc.boolean(),
      conversation: fc.boolean(),
    }),
  },
);

const said = fc.constantFrom(
  { says: "a text" },
  { says: "another" },
  { thinks: "hm" },
  { calls: "Read", input: { file_path: "a.txt" } },
  { calls: "Edit", input: { file_path: "a.txt", old_string: "one", new_string: "two" } },
  { calls: "Edit", input: { file_path: "a.txt", old_string: "two", new_string: "one" } },
  { calls: "Write", input: { file_path: "new.txt", content: "new" } },
  { calls: "Bash", input: { command: "x" } },
  { calls: "Bash", input: { command: 7 } },
  { calls: "AskUserQuestion", input: { questions: [{ question: "Which?", options: [{ label: "A" }] }] } },
  { calls: "ExitPlanMode", input: { plan: "p" } },
  { calls: "Fly", input: {} },
);
const failure = fc.constantFrom<FailureKind[]>("overloaded", "auth", "cut", "network", "thinking-mismatch");
const spoken = fc.record({ blocks: fc.array(said, { maxLength: 4 }) });
const answering: fc.Arbitrary<Answering> = fc.oneof(
  { weight: 8, arbitrary: spoken },
  {
    weight: 1,
    arbitrary: fc.record({
      blocks: fc.array(said, { maxLength: 3 }),
      stop: fc.constantFrom("max_tokens", "unknown", "refusal", "end_turn"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(failure, fc.constantFrom("", "half a text"))
      .map(([kind, text]) => ({ instead: fails(kind, {}, text) })),
  },
  { weight: 1, arbitrary: fc.constantFrom("", "half a text").map((text) => ({ instead: hangs(text) })) },
  { weight: 1, arbitrary: fc.constant({ instead: answers([{ type: "text", text: "" }]) }) },
);

interface Played {
  readonly it: Rig;
  readonly refusals: readonly string[];
  readonly answered: readonly ModelRequest[];
}

/** Lets it all happen, then lets the session come to rest and be asked once more. */
async function play(script: readonly Answering[], happenings: readonly Happening[]): Promise<Played> {
  const rest = [...script];
  const { act, refusals, answered } = strict(() => rest.shift() ?? { blocks: [{ says: "done" }] });
  const world = testWorld({ "/p/a.txt": "one\n" });
  const past = [{ type: "configured", model: "claude-sonnet-5-5" } as const];
  let it = await rig({ model: act, world, past, policy: { bypassAllowed: true } });
  for (const what of happenings) it = await happen(it, what);
  it.log.full = false;
  rest.length = 0;
  await it.send({ type: "stop" });
  await it.session.rested();
  await it.send({ type: "ask", text: "and now?", attachments: [] });
  await it.session.rested();
  return { it, refusals, answered };
}

async function happen(it: Rig, what: Happening): Promise<Rig> {
  const queued = it.session.state().queue[0]?.id ?? "";
  if (what.kind === "send") void it.send(what.command);
  if (what.kind === "reply") void it.reply(what.reply);
  if (what.kind === "rewind") {
    const prompts = rewindPoints(it.session.memory());
    const to = prompts[what.to % Math.max(1, prompts.length)]?.n ?? 0;
    void it.send({ type: "rewind", to, files: what.files, conversation: what.conversation });
  }
  if (what.kind === "review") {
    const [changed] = it.session.state().changed;
    const { before, after } = changed?.steps.at(-1) ?? { before: undefined, after: undefined };
    const { verdict, hunk } = what;
    void it.send({ type: "review", verdict, path: changed?.path ?? "", before, after, hunk });
  }
  if (what.kind === "queued")
    void it.send(
      what.type === "unqueue"
        ? { type: "unqueue", id: queued }
        : { type: "requeue", id: queued, text: "edited", delivery: "rest" },
    );
  if (what.kind === "disk") it.log.full = what.full;
  if (what.kind === "change") it.world.files.texts.set("/p/a.txt", what.text);
  if (what.kind === "wait") for (let at = 0; at < what.moments; at++) await new Promise(setImmediate);
  return what.kind === "kill" ? it.again() : it;
}

/** Whether every message of `before` stands unchanged at the beginning of `after`. */
function grows(before: ModelRequest, after: ModelRequest): boolean {
  const head = after.messages.slice(0, before.messages.length);
  return JSON.stringify(head) === JSON.stringify(before.messages);
}

describe("any sequence of commands", () => {
  const scripts = fc.array(answering, { maxLength: 12 });
  const happenings = fc.array(happening, { minLength: 5, maxLength: 40 });

  it("leaves a log that replays to the live state, and a conversation the API takes", async function () {
    this.timeout(isSoak ? 0 : 60_000);
    await fc.assert(
      fc.asyncProperty(scripts, fc.array(anything, { minLength: 5, maxLength: 40 }), async (script, what) => {
        const { it, refusals } = await play(script, what);
        assert.deepEqual(
          it.log.events.map((event) => event.n),
          it.log.events.map((_, at) => at + 1),
        );
        assert.deepEqual(it.log.events.reduce(learn, NO_MEMORY), it.session.memory());
        assert.deepEqual(memoryOf(it.log.events), it.session.memory());
        assert.deepEqual(refusals, []);
        assert.equal(it.session.state().status, "resting");
        assert.equal(it.session.memory().open.size, 0);
        assert.equal(it.session.state().lastRest, "done");
        const calls = all(it.log.events, "called").map((event) => event.call);
        const answered = all(it.log.events, "answered").map((event) => event.call);
        assert.equal(new Set(answered).size, answered.length, "a call was answered twice");
        assert.ok(calls.every((id) => answered.includes(id)));
      }),
      runs({ ci: 400, soak: 50_000 }),
    );
  });

  it("sends requests that only grow, but for turns the model declined", async function () {
    this.timeout(isSoak ? 0 : 60_000);
    await fc.assert(
      fc.asyncProperty(scripts, happenings, async (script, what) => {
        const kept = script.filter((it) => !("stop" in it && it.stop === "refusal"));
        const calm = what.filter(({ kind }) => kind !== "kill" && kind !== "disk");
        const { it, answered } = await play(kept, calm);
        for (const [at, request] of answered.slice(0, -1).entries()) {
          const next = answered[at + 1];
          assert.ok(next && next.system === request.system && next.tools === request.tools);
          assert.ok(grows(request, next));
          assert.equal(next.messages[request.messages.length]?.role, "assistant");
        }
        assert.ok(answered.length > 0 && it.asked.length >= answered.length);
      }),
      runs({ ci: 200, soak: 20_000 }),
    );
  });
});
