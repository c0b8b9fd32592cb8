import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { JsonObject } from "../../../src/model/conversation.ts";
import { anthropicClient, chatClient } from "../../support/client-forms.ts";
import { type Got, type LiveGateway, liveGateway } from "../../support/gateway.ts";
import {
  answersJson,
  type HeardRequest,
  type ScriptedVendor,
  scriptedVendor,
} from "../../support/scripted-vendor.ts";
import { answers, anthropicForm } from "../../support/vendor-forms.ts";

const KEY = "the-upstream-key-0123456789";
/** How each place is asked for a model that takes sampling and forced calls. */
const PLACES = [
  {
    type: "bedrock",
    options: { region: "eu-west-1" },
    path: () => "/v1/messages",
    counted: "/v1/messages/count_tokens",
    model: "anthropic.claude-haiku-4-5",
    version: undefined,
  },
  {
    type: "vertex",
    options: { project: "p", region: "europe-west1" },
    path: (isStream: boolean) =>
      `/projects/p/locations/europe-west1/publishers/anthropic/models/claude-haiku-4-5:${isStream ? "streamRawPredict" : "rawPredict"}`,
    counted: "/projects/p/locations/europe-west1/publishers/anthropic/models/count-tokens:rawPredict",
    model: undefined,
    version: "vertex-2023-10-16",
  },
  {
    type: "foundry",
    options: {},
    path: () => "/v1/messages",
    counted: "/v1/messages/count_tokens",
    model: "claude-haiku-4-5",
    version: undefined,
  },
] as const;

/** Members that are easily lost, one that nobody knows among them. */
const ASKED: JsonObject = {
  max_tokens: 100,
  temperature: 0.3,
  top_k: 5,
  stop_sequences: ["END"],
  system: [{ type: "text", text: "s", cache_control: { type: "ephemeral" } }],
  tools: [{ name: "look", input_schema: { type: "object", properties: {} }, strict: true }],
  tool_choice: { type: "tool", name: "look", disable_parallel_tool_use: true },
  output_config: { format: { type: "json_schema", schema: { type: "object" } } },
  metadata: { user_id: "u" },
  of_tomorrow: { a: [1] },
  messages: [{ role: "user", content: "hello" }],
};

const COUNTED: JsonObject = {
  model: "claude-haiku-4-5",
  messages: [{ role: "user", content: [{ type: "text", text: "hello" }] }],
};

