import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { JsonObject } from "../../../src/model/conversation.ts";
import { chatClient, geminiClient, responsesClient } from "../../support/client-forms.ts";
import { type LiveGateway, liveGateway } from "../../support/gateway.ts";
import { type StandIn, startStandIn } from "../../support/stand-in/server.ts";
import { answers, says } from "../../support/stand-in/turns.ts";

const SCHEMA: JsonObject = { type: "object", properties: {} };

/** Loops of tools whose clients send no thinking back, but want to have the next step thought about. */
const LOOPS = [
  [
    geminiClient,
    {
      contents: [
        { role: "user", parts: [{ text: "look" }] },
        { role: "model", parts: [{ functionCall: { name: "look", args: {} } }] },
        { role: "user", parts: [{ functionResponse: { name: "look", response: { output: "seen" } } }] },
      ],
      tools: [{ functionDeclarations: [{ name: "look", parameters: SCHEMA }] }],
      generationConfig: { temperature: 0.2, thinkingConfig: { thinkingBudget: 4000, includeThoughts: true } },
    },
  ],
  [
    chatClient,
    {
      messages: [
        { role: "user", content: "look" },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c1", type: "function", function: { name: "look", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "c1", content: "seen" },
      ],
      tools: [{ type: "function", function: { name: "look", parameters: SCHEMA } }],
      reasoning_effort: "medium",
      temperature: 0.2,
    },
  ],
  [
    responsesClient,
    {
      input: [
        { type: "message", role: "user", content: "look" },
        { type: "function_call", call_id: "c1", name: "look", arguments: "{}" },
        { type: "function_call_output", call_id: "c1", output: "seen" },
      ],
      tools: [{ type: "function", name: "look", parameters: SCHEMA, strict: false }],
      reasoning: { effort: "medium" },
      temperature: 0.2,
    },
  ],
] as const;

describe("a live gateway in front of a strict Claude, for clients that drop thoughts", () => {
  let vendor: StandIn;
  let gateway: LiveGateway;
  beforeEach(async () => {
    vendor = await startStandIn({ script: () => answers(says("served")) });
    const main = { type: "anthropic", baseUrl: vendor.url, keys: ["sk-upstream-000001"], models: [] };
    gateway = await liveGateway({ settings: { providers: { main } } });
  });
  afterEach(async () => {
    await gateway.stop();
    await vendor.close();
  });

  for (const [client, loop] of LOOPS) {
    const named = client === geminiClient ? {} : { stream: true };
    for (const model of ["claude-haiku-4-5", "claude-sonnet-4-5", "claude-opus-4-5"])
      it(`goes on in a loop of tools of ${client.name} with ${model}, without a budget`, async () => {
        const { path, headers } = client.ask(model, true);
        const body: JsonObject = { ...named, ...(loop as unknown as JsonObject), model };
        const got = await gateway.ask(client, { path, headers, body });
        assert.equal(client.saidIn(got.events), "served", got.raw);
        const [sent] = vendor.requests;
        assert.equal(sent?.body["thinking"], undefined);
        assert.equal(sent?.body["temperature"], 0.2);
      });

    it(`thinks for ${client.name} where no call waits for its results`, async () => {
      const { path, headers, body: plain } = client.ask("claude-haiku-4-5", true);
      const { contents: _, messages: __, input: ___, ...more } = loop as unknown as JsonObject;
      const got = await gateway.ask(client, { path, headers, body: { ...plain, ...more } });
      assert.equal(client.saidIn(got.events), "served", got.raw);
      const thinking = vendor.requests[0]?.body["thinking"] as JsonObject | undefined;
      assert.equal(thinking?.["type"], "enabled");
    });

    it(`thinks for ${client.name} in a loop where the model needs no budget for it`, async () => {
      const { path, headers } = client.ask("claude-sonnet-4-6", true);
      const body: JsonObject = {
        ...named,
        ...(loop as unknown as JsonObject),
        model: "claude-sonnet-4-6",
      };
      const got = await gateway.ask(client, { path, headers, body });
      assert.equal(client.saidIn(got.events), "served", got.raw);
      const thinking = vendor.requests[0]?.body["thinking"] as JsonObject | undefined;
      assert.equal(thinking?.["type"], "adaptive");
    });
  }
});
