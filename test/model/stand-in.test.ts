import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import {
  assistant,
  body,
  HEADERS,
  hi,
  hour,
  mark,
  post,
  result,
  system,
  text,
  tool,
  use,
  user,
} from "../support/messages-api.ts";
import { RULES } from "../support/stand-in/rules.ts";
import type { StandIn, StandInOptions } from "../support/stand-in/server.ts";
import { startStandIn } from "../support/stand-in/server.ts";
import type { Turn } from "../support/stand-in/turns.ts";
import { answers, says } from "../support/stand-in/turns.ts";

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

const image = (source: object) =>
  user({ type: "image", source: { type: "base64", media_type: "image/png", ...source } });
const PNG_9000_WIDE = "iVBORw0KGgoAAAANSUhEUgAAIygAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk";

/** For every rule one request that breaks it, and words of the refusal. */
const BROKEN: Readonly<Record<string, readonly [object, RegExp, Readonly<Record<string, string>>?]>> = {
  "unknown beta": [{}, /Unexpected value\(s\) `nope`/, { "anthropic-beta": "nope" }],
  "unknown field": [{ colour: 1 }, /^colour: Extra inputs/],
  "beta field without its header": [{ context_management: {} }, /^context_management: Extra inputs/],
  "unknown field of output_config": [{ output_config: { mood: 1 } }, /^output_config\.mood: Extra/],
  "max_tokens missing": [{ max_tokens: undefined }, /^max_tokens: Field required/],
  "max_tokens above the model's cap": [{ max_tokens: 128_001 }, /128001 > 128000, which is the maximum/],
  "max_tokens of 0 with a stream": [{ max_tokens: 0, stream: true }, /0 is not allowed with stream/],
  "sampling parameters under 2026-10-21": [{ temperature: 1 }, /^temperature: Extra/],
  "sampling parameters the model gave up": [
    { temperature: 0.5 },
    /`temperature` is deprecated/,
    { "anthropic-version": "2023-06-01" },
  ],
  "temperature and top_p together": [
    { model: "claude-opus-4-6", temperature: 1, top_p: 1 },
    /cannot both be specified/,
    { "anthropic-version": "2023-06-01" },
  ],
  "temperature with manual thinking": [
    {
      model: "claude-opus-4-5",
      max_tokens: 9000,
      temperature: 0.5,
      thinking: { type: "enabled", budget_tokens: 2000 },
    },
    /may only be set to 1/,
    { "anthropic-version": "2023-06-01" },
  ],
  "speed on a model without it": [
    { model: "claude-haiku-5-5", speed: "fast" },
    /does not support the `speed`/,
  ],
  "metadata other than user_id": [{ metadata: { user_id: "u", mail: "m" } }, /^metadata\.mail: Extra/],
  "unknown thinking type": [{ thinking: { type: "deep" } }, /expected tags/],
  "adaptive thinking on a model without it": [
    { model: "claude-haiku-4-5", thinking: { type: "adaptive" } },
    /adaptive thinking is not supported/,
  ],
  "between_tools on another model": [
    { thinking: { type: "between_tools" } },
    /between_tools" is not supported/,
  ],
  "disabled thinking where between_tools is the least": [
    { model: "claude-sonnet-5-5", thinking: { type: "disabled" } },
    /Use "thinking\.type\.between_tools" for the lowest/,
  ],
  "thinking type the model does not take": [
    { thinking: { type: "enabled", budget_tokens: 2000 } },
    /"thinking\.type\.enabled" is not supported for this model\. Use/,
  ],
  "field that does not belong to the thinking type": [
    { model: "claude-opus-5", thinking: { type: "disabled", display: "omitted" } },
    /^thinking\.disabled\.display: Extra/,
  ],
  "display that is not known": [
    { thinking: { type: "adaptive", display: "updates" } },
    /should be 'summarized' or 'omitted'/,
  ],
  "prefix_mismatch_behavior that is not known": [
    { thinking: { type: "adaptive", block_binding: { prefix_mismatch_behavior: "x" } } },
    /should be 'error' or 'drop_block'/,
    { "anthropic-beta": "thinking-binding-controls-2026-08-01" },
  ],
  "budget below 1024": [
    { model: "claude-opus-4-5", thinking: { type: "enabled", budget_tokens: 5 } },
    /greater than or equal to 1024/,
  ],
  "budget not below max_tokens": [
    { model: "claude-opus-4-5", thinking: { type: "enabled", budget_tokens: 2000 } },
    /must be greater than `thinking\.budget_tokens`/,
  ],
  "effort on a model without it": [
    { model: "claude-haiku-4-5", output_config: { effort: "low" } },
    /does not support the effort parameter/,
  ],
  "effort level the model lacks": [
    { model: "claude-opus-4-6", output_config: { effort: "xhigh" } },
    /effort level 'xhigh'\. Supported levels: high, low, max, medium/,
  ],
  "disabled thinking with high effort": [
    { model: "claude-opus-5", thinking: { type: "disabled" }, output_config: { effort: "max" } },
    /not supported when thinking is disabled/,
  ],
  "between_tools with high effort": [
    { model: "claude-sonnet-5-5", thinking: { type: "between_tools" }, output_config: { effort: "max" } },
    /between_tools/,
  ],
  "manual thinking with a tool loop that lacks it": [
    {
      model: "claude-opus-4-5",
      max_tokens: 9000,
      thinking: { type: "enabled", budget_tokens: 2000 },
      messages: [hi, assistant(use("a")), user(result("a"))],
    },
    /^messages\.1\.content\.0\.type: Expected `thinking`/,
  ],
  "tool name of forbidden characters": [
    { tools: [tool("a.b")] },
    /^tools\.0\.custom\.name: String should match/,
  ],
  "tool names that are not unique": [{ tools: [tool("a"), tool("a")] }, /must be unique/],
  "unknown field of a tool": [{ tools: [tool("a", { colour: 1 })] }, /^tools\.0\.custom\.colour: Extra/],
  "tool schema that is no object": [
    { tools: [tool("a", { input_schema: { type: "string" } })] },
    /input_schema\.type: Input should be 'object'/,
  ],
  "tool schema with a choice at its top": [
    { tools: [tool("a", { input_schema: { type: "object", anyOf: [] } })] },
    /does not support oneOf, allOf, or anyOf/,
  ],
  "tool schema that is not JSON Schema": [
    { tools: [tool("a", { input_schema: { type: "object", properties: { x: { type: "text" } } } })] },
    /draft 2020-12/,
  ],
  "tool choice without tools": [{ tool_choice: { type: "auto" } }, /only be specified while providing tools/],
  "forced tools on a model without them": [
    { tools: [tool("a")], tool_choice: { type: "any" } },
    /"tool" and "any" are not supported/,
  ],
  "forced tools with manual thinking": [
    {
      model: "claude-opus-4-5",
      max_tokens: 9000,
      thinking: { type: "enabled", budget_tokens: 2000 },
      tools: [tool("a")],
      tool_choice: { type: "any" },
    },
    /may not be enabled when tool_choice/,
  ],
  "forced tool that is unknown": [
    { model: "claude-opus-5", tools: [tool("a")], tool_choice: { type: "tool", name: "b" } },
    /'b' not found/,
  ],
  "all tools deferred": [{ tools: [tool("a", { defer_loading: true })] }, /All tools cannot be deferred/],
  "deferred tool with a cache mark": [
    { tools: [tool("b"), tool("a", { defer_loading: true, ...mark })] },
    /not permitted on a tool with defer_loading/,
  ],
  "tool type the model lacks": [
    { tools: [{ type: "computer_20251124", name: "computer" }] },
    /does not support tool types: computer_20251124/,
  ],
  "no messages": [{ messages: [] }, /at least one message/],
  "system message first": [{ messages: [system(text("x")), hi] }, /^messages\.0: use the top-level 'system'/],
  "first message of the assistant": [
    { messages: [assistant(text("x")), hi] },
    /first message must use the "user" role/,
  ],
  "unknown field of a message": [
    { messages: [{ ...hi, clear_at: "never" }] },
    /^messages\.0\.clear_at: Extra/,
  ],
  "unknown field of a block": [
    { messages: [hi, assistant({ type: "thinking", thinking: "", signature: "s", ...mark }), hi] },
    /cache_control: Extra inputs/,
  ],
  "answer put into the assistant's mouth": [
    { messages: [hi, assistant(text("{"))] },
    /does not support assistant message prefill/,
  ],
  "message without content": [
    { messages: [hi, assistant(), hi] },
    /^messages\.1: all messages must have non-empty content/,
  ],
  "empty text": [{ messages: [user(text(" "))] }, /must contain non-whitespace/],
  "text that is no Unicode": [{ messages: [user(text("\ud83d"))] }, /no low surrogate/],
  "block in a message of the wrong role": [
    { messages: [hi, assistant(result("a")), hi] },
    /`tool_result` blocks can only be in `user`/,
  ],
  "system message on a model without them": [
    { model: "claude-sonnet-5", messages: [hi, system(text("x"))] },
    /role 'system' is not supported/,
  ],
  "system message in a wrong place": [
    { messages: [hi, system(text("x")), hi] },
    /^messages\.1: role 'system' must follow/,
  ],
  "call id of forbidden characters": [
    { messages: [hi, assistant(use("a.b")), user(result("a.b"))] },
    /tool_use\.id: String should match/,
  ],
  "call name or input that is none": [
    { messages: [hi, assistant({ ...use("a"), name: "" }), user(result("a"))] },
    /tool_use\.name: String should match/,
  ],
  "call id used twice": [
    { messages: [hi, assistant(use("a"), use("a")), user(result("a"))] },
    /^messages\.1\.content\.1: `tool_use` ids must be unique/,
  ],
  "call without its result right behind": [
    { messages: [hi, assistant(use("a")), user(text("x"), result("a"))] },
    /^messages\.1: `tool_use` ids were found without `tool_result` blocks immediately after: a/,
  ],
  "system message between a call and its result": [
    {
      messages: [
        hi,
        assistant(use("a")),
        { role: "system", content: [], output_config: { effort: "low" } },
        user(result("a")),
      ],
    },
    /^messages\.2: role 'system' must follow/,
    { "anthropic-beta": "mid-conversation-output-config-2026-07-01" },
  ],
  "two results of one call": [
    { messages: [hi, assistant(use("a")), user(result("a"), result("a"))] },
    /must have a single result/,
  ],
  "result without its call": [
    { messages: [hi, assistant(text("x")), user(result("a"))] },
    /unexpected `tool_use_id` found in `tool_result` blocks: a/,
  ],
  "server tool call without its result": [
    {
      messages: [
        hi,
        assistant({ type: "server_tool_use", id: "srvtoolu_1", name: "web_search", input: {} }, text("x")),
        hi,
      ],
    },
    /without a corresponding `web_search_tool_result`/,
  ],
  "effort message on a model without them": [
    {
      model: "claude-haiku-5-5",
      messages: [hi, { role: "system", content: [], output_config: { effort: "low" } }],
    },
    /per-turn effort; this model does not/,
    { "anthropic-beta": "mid-conversation-output-config-2026-07-01" },
  ],
  "clear_at misused": [
    { messages: [{ ...hi, clear_at: "never" }] },
    /only permitted on role 'system'/,
    { "anthropic-beta": "mid-conversation-system-clear-at-2026-08-21" },
  ],
  "more than four cache marks": [
    { messages: [user(...[1, 2, 3, 4, 5].map((it) => text(`${it}`, mark)))] },
    /maximum of 4 blocks with cache_control may be provided\. Found 5/,
  ],
  "cache mark of an unknown kind": [
    { messages: [user(text("x", { cache_control: { type: "ephemeral", ttl: "2h" } }))] },
    /should be '5m' or '1h'/,
  ],
  "cache mark of an hour behind one of five minutes": [
    { messages: [user(text("a", mark), text("b", hour))] },
    /^messages\.0\.content\.1\.cache_control\.ttl: a ttl='1h'/,
  ],
  "too many images": [
    { messages: [user(...Array.from({ length: 601 }, () => image({ data: "eA==" }).content[0] ?? {}))] },
    /too many images: 601/,
  ],
  "image that is too large": [
    { messages: [image({ data: "A".repeat(10_485_761) })] },
    /image exceeds 10 MB maximum/,
  ],
  "image of too many pixels": [
    { messages: [image({ data: PNG_9000_WIDE })] },
    /exceed max allowed size: 8000/,
  ],
  "image of an unknown kind": [
    { messages: [image({ media_type: "image/bmp", data: "eA==" })] },
    /media_type: Input should be/,
  ],
};

