import { carriedIn, carriedSignature, isCarried } from "../../model/carried.ts";
import type { Json, JsonObject } from "../../model/conversation.ts";
import type { WireBlock, WireMessage } from "../../model/messages.ts";
import { opaqueSignature } from "../../model/openai-responses/opaque.ts";
import { recordOf, textOf } from "../../model/record.ts";
import { BadRequest } from "../dialect.ts";
import { callIn } from "./calls.ts";
import { blocksOf } from "./parts.ts";

/** What a client's items say. */
export interface Spoken {
  readonly system: readonly WireBlock[];
  readonly messages: readonly WireMessage[];
}

/** For whom a block of the Messages API is packed into `encrypted_content`. */
const BLOCK = "messages";

/** `encrypted_content` for thinking of another vendor, which the client sends back as it came. */
export function packed(block: WireBlock): string {
  return carriedSignature(BLOCK, block);
}

/**
 * Items as messages (OpenAI API reference, Responses, "input"). What the model said between two turns of others is one
 * message; the outputs of its calls follow it at once, whatever the client has put between.
 */
export function spokenIn(input: Json | undefined): Spoken {
  if (typeof input === "string")
    return { system: [], messages: [{ role: "user", content: blocksOf(input, "input") }] };
  if (!Array.isArray(input)) throw new BadRequest("input: must be a text or a list of items");
  const items = (input as readonly Json[]).map((it) => recordOf(it) as JsonObject);
  const outputs = outputsIn(items);
  const called = new Set(items.map((it) => callIn(it)?.id));
  const system: WireBlock[] = [];
  const messages: WireMessage[] = [];
  let said: WireBlock[] = [];
  for (const [index, item] of items.entries()) {
    const path = `input.${index}`;
    const own = saidIn(item, path);
    if (own !== undefined) {
      said.push(...own);
      continue;
    }
    const isResult = isOutput(item);
    const message = isResult ? orphanIn(item) : heardIn(item, path);
    if (isResult || message !== undefined) answerCalls();
    if (message === undefined) continue;
    const isFirst = messages.length === 0;
    if (message.role === "system" && isFirst) system.push(...message.content);
    else if (message.content.length > 0) messages.push(message);
  }
  answerCalls();
  return { system, messages };

  /** An output of a call that is not in the conversation. */
  function orphanIn(item: JsonObject): WireMessage | undefined {
    const id = textOf(item.call_id) ?? "";
    const result = called.has(id) ? undefined : outputs.get(id);
    if (result === undefined) return undefined;
    outputs.delete(id);
    return { role: "user", content: [result] };
  }

  function answerCalls(): void {
    if (said.length === 0) return;
    messages.push({ role: "assistant", content: said });
    const ids = said.filter((it) => it.type === "tool_use").map((it) => textOf(it.id) ?? "");
    const results = ids.flatMap((id) => outputs.get(id) ?? []);
    for (const id of ids) outputs.delete(id);
    if (results.length > 0) messages.push({ role: "user", content: results });
    said = [];
  }
}

/** Outputs by the id of their call, the first of each. */
function outputsIn(items: readonly JsonObject[]): Map<string, WireBlock> {
  const found = new Map<string, WireBlock>();
  for (const [index, item] of items.entries()) {
    const id = textOf(item.call_id) ?? "";
    const result = isOutput(item) ? resultOf(id, item, `input.${index}.output`) : undefined;
    if (result !== undefined && !found.has(id)) found.set(id, result);
  }
  return found;
}

const OUTPUTS = [
  "function_call_output",
  "custom_tool_call_output",
  "apply_patch_call_output",
  "shell_call_output",
  "local_shell_call_output",
  "tool_search_output",
];

/** Whether the client gives an output in it; what OpenAI has run itself is its own. */
function isOutput({ type, execution }: JsonObject): boolean {
  return OUTPUTS.includes(textOf(type) ?? "") && execution !== "server";
}

function resultOf(id: string, item: JsonObject, path: string): WireBlock {
  const output = item.type === "tool_search_output" ? JSON.stringify(item.tools ?? []) : item.output;
  const isText = typeof output === "string" || output === undefined || output === null;
  const content = isText
    ? (output ?? "")
    : item.type === "shell_call_output"
      ? JSON.stringify(output)
      : blocksOf(output, path);
  const failed = item.type === "apply_patch_call_output" && item.status === "failed";
  return { type: "tool_result", tool_use_id: id, content, ...(failed && { is_error: true }) };
}

/** What the model said in an item; `undefined`: it is somebody else's. */
function saidIn(item: JsonObject, path: string): readonly WireBlock[] | undefined {
  const type = textOf(item.type) ?? "message";
  const call = callIn(item);
  if (call !== undefined) return [{ type: "tool_use", ...call }];
  if (type === "reasoning") return reasoningBlocks(item);
  if (type === "message" && item.role === "assistant") {
    const phase = textOf(item.phase);
    const carried = phase === undefined ? [] : [thinking("", opaqueSignature({ items: [], phase }))];
    return [...carried, ...blocksOf(item.content, `${path}.content`)];
  }
  if (type === "item_reference")
    throw new BadRequest(
      `${path}: item_reference needs stored responses, which are not kept; send the item itself.`,
    );
  // Whatever else OpenAI's own tools have left goes back to it as it is.
  const isOwn = type.endsWith("_call") || type === "compaction" || item.execution === "server";
  return isOwn ? [thinking("", opaqueSignature({ items: [item] }))] : undefined;
}

function reasoningBlocks(item: JsonObject): readonly WireBlock[] {
  const parts = [item.summary, item.content].find((it) => Array.isArray(it) && it.length > 0);
  const texts = (Array.isArray(parts) ? parts : []).map((it) => textOf(recordOf(it).text) ?? "");
  const text = texts.filter((it) => it !== "").join("\n\n");
  const encrypted = textOf(item.encrypted_content);
  if (encrypted === undefined) return text === "" ? [] : [thinking(text, "")];
  const block = recordOf(carriedIn(encrypted, BLOCK));
  if (textOf(block.type) !== undefined) return [block as WireBlock];
  const closed = thinking("", isCarried(encrypted) ? encrypted : opaqueSignature({ items: [item] }));
  // The summary may be read by any model, what is encrypted by one vendor's only.
  return text === "" ? [closed] : [thinking(text, ""), closed];
}

function thinking(text: string, signature: string): WireBlock {
  return { type: "thinking", thinking: text, signature };
}

function heardIn(item: JsonObject, path: string): WireMessage | undefined {
  const type = textOf(item.type) ?? "message";
  if (type !== "message") return undefined;
  const content = blocksOf(item.content, `${path}.content`);
  switch (item.role) {
    case "user":
      return { role: "user", content };
    case "system":
    case "developer":
      return { role: "system", content };
    default:
      throw new BadRequest(`${path}.role: must be "user", "assistant", "system" or "developer"`);
  }
}
