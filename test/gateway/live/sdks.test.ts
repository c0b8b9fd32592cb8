import assert from "node:assert/strict";
import { Anthropic } from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import { after, before, describe, it } from "mocha";
import { OpenAI } from "openai";
import { CLIENT_KEY, type LiveGateway, liveGateway, providerAt } from "../../support/gateway.ts";
import { type ScriptedVendor, scriptedVendor, streamsAndBreaks } from "../../support/scripted-vendor.ts";
import { callsLook, LOOK_INPUT, LOOK_SCHEMA } from "../../support/vendor-calls.ts";
import { answers, VENDOR_FORMS, type VendorForm } from "../../support/vendor-forms.ts";

const MODEL = "house-model";
const ASKED = "What does the file say?";

/** What an SDK made of an answer. */
interface Heard {
  readonly text: string;
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  readonly tokens: readonly unknown[];
}

/** A vendor's own SDK, as a program would use it. */
interface Sdk {
  readonly whole: () => Promise<Heard>;
  readonly stream: () => Promise<Heard>;
  /** The words of a conversation in which a tool was called and has answered. */
  readonly continued: () => Promise<Heard>;
  readonly models: () => Promise<readonly string[]>;
  /** Status, request's id and words of the error that an answer was. */
  readonly failure: () => Promise<readonly unknown[]>;
}

let gateway: LiveGateway;
let vendor: ScriptedVendor;

function anthropicSdk(): Sdk {
  const client = new Anthropic({ apiKey: CLIENT_KEY, baseURL: gateway.address, maxRetries: 0 });
  const tools = [{ name: "look", description: "looks", input_schema: LOOK_SCHEMA }];
  const base = { model: MODEL, max_tokens: 1_000, tools };
  const asked = { role: "user", content: ASKED } as const;
  const heard = (it: Anthropic.Message): Heard => ({
    text: it.content.map((block) => (block.type === "text" ? block.text : "")).join(""),
    calls: it.content.flatMap((block) =>
      block.type === "tool_use" ? [{ name: block.name, input: block.input }] : [],
    ),
    tokens: [it.usage.input_tokens, it.usage.output_tokens],
  });
  return {
    whole: async () => heard(await client.messages.create({ ...base, messages: [asked] })),
    stream: async () => heard(await client.messages.stream({ ...base, messages: [asked] }).finalMessage()),
    async continued() {
      const use = { type: "tool_use", id: "toolu_1", name: "look", input: { path: "a.txt" } } as const;
      const result = { type: "tool_result", tool_use_id: "toolu_1", content: "hello" } as const;
      const messages = [
        asked,
        { role: "assistant", content: [use] },
        { role: "user", content: [result] },
      ] as const;
      return heard(
        await client.messages
          .stream({ ...base, messages: [...messages] as Anthropic.MessageParam[] })
          .finalMessage(),
      );
    },
    async models() {
      const ids: string[] = [];
      for await (const it of client.models.list()) ids.push(it.id);
      return ids;
    },
    failure: () =>
      client.messages.create({ ...base, messages: [asked] }).then(
        () => [],
        (error: InstanceType<typeof Anthropic.APIError>) => [error.status, error.requestID, error.message],
      ),
  };
}

function chatSdk(): Sdk {
  const client = new OpenAI({ apiKey: CLIENT_KEY, baseURL: `${gateway.address}/v1`, maxRetries: 0 });
  const tools = [{ type: "function", function: { name: "look", parameters: LOOK_SCHEMA } }] as const;
  const base = { model: MODEL, tools: [...tools] as OpenAI.ChatCompletionTool[] };
  const asked = { role: "user", content: ASKED } as const;
  const heard = (it: OpenAI.ChatCompletion): Heard => {
    const message = it.choices[0]?.message;
    return {
      text: message?.content ?? "",
      calls: (message?.tool_calls ?? []).flatMap((one) =>
        one.type === "function"
          ? [{ name: one.function.name, input: JSON.parse(one.function.arguments) }]
          : [],
      ),
      tokens: [it.usage?.prompt_tokens, it.usage?.completion_tokens],
    };
  };
  const stream = (messages: OpenAI.ChatCompletionMessageParam[]) =>
    client.chat.completions
      .stream({ ...base, messages, stream_options: { include_usage: true } })
      .finalChatCompletion();
  return {
    whole: async () => heard(await client.chat.completions.create({ ...base, messages: [asked] })),
    stream: async () => heard((await stream([asked])) as OpenAI.ChatCompletion),
    async continued() {
      const call = {
        id: "call_1",
        type: "function",
        function: { name: "look", arguments: '{"path":"a.txt"}' },
      } as const;
      const messages = [
        asked,
        { role: "assistant", tool_calls: [call] },
        { role: "tool", tool_call_id: "call_1", content: "hello" },
      ] as OpenAI.ChatCompletionMessageParam[];
      return heard((await stream(messages)) as OpenAI.ChatCompletion);
    },
    models: () => openaiModels(client),
    failure: () => openaiFailure(client.chat.completions.create({ ...base, messages: [asked] })),
  };
}