describe("the stand-in refuses", () => {
  for (const { name } of RULES) {
    it(name, async () => {
      const [parts, words, headers] = BROKEN[name] ?? [];
      assert.ok(parts && words, "no request breaks this rule");
      const { url, requests, turns } = await start([answers(says("x"))]);
      const refused = await post(url, body(parts), headers);
      assert.deepEqual([refused.status, refused.type], [400, "invalid_request_error"], refused.message);
      assert.match(refused.message, words);
      assert.equal(requests[0]?.refusal?.message, refused.message);
      assert.equal(turns(), 0);
    });
  }

  for (const [what, parts, headers, status, words] of [
    ["no version", {}, { "anthropic-version": undefined }, 400, /anthropic-version: header is required/],
    ["no key", {}, { authorization: undefined }, 401, /invalid or has been revoked/],
    ["an unknown model", { model: "claude-nope" }, {}, 404, /^model: claude-nope$/],
    [
      "too many bytes",
      { messages: [user(text("x".repeat(34_000_000)))] },
      {},
      413,
      /exceeds the maximum size/,
    ],
    [
      "a prompt over the window",
      { model: "claude-haiku-4-5", messages: [user(text("x ".repeat(500_000)))] },
      {},
      400,
      /prompt is too long: \d+ tokens > 200000/,
    ],
  ] as const) {
    it(what, async () => {
      const { url } = await start([]);
      const sent = Object.fromEntries(
        Object.entries({ ...HEADERS, ...headers }).flatMap(([name, it]) =>
          it === undefined ? [] : [[name, String(it)]],
        ),
      );
      const answer = await fetch(`${url}/v1/messages`, {
        method: "POST",
        headers: sent,
        body: JSON.stringify(body(parts)),
      });
      assert.equal(answer.status, status);
      assert.match(JSON.parse(await answer.text()).error.message, words);
      assert.match(answer.headers.get("request-id") ?? "", /^req_/);
    });
  }
});

