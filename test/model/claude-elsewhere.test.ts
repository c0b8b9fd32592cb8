import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { ProviderType } from "../../src/model/provider.ts";
import { bedrock } from "../../src/model/providers/bedrock.ts";
import { foundry } from "../../src/model/providers/foundry.ts";
import { vertex } from "../../src/model/providers/vertex.ts";
import { endOf, request } from "../support/messages-requests.ts";

interface Asked {
  readonly url: string;
  readonly authorization: string;
  readonly body: {
    readonly model?: string;
    readonly anthropic_version?: string;
    readonly max_tokens?: number;
  };
}

const EVENTS = [
  {
    type: "message_start",
    message: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "x",
      content: [],
      usage: { input_tokens: 3, output_tokens: 0 },
    },
  },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "hello" } },
  { type: "content_block_stop", index: 0 },
  { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 2 } },
  { type: "message_stop" },
];

let server: Server;
let asked: Asked[];
let status = 200;

beforeEach(async () => {
  asked = [];
  status = 200;
  server = createServer(async (call: IncomingMessage, answer) => {
    let text = "";
    for await (const piece of call) text += String(piece);
    const authorization =
      call.headers.authorization ?? String(call.headers["x-api-key"] ?? call.headers["api-key"]);
    asked.push({ url: call.url ?? "", authorization, body: JSON.parse(text) });
    answer.writeHead(status, { "content-type": status === 200 ? "text/event-stream" : "application/json" });
    if (status === 200)
      for (const it of EVENTS) answer.write(`event: ${it.type}\ndata: ${JSON.stringify(it)}\n\n`);
    else
      answer.write(JSON.stringify({ type: "error", error: { type: "rate_limit_error", message: "slowly" } }));
    answer.end();
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => void server.close());

function ask(type: ProviderType, options = {}, key: string | undefined = "the key") {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = type.open({ key: async () => key, baseUrl, fetch, silenceMs: 5_000, options });
  return endOf(provider, request({ model: "claude-sonnet-5-5" }));
}

describe("Claude at somebody else's address", () => {
  for (const [type, options, url, model] of [
    [bedrock, { region: "eu-west-1" }, /^\/v1\/messages/, "anthropic.claude-sonnet-5-5"],
    [foundry, {}, /^\/v1\/messages/, "claude-sonnet-5-5"],
    [
      vertex,
      { project: "p", region: "europe-west1" },
      /^\/projects\/p\/locations\/europe-west1\/publishers\/anthropic\/models\/claude-sonnet-5-5:streamRawPredict/,
      undefined,
    ],
  ] as const) {
    it(`answers by ${type.type}, which is asked in its own way with its own key`, async () => {
      const end = await ask(type, options);
      assert.equal(end.type, "done");
      assert.deepEqual(end.type === "done" && end.answer.content, [{ type: "text", text: "hello" }]);
      const [sent] = asked;
      assert.match(sent?.url ?? "", url);
      assert.match(sent?.authorization ?? "", /the key/);
      assert.equal(sent?.body.model, model);
    });

    it(`says what ${type.type} refused`, async () => {
      status = 429;
      const end = await ask(type, options);
      assert.deepEqual(end.type === "failed" && [end.failure.kind, end.failure.message], [
        "rate-limit",
        "slowly",
      ]);
    });
  }

  it("knows models by both of their names", () => {
    assert.equal(bedrock.infoOf("anthropic.claude-opus-5-5")?.maxOutput, 128_000);
    assert.equal(bedrock.infoOf("claude-opus-5-5")?.maxOutput, 128_000);
    assert.equal(bedrock.infoOf("anthropic.claude-opus-5-5")?.rates?.input, 4);
  });

  it("needs a key in Foundry", async () => {
    const end = await ask(foundry, {}, "");
    assert.equal(end.type === "failed" && end.failure.kind, "no-key");
  });
});
