import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, it } from "mocha";
import type { Reply } from "../support/messages-api.ts";
import { assistant, body, hi, hour, mark, post, system, text, tool, user } from "../support/messages-api.ts";
import type { Account } from "../support/stand-in/binding.ts";
import type { StandIn, StandInOptions } from "../support/stand-in/server.ts";
import { startStandIn } from "../support/stand-in/server.ts";
import type { Turn } from "../support/stand-in/turns.ts";
import { answers, calls, fails, says, thinks } from "../support/stand-in/turns.ts";
import type { WireBlock } from "../support/stand-in/wire.ts";

let open: StandIn[] = [];
afterEach(async () => {
  await Promise.all(open.map((it) => it.close()));
  open = [];
});

async function start(script: readonly Turn[], options: Partial<StandInOptions> = {}): Promise<StandIn> {
  const started = await startStandIn({ script, minCacheable: 1, ...options });
  open.push(started);
  return started;
}

/** A conversation of three answers with thinking, and what its fourth request is answered after `change`. */
async function fourth(
  change: (messages: { role: string; content: WireBlock[] }[]) => object,
  {
    model = "claude-sonnet-5-5",
    account = "enforce-all",
    headers = {},
  }: { model?: string; account?: Account; headers?: Readonly<Record<string, string>> } = {},
): Promise<Reply> {
  const { url } = await start(
    [1, 2, 3, 4].map((it) => answers(thinks(`think ${it}`), says(`say ${it}`))),
    { account },
  );
  const messages: { role: string; content: WireBlock[] }[] = [{ role: "user", content: [text("one")] }];
  const shown = { thinking: { type: "adaptive", display: "summarized" } };
  for (let turn = 1; turn <= 3; turn++) {
    const { content } = await post(url, body({ model, messages, system: "s", ...shown }));
    messages.push(
      { role: "assistant", content: [...content] },
      { role: "user", content: [text(`next ${turn}`)] },
    );
  }
  return post(
    url,
    body({ model, messages, system: "s", ...shown, ...change(structuredClone(messages)) }),
    headers,
  );
}

type Said = { role: string; content: WireBlock[] }[];
const without = (messages: Said, ...at: readonly number[]) => ({
  messages: messages.map((it, place) =>
    at.includes(place) ? { ...it, content: it.content.filter((block) => block.type !== "thinking") } : it,
  ),
});
const edit = (messages: Said, at: number, block: number, more: object) => {
  const message = messages[at];
  if (message)
    message.content = message.content.map((it, place) => (place === block ? { ...it, ...more } : it));
  return { messages };
};

