import type { AnswerWriter } from "../answer-writer.ts";
import type { JsonObject } from "../conversation.ts";
import type { WireBlock } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import type { Reading } from "../wire.ts";
import { APPLY_PATCH, inputOfOperation } from "./apply-patch.ts";
import { type ItemState, isReplayable } from "./item-state.ts";
import { opaqueSignature } from "./opaque.ts";

/** Where items are written to, as blocks. */
export interface ItemWriting {
  readonly writer: AnswerWriter;
  readonly reading: Reading;
  /** Items that have to go back as they came: the thinking before the next block carries them. */
  carried: JsonObject[];
}

/** Passes on what was said of an item and is not written yet. */
export function writeItem(writing: ItemWriting, state: ItemState): void {
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
export function closeItem(writing: ItemWriting, { kind, item, isBegun }: ItemState): void {
  if (kind === "call" && isBegun) writing.writer.closeBlock();
  if (item.type === "web_search_call") writeSearch(writing, item);
  const isCarried = kind === "reasoning" || kind === "other";
  if (isCarried && isReplayable(item)) writing.carried.push(item);
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
  writer.call(textOf(item.call_id) ?? textOf(item.id) ?? `call_${key}`, reading.nameOf(name));
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
