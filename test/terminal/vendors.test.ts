import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { type Place, place } from "./wheelhouse.ts";

interface Asked {
  readonly url: string;
  readonly key: string;
  readonly text: string;
}

let here: Place;
let server: Server;
let asked: Asked[];
let script: (readonly (object | string)[])[];

beforeEach(async () => {
  here = await place({ "a.txt": "the word is heron\n" });
  asked = [];
  server = createServer(async (call, answer) => {
    let text = "";
    for await (const piece of call) text += String(piece);
    const { authorization, "x-goog-api-key": google } = call.headers;
    asked.push({ url: call.url ?? "", key: authorization ?? String(google), text });
    answer.writeHead(200, { "content-type": "text/event-stream" });
    for (const it of script[asked.length - 1] ?? [])
      answer.write(`data: ${typeof it === "string" ? it : JSON.stringify(it)}\n\n`);
    answer.end();
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  server.close();
  await here.remove();
});

const ARGUMENTS = '{"file_path":"a.txt"}';
const chat = (delta: object, finish: string | null = null) => ({
  id: "c",
  object: "chat.completion.chunk",
  model: "m",
  choices: [{ index: 0, delta, finish_reason: finish }],
});
const USAGE = { id: "c", model: "m", choices: [], usage: { prompt_tokens: 5, completion_tokens: 2 } };
const response = (status: string, output: readonly object[]) => ({
  id: "r",
  model: "m",
  status,
  output,
  usage: { input_tokens: 5, output_tokens: 2, input_tokens_details: { cached_tokens: 0 } },
});
const REASONING = { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "sealed" };
const CALL = {
  type: "function_call",
  id: "fc_1",
  call_id: "call_1",
  name: "Read",
  arguments: ARGUMENTS,
  status: "completed",
};
const MESSAGE = {
  type: "message",
  id: "m_1",
  role: "assistant",
  content: [{ type: "output_text", text: "It is heron.", annotations: [] }],
};
const gemini = (parts: readonly object[], finishReason?: string) => ({
  candidates: [{ index: 0, content: { role: "model", parts }, ...(finishReason && { finishReason }) }],
  usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 2 },
});

const VENDORS = [
  {
    type: "openai-chat",
    model: "some-model",
    path: "/chat/completions",
    turns: [
      [
        chat({
          role: "assistant",
          tool_calls: [
            { index: 0, id: "call_1", type: "function", function: { name: "Read", arguments: ARGUMENTS } },
          ],
        }),
        chat({}, "tool_calls"),
        USAGE,
        "[DONE]",
      ],
      [
        chat({ role: "assistant", content: "It is " }),
        chat({ content: "heron." }),
        chat({}, "stop"),
        USAGE,
        "[DONE]",
      ],
    ],
    again: /"role":"tool","tool_call_id":"call_1","content":"[^"]*the word is heron/,
  },
  {
    type: "openai",
    model: "gpt-6.1-sol",
    path: "/responses",
    turns: [
      [
        { type: "response.created", response: response("in_progress", []) },
        {
          type: "response.output_item.added",
          output_index: 0,
          item: { ...REASONING, encrypted_content: null },
        },
        { type: "response.output_item.done", output_index: 0, item: REASONING },
        { type: "response.output_item.added", output_index: 1, item: { ...CALL, arguments: "" } },
        { type: "response.function_call_arguments.delta", output_index: 1, delta: ARGUMENTS },
        { type: "response.function_call_arguments.done", output_index: 1, arguments: ARGUMENTS },
        { type: "response.output_item.done", output_index: 1, item: CALL },
        { type: "response.completed", response: response("completed", [REASONING, CALL]) },
      ],
      [
        { type: "response.created", response: response("in_progress", []) },
        { type: "response.output_item.added", output_index: 0, item: { ...MESSAGE, content: [] } },
        { type: "response.output_text.delta", output_index: 0, content_index: 0, delta: "It is heron." },
        { type: "response.output_item.done", output_index: 0, item: MESSAGE },
        { type: "response.completed", response: response("completed", [MESSAGE]) },
      ],
    ],
    // The reasoning goes back sealed as it came, before the call it led to.
    again:
      /"encrypted_content":"sealed".*"type":"function_call".*"type":"function_call_output".*the word is heron/,
  },
  {
    type: "gemini",
    model: "gemini-4-argon",
    path: "/v1beta/models/gemini-4-argon:streamGenerateContent?alt=sse",
    turns: [
      [
        gemini(
          [
            {
              functionCall: { id: "f1", name: "Read", args: { file_path: "a.txt" } },
              thoughtSignature: "c2lnbmVk",
            },
          ],
          "STOP",
        ),
      ],
      [gemini([{ text: "It is " }]), gemini([{ text: "heron." }], "STOP")],
    ],
    again: /"functionCall":.*"thoughtSignature":"c2lnbmVk".*"functionResponse":.*the word is heron/,
  },
] as const;

describe("the agent with another vendor's model", () => {
  for (const { type, model, path, turns, again } of VENDORS) {
    it(`reads a file, gives the model what stands there, and answers: ${type}`, async () => {
      script = [...turns];
      const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const settings = {
        model,
        providers: { other: { type, baseUrl, keys: ["key-of-a-test"], models: [model] } },
      };
      await writeFile(join(here.project, "settings.json"), JSON.stringify(settings));
      const { code, out, err } = await here.run(["-p", "what is the word?", "--settings", "settings.json"]);
      assert.deepEqual([code, out], [0, "It is heron.\n"], err);
      assert.deepEqual(
        asked.map((it) => it.url),
        [path, path],
      );
      assert.match(asked[0]?.key ?? "", /key-of-a-test$/);
      assert.match(asked[1]?.text ?? "", again);
    });
  }
});
