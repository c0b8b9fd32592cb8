import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { isDeterministic } from "../../src/gateway/deterministic.ts";
import { dialects } from "../../src/gateway/dialects/all.ts";
import type { JsonObject } from "../../src/model/conversation.ts";

const COLD: Readonly<Record<string, JsonObject>> = {
  anthropic: { temperature: 0 },
  "openai-chat": { temperature: 0 },
  "openai-responses": { temperature: 0 },
  gemini: { generationConfig: { temperature: 0 } },
};

function decided(name: string, body: JsonObject): boolean {
  const dialect = dialects.find((it) => it.name === name);
  if (dialect === undefined) throw new Error(name);
  const text = JSON.stringify(body);
  const call = { method: "POST", path: "/", query: new URLSearchParams(), headers: {}, body: text };
  const request = () => dialect.decode(body, call);
  return isDeterministic({ call, dialect, body, model: "m", isStream: false, request });
}

const DECLARED = { name: "look", description: "", parameters: { type: "object" } };

describe("a request that asks for no chance", () => {
  for (const name of Object.keys(COLD))
    it(`is one with temperature 0 in ${name}, and none without`, () => {
      assert.equal(decided(name, COLD[name] ?? {}), true);
      for (const temperature of [0.1, 1, "0", null])
        assert.equal(decided(name, { temperature, generationConfig: { temperature } }), false);
      assert.equal(decided(name, {}), false);
    });

  for (const [name, what, more, expected] of [
    ["anthropic", "with tools of the client", { tools: [{ name: "a", input_schema: {} }] }, true],
    ["anthropic", "with a custom tool", { tools: [{ type: "custom", name: "a" }] }, true],
    ["anthropic", "with a search", { tools: [{ type: "web_search_20250305", name: "web_search" }] }, false],
    ["anthropic", "with servers of tools", { mcp_servers: [{ type: "url" }] }, false],
    ["anthropic", "in a container", { container: "c" }, false],
    ["anthropic", "with tools that are none", { tools: "all" }, false],
    ["anthropic", "with a picture in it", image({ type: "base64", data: "aaaa" }), true],
    ["anthropic", "with a picture by address", image({ type: "url", url: "https://x.example/a.png" }), false],
    ["anthropic", "with a file", image({ type: "file", file_id: "file_1" }), false],
    [
      "anthropic",
      "with words that look like one",
      { messages: [{ role: "user", content: '"file_id": "a", "url":"https://x"' }] },
      true,
    ],
    ["openai-chat", "with one answer", { n: 1 }, true],
    ["openai-chat", "with several answers", { n: 2 }, false],
    ["openai-chat", "with functions", { tools: [{ type: "function", function: DECLARED }] }, true],
    ["openai-chat", "that searches", { web_search_options: {} }, false],
    ["openai-chat", "that is kept there", { store: true }, false],
    [
      "openai-chat",
      "with a picture by address",
      { messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "https://x/a" } }] }] },
      false,
    ],
    [
      "openai-chat",
      "with a picture in it",
      { messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:a" } }] }] },
      true,
    ],
    ["openai-responses", "with functions", { tools: [{ type: "function", name: "a" }] }, true],
    ["openai-responses", "that goes on with another", { previous_response_id: "r" }, false],
    ["openai-responses", "of a conversation there", { conversation: "c" }, false],
    ["openai-responses", "by a prompt there", { prompt: { id: "p" } }, false],
    ["openai-responses", "in the background", { background: true }, false],
    ["openai-responses", "that searches files", { tools: [{ type: "file_search" }] }, false],
    ["openai-responses", "with an item there", { input: [{ type: "item_reference", id: "i" }] }, false],
    ["gemini", "with functions", { tools: [{ functionDeclarations: [DECLARED] }] }, true],
    ["gemini", "that searches", { tools: [{ googleSearch: {} }] }, false],
    ["gemini", "with what is kept there", { cachedContent: "cachedContents/1" }, false],
    ["gemini", "with several answers", { generationConfig: { temperature: 0, candidateCount: 2 } }, false],
    [
      "gemini",
      "with a file",
      { contents: [{ parts: [{ fileData: { fileUri: "https://x.example/f" } }] }] },
      false,
    ],
  ] as const)
    it(`is ${expected ? "one" : "none"} ${what} in ${name}`, () => {
      assert.equal(decided(name, { ...COLD[name], ...(more as JsonObject) }), expected);
    });
});

function image(source: JsonObject): JsonObject {
  return { messages: [{ role: "user", content: [{ type: "image", source }] }] };
}