describe("the stand-in takes", () => {
  for (const [what, parts] of [
    [
      "parallel calls answered in one message",
      { messages: [hi, assistant(use("a"), use("b")), user(result("b"), result("a"), text("and"))] },
    ],
    [
      "a system message behind results",
      { messages: [hi, assistant(use("a")), user(result("a")), system(text("x"))] },
    ],
    ["neighbouring user messages", { messages: [hi, hi] }],
    ["an hour before five minutes", { system: [text("s", hour)], messages: [user(text("x", mark))] }],
    ["prefill where it is allowed", { model: "claude-opus-4-5", messages: [hi, assistant(text("{"))] }],
    ["disabled thinking where it can be", { model: "claude-opus-5", thinking: { type: "disabled" } }],
  ] as const) {
    it(what, async () => {
      const { url } = await start([answers(says("x"))]);
      const reply = await post(url, body(parts));
      assert.equal(reply.status, 200, reply.message);
    });
  }

  it("the same rules for counting, and counts", async () => {
    const { url } = await start([]);
    const path = "/v1/messages/count_tokens";
    assert.equal((await post(url, body({ messages: [] }), {}, path)).status, 400);
    const counted = await post(url, { model: "claude-opus-5-5", messages: [hi] }, {}, path);
    assert.ok(Number(JSON.parse(JSON.stringify(counted)).input_tokens) > 0);
  });
});
