import type { Json, JsonObject } from "../conversation.ts";
import type { MessagesRequest, WireBlock, WireMessage } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import { fittingId } from "../tool-names.ts";
import { APPLY_PATCH, operationOf, type PatchTool } from "./apply-patch.ts";
import { opaqueIn } from "./opaque.ts";
import { outputOf, partsOf } from "./parts.ts";

/** What the conversation is sent with. */
export interface Sending {
  readonly sent: (name: string) => string;
  /** The client's tool for which the vendor's own is sent. */
  readonly patch: PatchTool | undefined;
  readonly drop: (path: string) => void;
}

/** The system prompt; `undefined`: there is none. */
export function instructionsOf({ system }: MessagesRequest): string | undefined {
  const texts = system.flatMap((it) => textOf(it.text) ?? []).filter((it) => it.trim() !== "");
  // Claude Code's own first block is another with every request, and caches would never hold.
  const lasting = texts[0]?.startsWith(BILLING) ? texts.slice(1) : texts;
  return lasting.length === 0 ? undefined : lasting.join("\n\n");
}

const BILLING = "x-anthropic-billing-header:";

/**
 * The conversation as items (OpenAI API reference, Responses, "input"). Every call has an output behind it and every
 * output a call before it, as the vendor demands: what is missing is said to be so.
 */
export function itemsOf({ messages }: MessagesRequest, sending: Sending): readonly JsonObject[] {
  const answered = new Set(messages.flatMap((it) => it.content.filter(isResult).map(callOf)));
  const called = new Set<string>();
  const patched = new Set<string>();
  return continued(messages, sending).flatMap((message, index) => {
    const path = `messages.${index}`;
    if (message.role === "system") return developerItems(message);
    if (message.role === "user") return userItems(message, path, sending, { called, patched });
    const items = assistantItems(message, path, sending);
    for (const it of items) if (it.type === "apply_patch_call") patched.add(textOf(it.call_id) ?? "");
    const calls = message.content.filter((it) => it.type === "tool_use").map((it) => textOf(it.id) ?? "");
    for (const id of calls) called.add(id);
    const lost = calls.filter((id) => !answered.has(id));
    return [...items, ...lost.map((id) => outputItem(id, INTERRUPTED, true, patched))];
  });
}

const INTERRUPTED = "Error: the call was interrupted and has no result.";

/** Nothing continues a begun answer at this vendor: it would be taken for a whole one. */
function continued(messages: readonly WireMessage[], { drop }: Sending): readonly WireMessage[] {
  const last = messages.at(-1);
  const isBegun = last?.role === "assistant" && last.content.every((it) => it.type !== "tool_use");
  if (!isBegun || messages.length === 1) return messages;
  drop(`messages.${messages.length - 1}`);
  return messages.slice(0, -1);
}

function isResult(block: WireBlock): boolean {
  return block.type === "tool_result";
}

function callOf(block: WireBlock): string {
  return textOf(block.tool_use_id) ?? "";
}

function developerItems({ content }: WireMessage): readonly JsonObject[] {
  const texts = content.flatMap((it) => textOf(it.text) ?? []).filter((it) => it.trim() !== "");
  if (texts.length === 0) return [];
  return [
    messageItem(
      "developer",
      texts.map((text) => ({ type: "input_text", text })),
    ),
  ];
}

function messageItem(role: string, content: readonly JsonObject[], more: JsonObject = {}): JsonObject {
  return { type: "message", role, content, ...more };
}

function userItems(
  { content }: WireMessage,
  path: string,
  { drop }: Sending,
  calls: { readonly called: ReadonlySet<string>; readonly patched: ReadonlySet<string> },
): readonly JsonObject[] {
  const outputs: JsonObject[] = [];
  const parts: JsonObject[] = [];
  const done = new Set<string>();
  for (const [index, block] of content.entries()) {
    const at = `${path}.content.${index}`;
    if (!isResult(block)) {
      parts.push(...partsOf([block], at, () => drop(at)));
      continue;
    }
    const id = callOf(block);
    const output = outputOf(block, at, drop);
    if (done.has(id)) drop(at);
    else if (calls.called.has(id))
      outputs.push(outputItem(id, output, block.is_error === true, calls.patched));
    else parts.push(...orphan(output));
    done.add(id);
  }
  return parts.length === 0 ? outputs : [...outputs, messageItem("user", parts)];
}

function orphan(output: Json): readonly JsonObject[] {
  if (Array.isArray(output)) return output as readonly JsonObject[];
  return [{ type: "input_text", text: `Result of an earlier call: ${String(output)}` }];
}

function outputItem(id: string, output: Json, failed: boolean, patched: ReadonlySet<string>): JsonObject {
  const call_id = sentId(id);
  if (!patched.has(call_id)) return { type: "function_call_output", call_id, output };
  const text = typeof output === "string" ? output : JSON.stringify(output);
  return { type: "apply_patch_call_output", call_id, status: failed ? "failed" : "completed", output: text };
}

/** Longest id of a call (OpenAI API reference, Responses, "call_id"). */
const LONGEST_ID = 64;

function sentId(id: string): string {
  return fittingId(id, LONGEST_ID);
}

function assistantItems(
  { content }: WireMessage,
  path: string,
  { sent, patch, drop }: Sending,
): readonly JsonObject[] {
  const items: JsonObject[] = [];
  let texts: JsonObject[] = [];
  let phase: string | undefined;
  for (const [index, block] of content.entries()) {
    if (block.type === "text") {
      const text = textOf(block.text) ?? "";
      if (text.trim() !== "") texts.push({ type: "output_text", text });
    } else if (block.type === "tool_use") {
      flush();
      items.push(callItem(block, sent, patch));
    } else {
      const opaque = block.type === "thinking" ? opaqueIn(textOf(block.signature) ?? "") : undefined;
      if (opaque === undefined) drop(`${path}.content.${index}`);
      else flush();
      items.push(...(opaque?.items ?? []));
      phase = opaque?.phase ?? phase;
    }
  }
  flush();
  // Reasoning is refused without the item that followed it.
  return items.slice(0, items.findLastIndex((it) => it.type !== "reasoning") + 1);

  function flush(): void {
    if (texts.length === 0) return;
    items.push(messageItem("assistant", texts, phase === undefined ? {} : { phase }));
    texts = [];
    phase = undefined;
  }
}

function callItem(block: WireBlock, sent: Sending["sent"], patch: PatchTool | undefined): JsonObject {
  const name = textOf(block.name) ?? "";
  const call_id = sentId(textOf(block.id) ?? "");
  const input = recordOf(block.input) as JsonObject;
  const operation = patch && name === APPLY_PATCH ? operationOf(input, patch) : undefined;
  if (operation !== undefined) return { type: "apply_patch_call", call_id, status: "completed", operation };
  return { type: "function_call", call_id, name: sent(name), arguments: JSON.stringify(input) };
}
