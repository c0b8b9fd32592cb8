import type { AnswerWriter } from "../answer-writer.ts";
import type { JsonObject } from "../conversation.ts";
import type { WireBlock } from "../messages.ts";
import type { CallIds } from "../openai-chat/ids.ts";
import { inputOf, repairedInput } from "../openai-chat/input.ts";
import { closingOf } from "../openai-chat/json-text.ts";
import { recordOf, textOf } from "../record.ts";
import type { Reading } from "../wire.ts";
import { APPLY_PATCH, inputOfOperation } from "./apply-patch.ts";
import { type ItemState, isReplayable } from "./item-state.ts";
import { opaqueSignature } from "./opaque.ts";

/** Where items are written to, as blocks. */
export interface ItemWriting {
  readonly writer: AnswerWriter;
  readonly reading: Reading;
  readonly ids: CallIds;
  /** Items that have to go back as they came: the thinking before the next block carries them. */
  carried: JsonObject[];
  /** Whether the input of a call was no object and could not be mended. */
  hasBroken: boolean;
}

/** Passes on what was said of an item and is not written yet. */
export function writeItem(writing: ItemWriting, state: ItemState): void {
  if (state.kind === "call" && state.isDone && state.written === 0) state.said = mended(writing, state);
  const more = state.said.slice(state.written);
  if (state.kind === "other" || (state.kind !== "call" && more === "")) return;
  if (!state.isBegun && !begin(writing, state)) return;
  const { writer } = writing;
  state.isBegun = true;
  state.written = state.said.length;
  if (state.kind === "message") writer.text(more);
  else if (state.kind === "reasoning") writer.thinking(more);
  else writer.input(more);
}

/** The item is whole. */
export function closeItem(writing: ItemWriting, state: ItemState): void {
  const { kind, item } = state;
  if (kind === "call" && state.isBegun) closeCall(writing, state);
  if (item.type === "web_search_call") writeSearch(writing, item);
  const isCarried = kind === "reasoning" || kind === "other";
  if (isCarried && isReplayable(item)) writing.carried.push(item);
}

/** The input of a call of which nothing is written yet: the object that its arguments stand for. */
function mended(writing: ItemWriting, { said }: ItemState): string {
  if (said.trim() === "" || (isObject(said) && said.trim().startsWith("{"))) return said;
  const input = repairedInput(said);
  if (input === undefined) writing.hasBroken = true;
  return JSON.stringify(input ?? {});
}

/** What was handed on cannot be taken back, only closed. */
function closeCall(writing: ItemWriting, { said, item }: ItemState): void {
  if (said.trim() !== "" && !isObject(said)) {
    const closing = item.status === "incomplete" ? undefined : closingOf(said);
    writing.writer.input(closing ?? "");
    writing.hasBroken ||= closing === undefined;
  }
  writing.writer.closeBlock();
}

function isObject(said: string): boolean {
  return inputOf(said) !== undefined;
}

/** Nothing is left behind: what is carried goes before what comes next, or ends the answer. */
export function flushCarried(writing: ItemWriting, phase: string | undefined): void {
  const items = writing.carried;
  if (items.length === 0 && phase === undefined) return;
  writing.writer.signature(opaqueSignature({ items, ...(phase !== undefined && { phase }) }));
  writing.carried = [];
}

/** Whether the item can begin: a call has to have a name. */
function begin(writing: ItemWriting, state: ItemState): boolean {
  if (state.kind === "call") return beginCall(writing, state);
  if (state.kind === "message") flushCarried(writing, textOf(state.item.phase));
  // The thinking before it is still open when nothing visible stood between them.
  else if (writing.writer.open === "thinking") writing.writer.thinking("\n\n");
  return true;
}

function beginCall(writing: ItemWriting, state: ItemState): boolean {
  const { item, key } = state;
  const { writer, reading } = writing;
  const isPatch = item.type === "apply_patch_call";
  const name = isPatch ? APPLY_PATCH : textOf(item.name);
  if (name === undefined) return false;
  flushCarried(writing, undefined);
  const id = textOf(item.call_id) ?? textOf(item.id) ?? `call_${key}`;
  writer.call(writing.ids.next(id, name), reading.nameOf(name));
  if (isPatch) writer.input(JSON.stringify(patchInput(item, reading)));
  return true;
}

function patchInput(item: JsonObject, { noted }: Reading): JsonObject {
  const member = textOf(noted?.["patch"]) ?? "operation";
  return inputOfOperation(recordOf(item.operation) as JsonObject, { member });
}

/** A search that the vendor made, as the Messages API shows its own. */
function writeSearch(writing: ItemWriting, item: JsonObject): void {
  flushCarried(writing, undefined);
  const { type: _, sources, ...input } = recordOf(item.action) as JsonObject;
  const id = `srvtoolu_${textOf(item.id) ?? ""}`;
  const found = (Array.isArray(sources) ? sources : []).map((it) => {
    const { url, title } = recordOf(it);
    return {
      type: "web_search_result",
      url: textOf(url) ?? "",
      title: textOf(title) ?? textOf(url) ?? "",
      encrypted_content: "",
      page_age: null,
    };
  });
  writing.writer.block({ type: "server_tool_use", id, name: "web_search", input } as WireBlock);
  writing.writer.block({ type: "web_search_tool_result", tool_use_id: id, content: found });
}
