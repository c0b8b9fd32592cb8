import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { ModelEvent, ModelInfo } from "../../src/model/provider.ts";
import { openaiChat } from "../../src/model/providers/openai-chat.ts";
import { anthropicClient, chatClient } from "../support/client-forms.ts";
import { type Got, type LiveGateway, liveGateway } from "../support/gateway.ts";
import { request } from "../support/messages-requests.ts";
import {
  type Act,
  answersJson,
  type ScriptedVendor,
  scriptedVendor,
  streams,
} from "../support/scripted-vendor.ts";
import { answers, chatForm } from "../support/vendor-forms.ts";

/** Tokens with which Ollama runs what names none. */
const DEFAULT = 4_096;

/** An Ollama with models by name: the `num_ctx` each is made with; undefined: none. What is loaded has the default. */
class Ollama {
  readonly models = new Map<string, number | undefined>([["qwen:7b", undefined]]);
  readonly loaded = new Map<string, number>();
  mayCreate = true;
  possible = 32_768;

  readonly act: Act = (call, response) => {
    const act = this.#acts[call.path] ?? answersJson({ error: "not found" }, 404);
    return act(call, response);
  };

  readonly #acts: Readonly<Record<string, Act>> = {
    "/api/version": answersJson({ version: "0.40.12" }),
    "/v1/models": (call, response) =>
      answersJson({ object: "list", data: [...this.models.keys()].map((id) => ({ id })) })(call, response),
    "/api/show": (call, response) => {
      const name = String(call.body["model"]);
      if (!this.models.has(name)) return answersJson({ error: "no such model" }, 404)(call, response);
      const size = this.models.get(name);
      const parameters = size === undefined ? "" : `num_ctx    ${size}`;
      return answersJson({ parameters, model_info: { "qwen2.context_length": this.possible } })(
        call,
        response,
      );
    },
    "/api/ps": (call, response) =>
      answersJson({
        models: [...this.loaded].map(([name, context_length]) => ({ name, model: name, context_length })),
      })(call, response),
    "/api/generate": (call, response) => {
      this.#load(String(call.body["model"]));
      return answersJson({ done: true, done_reason: "load", response: "" })(call, response);
    },
    "/api/create": (call, response) => {
      if (!this.mayCreate) return answersJson({ error: "no" }, 500)(call, response);
      const { num_ctx } = call.body["parameters"] as { readonly num_ctx: number };
      this.models.set(String(call.body["model"]), num_ctx);
      return answersJson({ status: "success" })(call, response);
    },
    "/v1/chat/completions": (call, response) => {
      const model = String(call.body["model"]);
      this.#load(model);
      const pieces = chatForm.pieces("served").map((it) => String(it).replaceAll(chatForm.model, model));
      return call.body["stream"] === true
        ? streams(pieces)(call, response)
        : answersJson(whole(model))(call, response);
    },
  };

  #load(name: string): void {
    this.loaded.set(name, this.models.get(name) ?? DEFAULT);
  }
}