describe("preserved thinking", () => {
  for (const [what, change] of [
    ["nothing changed", (messages: Said) => ({ messages })],
    ["cache marks moved", (messages: Said) => edit(messages, 2, 0, mark)],
    ["effort changed", () => ({ output_config: { effort: "low" } })],
    ["display changed", () => ({ thinking: { type: "adaptive", display: "omitted" } })],
    ["the first thinking stripped", (messages: Said) => without(messages, 1)],
    ["the last thinking stripped", (messages: Said) => without(messages, 5)],
    ["all thinking stripped", (messages: Said) => without(messages, 1, 3, 5)],
    ["a system message appended", (messages: Said) => ({ messages: [...messages, system(text("note"))] })],
  ] as const) {
    it(`is taken with ${what}`, async () => {
      const reply = await fourth(change);
      assert.equal(reply.status, 200, reply.message);
    });
  }

  const BOUND =
    /^messages\.\d\.content\.0: Invalid `signature` in `thinking` block\. The block is bound to a different conversation\..*`thinking-binding-controls-2026-08-01`/;
  for (const [what, change, words] of [
    ["the first prompt edited", (messages: Said) => edit(messages, 0, 0, { text: "uno" }), BOUND],
    ["an answer edited", (messages: Said) => edit(messages, 1, 1, { text: "said" }), BOUND],
    ["the system prompt edited", () => ({ system: "t" }), BOUND],
    ["a tool added", () => ({ tools: [tool("New")] }), BOUND],
    [
      "a message removed",
      (messages: Said) => ({ messages: messages.slice(2) }),
      /starting at `messages\.0\.content\.0`/,
    ],
    ["a gap in the thinking", (messages: Said) => without(messages, 3), BOUND],
    [
      "a signature altered",
      (messages: Said) => edit(messages, 1, 0, { signature: "x" }),
      /^messages\.1\.content\.0: Invalid `signature` in `thinking` block$/,
    ],
    [
      "thinking altered",
      (messages: Said) => edit(messages, 1, 0, { thinking: "x" }),
      /^messages\.1\.content\.0: Invalid `signature` in `thinking` block$/,
    ],
    [
      "the latest thinking altered",
      (messages: Said) => edit(messages, 5, 0, { thinking: "x" }),
      /in the latest assistant message cannot be modified/,
    ],
    [
      "two answers glued together",
      (messages: Said) => ({
        messages: [
          ...messages.slice(0, 3),
          { role: "assistant", content: [...(messages[3]?.content ?? []), ...(messages[5]?.content ?? [])] },
          hi,
        ],
      }),
      /in the latest assistant message cannot be modified/,
    ],
  ] as const) {
    it(`is refused with ${what}`, async () => {
      const reply = await fourth(change);
      assert.equal(reply.status, 400);
      assert.match(reply.message, words);
    });
  }

  const changed = (messages: Said) => edit(messages, 0, 0, { text: "uno" });
  for (const [model, account, status] of [
    ["claude-sonnet-5-5", "enforce-all", 400],
    ["claude-sonnet-5-5", "enforce-5-2-only", 200],
    ["claude-fable-5-2", "enforce-5-2-only", 400],
    ["claude-opus-5", "enforce-all", 200],
  ] as const) {
    it(`with a changed prefix is answered ${status} by ${model} on an account that is ${account}`, async () => {
      assert.equal((await fourth(changed, { model, account })).status, status);
    });
  }

  const beta = { "anthropic-beta": "thinking-binding-controls-2026-08-01" };
  it("is dropped from the change on when asked", async () => {
    const drop = {
      thinking: { type: "adaptive", block_binding: { prefix_mismatch_behavior: "drop_block" } },
    };
    const reply = await fourth((messages) => ({ ...edit(messages, 2, 0, { text: "zwei" }), ...drop }), {
      headers: beta,
    });
    assert.deepEqual(
      reply.input_transformations?.map((it) => [it.type, it.path]),
      [
        ["thinking_dropped", "messages.3.content.0"],
        ["thinking_dropped", "messages.5.content.0"],
      ],
    );
  });

  it("of a model that cannot be read is dropped silently", async () => {
    const reply = await fourth(() => ({ model: "claude-opus-5-5" }), {
      model: "claude-fable-5-1",
      headers: beta,
    });
    assert.equal(reply.status, 200, reply.message);
    assert.equal(reply.input_transformations?.length, 3);
  });
});

describe("the stand-in's cache", () => {
  const usageOf = async (url: string, messages: readonly object[], systemText = "s") =>
    (await post(url, body({ messages, system: [text(systemText, hour)] }))).usage;

  it("reads what was written before the end, and follows the bytes", async () => {
    const { url } = await start([1, 2, 3].map(() => answers(says("x"))));
    const first = await usageOf(url, [user(text("a", mark))]);
    const second = await usageOf(url, [user(text("a")), assistant(text("b")), user(text("c", mark))]);
    const third = await usageOf(url, [user(text("a")), assistant(text("b")), user(text("c", mark))], "t");
    assert.equal(first.cache_read_input_tokens, 0);
    assert.equal(second.cache_read_input_tokens, first.cache_creation_input_tokens);
    assert.equal(third.cache_read_input_tokens, 0);
  });

  it("does not find what is more than twenty positions back", async () => {
    const { url } = await start([1, 2].map(() => answers(says("x"))));
    const many = Array.from({ length: 25 }, (_, it) => text(`block ${it}`));
    const first = await usageOf(url, [user(text("a", mark))]);
    const second = await usageOf(url, [user(text("a")), assistant(...many), user(text("c", mark))]);
    assert.ok((second.cache_read_input_tokens ?? 0) < (first.cache_creation_input_tokens ?? 0));
  });
});

describe("the stand-in as a process", () => {
  it("prints its address and plays a file", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "stand-in-")), "script.json");
    writeFileSync(file, JSON.stringify([answers(calls("Read", { file_path: "a" })), fails(529)]));
    const main = new URL("../support/stand-in/main.ts", import.meta.url).pathname;
    const child = spawn(process.execPath, ["--no-warnings", main, file], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [line] = await once(child.stdout, "data");
      const url = String(line).trim();
      assert.equal((await post(url, body({}))).content[0]?.type, "tool_use");
      assert.equal((await post(url, body({}))).status, 529);
      assert.match((await post(url, body({}))).message, /script of the stand-in is over/);
    } finally {
      child.kill();
    }
  });
});
