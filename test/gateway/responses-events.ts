import type { JsonObject } from "../../src/model/conversation.ts";

/** An item that is reasoning, with what is encrypted of it. */
export const reasoning = (id: string, text = "", encrypted = `enc_${id}`): JsonObject => ({
  id,
  type: "reasoning",
  summary: text === "" ? [] : [{ type: "summary_text", text }],
  encrypted_content: encrypted,
});

/** An item that is a message of the model. */
export const message = (id: string, text: string, more: JsonObject = {}): JsonObject => ({
  id,
  type: "message",
  status: "completed",
  role: "assistant",
  content: [{ type: "output_text", text, annotations: [] }],
  ...more,
});

/** An item that is a call of a function. */
export const call = (id: string, name: string, args: JsonObject): JsonObject => ({
  id: `fc_${id}`,
  type: "function_call",
  status: "completed",
  call_id: id,
  name,
  arguments: JSON.stringify(args),
});

/** A whole response. */
export const response = (output: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  id: "resp_1",
  object: "response",
  status: "completed",
  model: "gpt-6-sol",
  output,
  usage: {
    input_tokens: 20,
    input_tokens_details: { cached_tokens: 5, cache_write_tokens: 3 },
    output_tokens: 7,
    output_tokens_details: { reasoning_tokens: 2 },
    total_tokens: 27,
  },
  ...more,
});

/** The events of a response, its texts in pieces of `size`. */
export function eventsOf(whole: JsonObject, size = 3): readonly JsonObject[] {
  const output = whole["output"] as readonly JsonObject[];
  const events = [
    { type: "response.created", response: { ...whole, status: "in_progress", output: [] } },
    ...output.flatMap((item, index) => itemEvents(item, index, size)),
    { type: `response.${String(whole["status"])}`, response: whole },
  ];
  return events.map((it, sequence_number) => ({ ...it, sequence_number }));
}

/** The events of one item. */
export function itemEvents(item: JsonObject, output_index: number, size = 3): readonly JsonObject[] {
  const deltas = pieces(saidBy(item), size).map((delta) => ({
    type: DELTAS[String(item["type"])] ?? "",
    item_id: item["id"] ?? "",
    output_index,
    delta,
  }));
  const begun: JsonObject = { ...item, ...("content" in item && { content: [] }) };
  return [
    { type: "response.output_item.added", output_index, item: { ...begun, ...EMPTY[String(item["type"])] } },
    ...(deltas as readonly JsonObject[]),
    { type: "response.output_item.done", output_index, item },
  ];
}

const DELTAS: Readonly<Record<string, string>> = {
  message: "response.output_text.delta",
  reasoning: "response.reasoning_summary_text.delta",
  function_call: "response.function_call_arguments.delta",
};

const EMPTY: Readonly<Record<string, JsonObject>> = {
  reasoning: { summary: [] },
  function_call: { arguments: "" },
};

function saidBy(item: JsonObject): string {
  const parts = (item["content"] ?? item["summary"] ?? []) as readonly { readonly text?: string }[];
  return item["type"] === "function_call"
    ? String(item["arguments"])
    : parts.map((it) => it.text ?? "").join("");
}

function pieces(text: string, size: number): readonly string[] {
  const all: string[] = [];
  for (let at = 0; at < text.length; at += size) all.push(text.slice(at, at + size));
  return all;
}