const whole = (model: string) => ({
  id: "c1",
  object: "chat.completion",
  model,
  choices: [{ index: 0, message: { role: "assistant", content: "served" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 20, completion_tokens: 7 },
});

let ollama: Ollama;
let vendor: ScriptedVendor;
beforeEach(async () => {
  ollama = new Ollama();
  vendor = await scriptedVendor((call, response) => ollama.act(call, response));
});
afterEach(() => vendor.close());

const paths = () => vendor.heard.map((it) => it.path);
const asked = () =>
  vendor.heard.filter((it) => it.path === "/v1/chat/completions").map((it) => it.body["model"]);

describe("the context of models at Ollama", () => {
  interface More {
    readonly contextWindow?: number;
    readonly model?: string;
    readonly options?: { readonly ollama?: boolean };
    readonly key?: string;
  }

  function opened({ contextWindow, model = "qwen:7b", options = {}, key }: More = {}) {
    return openaiChat.open({
      key: async () => key,
      baseUrl: `${vendor.address}/v1`,
      fetch,
      silenceMs: 5_000,
      options,
      ...(contextWindow !== undefined && { models: [{ id: model, contextWindow }] }),
    });
  }

  async function ask(words: string, more: More = {}): Promise<readonly ModelEvent[]> {
    const events: ModelEvent[] = [];
    const it = request({ model: more.model ?? "qwen:7b", messages: [said(words)] });
    for await (const event of opened(more).ask(it, AbortSignal.timeout(20_000))) events.push(event);
    return events;
  }
  const said = (text: string) => ({ role: "user", content: [{ type: "text", text }] }) as const;
  const LONG = "many words ".repeat(2_000);

  async function listed(more: More = {}): Promise<ModelInfo | undefined> {
    return (await opened(more).models(AbortSignal.timeout(20_000)))[0];
  }

  it("is what the model is made with", async () => {
    ollama.models.set("qwen:7b", 8_192);
    assert.equal((await listed())?.contextWindow, 8_192);
  });

  it("is what a loaded model is run with", async () => {
    ollama.loaded.set("qwen:7b", 4_096);
    assert.equal((await listed())?.contextWindow, 4_096);
  });

  it("is, of one that is not loaded, what it was made for, with a word about it", async () => {
    const it = await listed();
    assert.equal(it?.contextWindow, 32_768);
    assert.match(it?.note ?? "", /contextWindow/);
  });

  it("is what it is going to be, where the settings say so", async () => {
    assert.equal((await listed({ contextWindow: 16_000 }))?.contextWindow, 16_000);
    assert.equal((await listed({ contextWindow: 99_000 }))?.contextWindow, 32_768);
  });

  it("is set by a model of its own, made once, and the answer has the name that was asked for", async () => {
    const [first] = await ask(LONG, { contextWindow: 16_000 });
    const last = (await ask(LONG, { contextWindow: 16_000 })).at(-1);
    assert.deepEqual(asked(), ["qwen-7b-16000", "qwen-7b-16000"]);
    assert.equal(ollama.models.get("qwen-7b-16000"), 16_000);
    assert.equal(paths().filter((it) => it === "/api/create").length, 1);
    assert.equal(first?.type === "started" && first.model, "qwen:7b");
    assert.equal(last?.type === "done" && last.answer.model, "qwen:7b");
  });

  for (const [what, before] of [
    ["the model has enough of its own", () => ollama.models.set("qwen:7b", 20_000)],
    ["the server gives enough to everything", () => ollama.loaded.set("qwen:7b", 20_000)],
  ] as const)
    it(`is left alone where ${what}`, async () => {
      before();
      await ask(LONG, { contextWindow: 16_000 });
      assert.deepEqual(asked(), ["qwen:7b"]);
      assert.ok(!paths().includes("/api/create"));
    });

  for (const [what, more, words] of [
    ["Ollama's default", {}, /4096/],
    ["what was made", { contextWindow: 5_000 }, /5000/],
  ] as const)
    it(`is kept to, instead of having a prompt cut: ${what}`, async () => {
      const [end] = await ask(LONG, more);
      assert.equal(end?.type === "failed" && end.failure.kind, "context-full");
      assert.match(end?.type === "failed" ? end.failure.message : "", words);
      assert.deepEqual(asked(), []);
    });

  it("is kept to, too, where no model may be made", async () => {
    ollama.mayCreate = false;
    const [end] = await ask(LONG, { contextWindow: 16_000 });
    assert.equal(end?.type === "failed" && end.failure.kind, "context-full");
    assert.equal((await ask("short", { contextWindow: 16_000 })).at(-1)?.type, "done");
  });

  it("is nothing to ask a host about that is no Ollama, and that is found out once", async () => {
    const plain = answers(chatForm, "served");
    vendor.does((call, response) =>
      (call.path === "/api/version" ? answersJson({}, 404) : plain)(call, response),
    );
    const provider = opened();
    for (let it = 0; it < 2; it++)
      for await (const _ of provider.ask(request({ messages: [said(LONG)] }), AbortSignal.timeout(20_000)));
    assert.deepEqual(paths(), ["/api/version", "/v1/chat/completions", "/v1/chat/completions"]);
  });

  for (const [what, more] of [
    ["with a key, unless the settings say what it is", { key: "k" }],
    ["of which the settings say that it is none", { options: { ollama: false } }],
  ] as const)
    it(`is not asked of a host ${what}`, async () => {
      await ask("short", more);
      assert.deepEqual(paths(), ["/v1/chat/completions"]);
    });

  it("is asked, with a key, where the settings say that it is Ollama", async () => {
    await ask(LONG, { key: "k", options: { ollama: true } });
    assert.deepEqual(asked(), []);
    assert.ok(vendor.heard.every((it) => it.key === "k"));
  });

  it("holds nothing up that is stopped", async () => {
    vendor.does(() => undefined);
    const stop = new AbortController();
    const events: ModelEvent[] = [];
    void vendor.next().then(() => stop.abort());
    for await (const event of opened().ask(request({}), stop.signal)) events.push(event);
    assert.deepEqual(
      events.map((it) => it.type === "failed" && it.failure.kind),
      ["stopped"],
    );
  });
});

describe("a live gateway in front of Ollama", () => {
  let gateway: LiveGateway;
  afterEach(() => gateway.stop());

  async function ask(
    client: typeof chatClient,
    stream: boolean,
    words: string,
    models: readonly unknown[],
  ): Promise<Got> {
    const main = { type: "openai-chat", baseUrl: `${vendor.address}/v1`, models };
    gateway = await liveGateway({ settings: { providers: { main } } });
    return gateway.ask(client, client.ask("qwen:7b", stream, words));
  }

  for (const client of [chatClient, anthropicClient])
    for (const stream of [true, false]) {
      it(`sets the context for a client of ${client.name}, ${stream ? "streamed" : "whole"}`, async () => {
        const models = [{ id: "qwen:7b", contextWindow: 16_000 }];
        const got = await ask(client, stream, "hello", models);
        const said = stream ? client.saidIn(got.events) : client.saidBy(got.body);
        assert.equal(said, "served", got.raw);
        assert.deepEqual(asked(), ["qwen-7b-16000"]);
        assert.doesNotMatch(got.raw, /qwen-7b-16000/);
      });

      it(`tells a client of ${client.name} what does not fit, ${stream ? "streamed" : "whole"}`, async () => {
        const got = await ask(client, stream, "many words ".repeat(2_000), ["qwen:7b"]);
        assert.equal(got.status, 400);
        assert.match(String(client.error(got.body)?.message), /4096/);
        assert.deepEqual(asked(), []);
      });
    }
});
