import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { JsonObject } from "../../../src/model/conversation.ts";
import {
  anthropicClient,
  CLIENT_FORMS,
  type ClientAsk,
  type ClientForm,
  chatClient,
  geminiClient,
} from "../../support/client-forms.ts";
import { CLIENT_KEY, type Got, type LiveGateway, liveGateway, providerAt } from "../../support/gateway.ts";
import {
  answersJson,
  type ScriptedVendor,
  scriptedVendor,
  streamsAndBreaks,
} from "../../support/scripted-vendor.ts";
import {
  answers,
  anthropicForm,
  chatForm,
  geminiForm,
  VENDOR_FORMS,
  type VendorForm,
} from "../../support/vendor-forms.ts";

const OTHER_KEY = "whk-other-0123456789abcdef";
const CLIENTS = [
  { key: CLIENT_KEY, name: "ann" },
  { key: OTHER_KEY, name: "ben" },
];

/** The client's request, that asks for no chance. */
function cold(client: ClientForm, model: string, isStream: boolean, words?: string): ClientAsk {
  const ask = client.ask(model, isStream, words);
  const more = client === geminiClient ? { generationConfig: { temperature: 0 } } : { temperature: 0 };
  return { ...ask, body: { ...ask.body, ...more } };
}

describe("the response cache of a live gateway", () => {
  let clock: number;
  let gateway: LiveGateway;
  let vendor: ScriptedVendor;

  beforeEach(() => {
    clock = Date.UTC(2026, 10, 29, 12);
  });
  afterEach(async () => {
    await vendor.close();
    await gateway.stop();
  });

  async function open(form: VendorForm, cache: unknown = true, more: object = {}): Promise<void> {
    vendor = await scriptedVendor(answers(form, "served"));
    const models = [{ id: form.model, price: { input: 1_000, output: 1_000 } }, "plain"];
    const main = providerAt(form, vendor.address, { models, ...more });
    const other = providerAt(form, vendor.address, { models: ["other"] });
    gateway = await liveGateway({
      now: () => clock,
      settings: {
        providers: { main, other },
        server: { keys: CLIENTS, responseCache: cache },
      },
    });
  }

  function askCold(isStream = false, more: JsonObject = {}, headers: Readonly<Record<string, string>> = {}) {
    const ask = cold(anthropicClient, anthropicForm.model, isStream);
    return gateway.ask(anthropicClient, {
      ...ask,
      headers: { ...ask.headers, ...headers },
      body: { ...ask.body, ...more },
    });
  }

  const cacheOf = ({ headers }: Got) => headers.get("x-wheelhouse-cache");

  for (const client of CLIENT_FORMS)
    for (const isStream of [false, true]) {
      const form = VENDOR_FORMS.find((it) => it.type === client.native) ?? anthropicForm;
      const what = isStream ? "stream" : "answer";
      it(`gives a client of ${client.name} the very same ${what} again, which costs nothing`, async () => {
        await open(form);
        const first = await gateway.ask(client, cold(client, form.model, isStream));
        clock += 5_000;
        const again = await gateway.ask(client, cold(client, form.model, isStream));
        assert.deepEqual([first.status, again.status], [200, 200]);
        assert.equal(again.raw, first.raw);
        assert.equal(isStream ? client.saidIn(again.events) : client.saidBy(again.body), "served");
        assert.equal(again.headers.get("content-type"), first.headers.get("content-type"));
        assert.deepEqual([cacheOf(first), cacheOf(again), again.headers.get("age")], ["miss", "hit", "5"]);
        assert.notEqual(again.headers.get("request-id"), first.headers.get("request-id"));
        assert.equal(vendor.heard.length, 1);
        const [asked, hit] = await gateway.attemptsOf(2);
        assert.deepEqual(
          [hit?.provider, hit?.key, hit?.cost, hit?.failure, hit?.usage.input, hit?.model, hit?.user],
          ["response-cache", "response-cache", 0, "", 0, form.model, "ann"],
        );
        assert.ok((asked?.cost ?? 0) > 0);
        assert.equal(hit?.costAsked, asked?.cost);
        assert.equal(hit?.stop, asked?.stop);
      });
    }

  it("works through translations, where the vendor is told the temperature", async () => {
    await open(geminiForm);
    for (let it = 0; it < 2; it++) {
      const got = await gateway.ask(chatClient, cold(chatClient, geminiForm.model, true));
      assert.equal(chatClient.saidIn(got.events), "served");
    }
    assert.equal(vendor.heard.length, 1);
  });

  it("keeps nothing where a translation has no word for the temperature", async () => {
    await open(anthropicForm);
    for (let it = 0; it < 2; it++) {
      const got = await gateway.ask(chatClient, cold(chatClient, anthropicForm.model, false));
      assert.equal(chatClient.saidBy(got.body), "served");
    }
    assert.equal(vendor.heard.length, 2);
    assert.equal(vendor.heard[0]?.body["temperature"], undefined);
  });

  it("keeps answers with calls of tools", async () => {
    await open(chatForm);
    const call = { id: "c1", type: "function", function: { name: "look", arguments: '{"a":1}' } };
    const message = { role: "assistant", content: null, tool_calls: [call] };
    vendor.does(
      answersJson({
        id: "1",
        model: chatForm.model,
        choices: [{ index: 0, message, finish_reason: "tool_calls" }],
      }),
    );
    const first = await gateway.ask(chatClient, cold(chatClient, chatForm.model, false));
    const again = await gateway.ask(chatClient, cold(chatClient, chatForm.model, false));
    assert.deepEqual([cacheOf(again), again.body], ["hit", first.body]);
  });

  it("is off when nothing is set, and for requests that leave anything to chance", async () => {
    await open(anthropicForm, false);
    for (let it = 0; it < 2; it++) assert.equal(cacheOf(await askCold()), null);
    assert.equal(vendor.heard.length, 2);
    await gateway.stop();
    await vendor.close();
    await open(anthropicForm);
    for (const temperature of [0.2, 0.2]) assert.equal(cacheOf(await askCold(false, { temperature })), null);
    assert.equal(vendor.heard.length, 2);
  });

  it("answers other words, settings, forms and versions with their own", async () => {
    await open(anthropicForm);
    const asks = [
      () => askCold(),
      () => askCold(true),
      () => askCold(false, { max_tokens: 101 }),
      () => askCold(false, { model: "plain" }),
      () => askCold(false, {}, { "anthropic-beta": "some-beta" }),
      () => gateway.ask(anthropicClient, cold(anthropicClient, anthropicForm.model, false, "other words")),
    ];
    for (const ask of asks) assert.equal(cacheOf(await ask()), "miss");
    for (const ask of asks) assert.equal(cacheOf(await ask()), "hit");
    assert.equal(vendor.heard.length, asks.length);
  });

  async function askAs(key: string, project: string): Promise<string | null> {
    const { path, headers, body } = cold(anthropicClient, anthropicForm.model, false);
    const answer = await gateway.send(path, {
      method: "POST",
      headers: { ...headers, ...anthropicClient.keyed(key), "x-wheelhouse-project": project },
      body: JSON.stringify(body),
    });
    await answer.text();
    return answer.headers.get("x-wheelhouse-cache");
  }

  it("tells nobody what others asked, unless the settings say so", async () => {
    await open(anthropicForm);
    const asked = [
      [CLIENT_KEY, "web"],
      [OTHER_KEY, "web"],
      [CLIENT_KEY, "shop"],
      [CLIENT_KEY, "web"],
    ] as const;
    const found: (string | null)[] = [];
    for (const [key, project] of asked) found.push(await askAs(key, project));
    assert.deepEqual(found, ["miss", "miss", "miss", "hit"]);
    await gateway.stop();
    await vendor.close();
    await open(anthropicForm, { shared: true });
    const shared: (string | null)[] = [];
    for (const [key, project] of asked) shared.push(await askAs(key, project));
    assert.deepEqual(shared, ["miss", "hit", "hit", "hit"]);
  });

  it("asks anew where the client wants that, and keeps nothing where it says so", async () => {
    await open(anthropicForm);
    await askCold(false, {}, { "cache-control": "no-store" });
    assert.equal(cacheOf(await askCold()), "miss");
    assert.equal(cacheOf(await askCold(false, {}, { "cache-control": "no-cache" })), "miss");
    assert.equal(cacheOf(await askCold()), "hit");
    assert.equal(vendor.heard.length, 3);
  });

  it("forgets answers when they are too old", async () => {
    await open(anthropicForm, { minutes: 10 });
    await askCold();
    clock += 10 * 60_000 - 1;
    assert.equal(cacheOf(await askCold()), "hit");
    clock += 1;
    assert.equal(cacheOf(await askCold()), "miss");
  });

  it("keeps no answer that failed, was cut, is empty, was filtered or refused", async () => {
    await open(anthropicForm);
    const pieces = anthropicForm.pieces("served");
    const refusal = { stop_reason: "refusal", content: [], usage: { input_tokens: 1, output_tokens: 1 } };
    const failing = [
      ...pieces.slice(0, -1).map((_, kept) => [streamsAndBreaks(pieces.slice(0, kept)), true] as const),
      [anthropicForm.refuses(400, "no"), false],
      [anthropicForm.refuses(529, "busy"), false],
      [answersJson({ type: "error", error: { type: "api_error", message: "no" } }), false],
      [answersJson("<html>"), false],
      [answersJson({ type: "message", model: "m", ...refusal }), false],
    ] as const;
    for (const [act, isStream] of failing) {
      vendor.does(act);
      gateway.router.providers[0]?.pool.restore("main#1");
      await askCold(isStream);
    }
    vendor.does(answers(anthropicForm, "served"));
    for (const isStream of [false, true]) {
      gateway.router.providers[0]?.pool.restore("main#1");
      const got = await askCold(isStream);
      // Its last piece says nothing that the one before has not said, so a stream cut there is a whole one.
      assert.equal(cacheOf(got), "miss", got.raw);
    }
  });

  it("keeps no answer of whom was asked instead", async () => {
    await open(anthropicForm);
    const target = (provider: string, model: string) => ({ provider, model });
    gateway.use({
      providers: {
        main: providerAt(anthropicForm, vendor.address, { models: [anthropicForm.model] }),
        other: providerAt(anthropicForm, vendor.address, { models: ["other"], keys: ["sk-upstream-other"] }),
      },
      routing: { default: { ...target("main", anthropicForm.model), fallback: [target("other", "other")] } },
    });
    vendor.does((request, response) =>
      request.key === "sk-upstream-other"
        ? answers(anthropicForm, "instead")(request, response)
        : anthropicForm.refuses(429, "full")(request, response),
    );
    assert.equal(anthropicClient.saidBy((await askCold()).body), "instead");
    vendor.does(answers(anthropicForm, "served"));
    clock += 3_600_000;
    assert.equal(anthropicClient.saidBy((await askCold()).body), "served");
  });

  it("counts its answers as requests of the client, and as nothing of its projects and budgets", async () => {
    await open(anthropicForm);
    await askCold();
    const main = providerAt(anthropicForm, vendor.address);
    gateway.use({ providers: { main }, budget: { total: 0.001 }, limits: { perUser: { tokensPerDay: 1 } } });
    assert.equal(cacheOf(await askCold()), "hit");
  });

  it("does not keep what a client left before its end", async () => {
    await open(anthropicForm);
    const going = new AbortController();
    vendor.does((request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const it of anthropicForm.pieces("served").slice(0, -2)) response.write(it);
      void request.ended.then(() => undefined);
      setImmediate(() => going.abort());
    });
    const { path, headers, body } = cold(anthropicClient, anthropicForm.model, true);
    await gateway
      .send(path, {
        method: "POST",
        headers: { ...headers, ...anthropicClient.keyed(CLIENT_KEY) },
        body: JSON.stringify(body),
        signal: going.signal,
      })
      .then((it) => it.text())
      .catch(() => undefined);
    await gateway.attemptsOf(1);
    vendor.does(answers(anthropicForm, "served"));
    assert.equal(cacheOf(await askCold(true)), "miss");
  });
});