describe("a live gateway in front of Claude at somebody else's address", () => {
  let gateway: LiveGateway;
  let vendor: ScriptedVendor;
  beforeEach(async () => {
    vendor = await scriptedVendor(answers(anthropicForm, "served"));
  });
  afterEach(async () => {
    await vendor.close();
    await gateway.stop();
  });

  async function open(type: string, options: object, keys: readonly string[] = [KEY]): Promise<void> {
    const main = { type, baseUrl: vendor.address, keys, models: ["claude-haiku-4-5"], ...options };
    gateway = await liveGateway({ settings: { providers: { main } } });
  }

  function ask(stream: boolean): Promise<Got> {
    return gateway.ask(anthropicClient, {
      path: "/v1/messages?beta=true",
      headers: { "anthropic-beta": "some-beta-2026-01-01", "user-agent": "secret-agent" },
      body: { model: "claude-haiku-4-5", stream, ...ASKED },
    });
  }

  function heard(): HeardRequest {
    const [it] = vendor.heard;
    assert.ok(it);
    return it;
  }

  for (const { type, options, path, counted, model, version } of PLACES) {
    it(`has tokens counted by ${type}`, async () => {
      await open(type, options);
      // The first answer loads the package; a count waits for nobody so long.
      await ask(false);
      vendor.does(answersJson({ input_tokens: 4_321 }));
      const sent = { path: "/v1/messages/count_tokens", headers: {}, body: COUNTED };
      const got = await gateway.ask(anthropicClient, sent);
      assert.deepEqual(got.body, { input_tokens: 4_321 });
      const last = vendor.heard.at(-1);
      assert.equal(last?.path, counted);
      const { anthropic_version: _, ...body } = last?.body ?? {};
      assert.deepEqual(body, { ...COUNTED, model: model ?? "claude-haiku-4-5" });
    });

    for (const stream of [true, false])
      it(`sends ${type} all that a client of the same API says, ${stream ? "streamed" : "whole"}`, async () => {
        await open(type, options);
        const got = await ask(stream);
        const words = stream ? anthropicClient.saidIn(got.events) : anthropicClient.saidBy(got.body);
        assert.equal(words, "served", got.raw);
        const sent = heard();
        assert.equal(sent.path.replace(/\?beta=true$/, ""), path(stream));
        const { anthropic_version, ...body } = sent.body;
        assert.equal(anthropic_version, version);
        assert.deepEqual(body, { ...(model && { model }), stream, ...ASKED });
        assert.equal(sent.headers["anthropic-beta"], "some-beta-2026-01-01");
        assert.match(`${sent.key} ${String(sent.headers["api-key"])}`, /the-upstream-key/);
        assert.doesNotMatch(String(sent.headers["user-agent"]), /secret/);
        const [attempt] = await gateway.attemptsOf(1);
        assert.deepEqual([attempt?.usage.input, attempt?.usage.output], [20, 7]);
      });

    it(`sends ${type} what a client of another API says`, async () => {
      await open(type, options);
      const { path: asked, headers, body } = chatClient.ask("claude-haiku-4-5", true);
      const more = { temperature: 0.3, stop: ["END"], tools: [], max_tokens: 100 };
      const got = await gateway.ask(chatClient, { path: asked, headers, body: { ...body, ...more } });
      assert.equal(chatClient.saidIn(got.events), "served", got.raw);
      const { temperature, stop_sequences, max_tokens } = heard().body;
      assert.deepEqual([temperature, stop_sequences, max_tokens], [0.3, ["END"], 100]);
    });

    it(`hands on what ${type} refuses, in its own words`, async () => {
      await open(type, options);
      vendor.does(anthropicForm.refuses(400, "max_tokens: too many", { "request-id": "req_9" }));
      const got = await ask(true);
      assert.equal(got.status, 400);
      assert.deepEqual(anthropicClient.error(got.body)?.message, "max_tokens: too many");
    });
  }

  it("keeps the version that a client asks for, where it is newer", async () => {
    await open("vertex", { project: "p", region: "europe-west1" });
    const asked = anthropicClient.ask("claude-haiku-4-5", false);
    const keyed = { ...anthropicClient, keyed: (key: string) => ({ "x-api-key": key }) };
    await gateway.ask(keyed, { ...asked, headers: { "anthropic-version": "2026-10-21" } });
    assert.equal(heard().body["anthropic_version"], "2026-10-21");
  });

  it("signs for Bedrock with the credentials of AWS when there is no key", async () => {
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = process.env;
    const set = (its: string | undefined, own: string | undefined) => {
      for (const [name, value] of [
        ["AWS_ACCESS_KEY_ID", its],
        ["AWS_SECRET_ACCESS_KEY", own],
      ] as const)
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
    };
    set("AKIDEXAMPLE", "secret-of-aws");
    try {
      await open("bedrock", { region: "eu-west-1" }, []);
      const got = await ask(true);
      assert.equal(anthropicClient.saidIn(got.events), "served", got.raw);
    } finally {
      set(id, secret);
    }
    const { headers, body } = heard();
    assert.match(
      String(headers.authorization),
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d+\/eu-west-1\/bedrock-mantle\//,
    );
    assert.equal(body["temperature"], 0.3);
  });

  for (const client of [anthropicClient, chatClient])
    it(`gives a client of ${client.name} the same answer again, where answers are kept`, async () => {
      const main = { type: "foundry", baseUrl: vendor.address, keys: [KEY], models: ["claude-haiku-4-5"] };
      gateway = await liveGateway({ settings: { providers: { main }, server: { responseCache: true } } });
      const asked = client.ask("claude-haiku-4-5", false);
      for (const state of ["miss", "hit"]) {
        const got = await gateway.ask(client, { ...asked, body: { ...asked.body, temperature: 0 } });
        assert.equal(client.saidBy(got.body), "served", got.raw);
        assert.equal(got.headers.get("x-wheelhouse-cache"), state);
      }
      assert.equal(vendor.heard.length, 1);
    });

  it("asks nobody in Foundry without a key", async () => {
    await open("foundry", {}, ["env:NOWHERE"]);
    const got = await ask(true);
    assert.equal(got.status, 401);
    assert.equal(vendor.heard.length, 0);
  });
});
