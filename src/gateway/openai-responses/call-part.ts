import type { WireBlock } from "../../model/messages.ts";
import { recordOf, textOf } from "../../model/record.ts";
import { callItem } from "./calls.ts";
import { type CallPart, emitAdded, emitDone, emitOf, nextId, type Writing } from "./writing.ts";

/** Begins a call. Those of tools without JSON input are shown when they are whole. */
export function beginCall(writing: Writing, block: WireBlock): CallPart {
  const name = textOf(block.name) ?? "";
  const id = nextId(writing);
  const form = writing.forms.get(name) ?? { kind: "function" as const, name };
  const callId = textOf(block.id) ?? `call_${id}`;
  const item = callItem(form, { id, callId }, "");
  const part: CallPart = { kind: "call", id, itemId: textOf(item.id) ?? id, form, callId, raw: "" };
  if (form.kind === "function") emitAdded(writing, { ...item, status: "in_progress" });
  const input = recordOf(block.input);
  if (Object.keys(input).length > 0) addInput(writing, part, JSON.stringify(input));
  return part;
}

/** Adds to the JSON of its input. */
export function addInput(writing: Writing, part: CallPart, more: string): void {
  if (more === "") return;
  part.raw += more;
  if (part.form.kind === "function")
    emitOf(writing, part.itemId, "response.function_call_arguments.delta", { delta: more });
}

/** Ends a call. */
export function endCall(writing: Writing, part: CallPart): void {
  if (part.raw.trim() === "") addInput(writing, part, "{}");
  const item = callItem(part.form, part, part.raw);
  const id = part.itemId;
  const { arguments: raw = "", name = "", input = "" } = item;
  if (part.form.kind === "function") {
    emitOf(writing, id, "response.function_call_arguments.done", { name, arguments: raw });
  } else {
    const isCustom = part.form.kind === "custom";
    emitAdded(writing, { ...item, status: "in_progress", ...(isCustom && { input: "" }) });
    if (isCustom) emitOf(writing, id, "response.custom_tool_call_input.delta", { delta: input });
    if (isCustom) emitOf(writing, id, "response.custom_tool_call_input.done", { input });
  }
  emitDone(writing, item);
}