function responsesSdk(): Sdk {
  const client = new OpenAI({ apiKey: CLIENT_KEY, baseURL: `${gateway.address}/v1`, maxRetries: 0 });
  const tools = [
    { type: "function", name: "look", parameters: LOOK_SCHEMA, strict: false },
  ] as OpenAI.Responses.Tool[];
  const base = { model: MODEL, tools, store: false };
  const heard = (it: OpenAI.Responses.Response): Heard => {
    // The SDK hands on what has failed as a response that says so.
    assert.notEqual(it.status, "failed");
    return {
      text: it.output_text,
      calls: it.output.flatMap((one) =>
        one.type === "function_call" ? [{ name: one.name, input: JSON.parse(one.arguments) }] : [],
      ),
      tokens: [it.usage?.input_tokens, it.usage?.output_tokens],
    };
  };
  const stream = async (input: OpenAI.Responses.ResponseInput | string) =>
    heard(await client.responses.stream({ ...base, input }).finalResponse());
  return {
    whole: async () => heard(await client.responses.create({ ...base, input: ASKED })),
    stream: () => stream(ASKED),
    continued: () =>
      stream([
        { role: "user", content: ASKED },
        { type: "function_call", call_id: "call_1", name: "look", arguments: '{"path":"a.txt"}' },
        { type: "function_call_output", call_id: "call_1", output: "hello" },
      ]),
    models: () => openaiModels(client),
    failure: () => openaiFailure(client.responses.create({ ...base, input: ASKED })),
  };
}

async function openaiModels(client: OpenAI): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const it of client.models.list()) ids.push(it.id);
  return ids;
}

function openaiFailure(asked: PromiseLike<unknown>): Promise<readonly unknown[]> {
  return Promise.resolve(asked).then(
    () => [],
    (error: InstanceType<typeof OpenAI.APIError>) => [error.status, error.requestID, error.message],
  );
}

function geminiSdk(): Sdk {
  const client = new GoogleGenAI({ apiKey: CLIENT_KEY, httpOptions: { baseUrl: gateway.address } });
  const config = { tools: [{ functionDeclarations: [{ name: "look", parametersJsonSchema: LOOK_SCHEMA }] }] };
  const asked = { role: "user", parts: [{ text: ASKED }] };
  const base = { model: MODEL, config };
  type Answer = Awaited<ReturnType<typeof client.models.generateContent>>;
  const heard = (all: readonly Answer[]): Heard => {
    const parts = all.flatMap((it) => it.candidates?.[0]?.content?.parts ?? []);
    const usage = all.findLast((it) => it.usageMetadata !== undefined)?.usageMetadata;
    return {
      text: parts.map((it) => it.text ?? "").join(""),
      calls: parts.flatMap((it) =>
        it.functionCall === undefined
          ? []
          : [{ name: it.functionCall.name ?? "", input: it.functionCall.args }],
      ),
      tokens: [usage?.promptTokenCount, usage?.candidatesTokenCount],
    };
  };
  const stream = async (contents: readonly object[]) => {
    const all: Answer[] = [];
    for await (const it of await client.models.generateContentStream({ ...base, contents: [...contents] }))
      all.push(it);
    return heard(all);
  };
  return {
    whole: async () => heard([await client.models.generateContent({ ...base, contents: [asked] })]),
    stream: () => stream([asked]),
    continued: () =>
      stream([
        asked,
        { role: "model", parts: [{ functionCall: { name: "look", args: { path: "a.txt" } } }] },
        { role: "user", parts: [{ functionResponse: { name: "look", response: { result: "hello" } } }] },
      ]),
    async models() {
      const ids: string[] = [];
      for await (const it of await client.models.list()) ids.push((it.name ?? "").replace("models/", ""));
      return ids;
    },
    failure: () =>
      client.models.generateContent({ ...base, contents: [asked] }).then(
        () => [],
        (error: { status: number; message: string }) => [error.status, "req_up", error.message],
      ),
  };
}

const SDKS: readonly (readonly [string, () => Sdk, string])[] = [
  ["@anthropic-ai/sdk", anthropicSdk, "anthropic"],
  ["openai, Chat Completions", chatSdk, "openai-chat"],
  ["openai, Responses", responsesSdk, "openai"],
  ["@google/genai", geminiSdk, "gemini"],
];

for (const form of VENDOR_FORMS)
  describe(`vendors' own SDKs through a live gateway in front of ${form.type}`, () => {
    before(async () => {
      vendor = await scriptedVendor(() => undefined);
      const target = { provider: "main", model: form.model };
      const providers = { main: providerAt(form, vendor.address) };
      gateway = await liveGateway({
        settings: { providers, routing: { default: target, background: target } },
      });
    });
    after(async () => {
      await vendor.close();
      await gateway.stop();
    });
    for (const [name, sdk, native] of SDKS) {
      // OpenAI itself is asked for Chat Completions at its own path, which `openai-chat` stands for.
      if (native === "openai-chat" && form.type === "openai") continue;
      it(`${name} reads answers, calls and errors`, () => everything(sdk(), form));
    }
  });

async function everything(sdk: Sdk, form: VendorForm): Promise<void> {
  vendor.does(answers(form, "grüß 🦊"));
  const plain = { text: "grüß 🦊", calls: [], tokens: [20, 7] };
  assert.deepEqual(await sdk.whole(), plain);
  assert.deepEqual(await sdk.stream(), plain);
  assert.deepEqual(await sdk.continued(), plain);

  vendor.does(callsLook(form));
  const called = [{ name: "look", input: LOOK_INPUT }];
  assert.deepEqual((await sdk.whole()).calls, called);
  assert.deepEqual((await sdk.stream()).calls, called);

  vendor.does(form.refuses(400, "it will not", { [form.requestId]: "req_up" }));
  const [status, requestId, message] = await sdk.failure();
  assert.deepEqual([status, requestId], [400, "req_up"]);
  assert.match(String(message), /it will not/);

  vendor.does(streamsAndBreaks(form.pieces("cut off").slice(0, 1), { "content-type": form.streamType }));
  await assert.rejects(sdk.stream());
  gateway.router.providers[0]?.pool.restore("main#1");
  assert.ok((await sdk.models()).includes(form.model));
}
