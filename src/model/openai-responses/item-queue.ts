import type { AnswerWriter } from "../answer-writer.ts";
import type { JsonObject } from "../conversation.ts";
import { callIds } from "../openai-chat/ids.ts";
import { textOf } from "../record.ts";
import type { Reading } from "../wire.ts";
import { type ItemState, isRefusing, itemState, saidBy } from "./item-state.ts";
import { closeItem, flushCarried, type ItemWriting, writeItem } from "./item-writer.ts";

/**
 * The items of an answer. Blocks come one after another: while one is open, what is said of later items waits. Items are
 * told apart by their place in the output, for some vendors give them a new id in every event.
 */
export interface ItemQueue {
  readonly writing: ItemWriting;
  readonly states: Map<string, ItemState>;
  /** Items that are not wholly written, in the order in which they came. */
  readonly waiting: ItemState[];
  isRefusal: boolean;
}

/** A queue without items. */
export function itemQueue(writer: AnswerWriter, reading: Reading): ItemQueue {
  const writing = { writer, reading, ids: callIds(""), carried: [], hasBroken: false };
  return { writing, states: new Map(), waiting: [], isRefusal: false };
}

/** The item at a place; it begins if it has not. */
export function stateAt(queue: ItemQueue, key: string, item: JsonObject): ItemState {
  const known = queue.states.get(key);
  if (known !== undefined) return known;
  // A vendor may tell that a message is done after what follows it has begun.
  const front = queue.waiting[0];
  if (front?.kind === "message") front.isDone = true;
  const state = itemState(key, item);
  queue.states.set(key, state);
  queue.waiting.push(state);
  return state;
}

/** More of what an item says. */
export function addTo(queue: ItemQueue, state: ItemState, text: string): void {
  state.said += text;
  if (state.kind !== "message" || !state.isDone || text === "") return;
  // It has made room for what follows it: this is a message of its own, behind that.
  queue.waiting.push({ ...itemState(state.key, state.item), said: text, isDone: true });
  state.written = state.said.length;
}

/** What an item says in whole, where its deltas were fewer. */
export function topUp(queue: ItemQueue, state: ItemState, said: string | undefined): void {
  if (said === undefined || said === state.said || !said.startsWith(state.said)) return;
  addTo(queue, state, said.slice(state.said.length));
}

/** An item is whole. */
export function itemDone(queue: ItemQueue, state: ItemState, item: JsonObject): void {
  if (textOf(item.type) !== undefined) state.item = { ...state.item, ...item };
  if (isRefusing(item)) queue.isRefusal = true;
  topUp(queue, state, saidBy(state.item));
  state.isDone = true;
}

/** Writes what can be written. */
export function advance({ waiting, writing }: ItemQueue): void {
  for (let front = waiting[0]; front !== undefined; front = waiting[0]) {
    if (isReady(front)) writeItem(writing, front);
    if (!front.isDone) return;
    closeItem(writing, front);
    waiting.shift();
  }
}

/** A call waits for its id, and until its arguments are seen to be an object. */
function isReady({ kind, isDone, item, said }: ItemState): boolean {
  return kind !== "call" || isDone || (item.call_id !== undefined && /^\s*\{/.test(said));
}

/** The response is over, and this is its output: what was not told before is written, and all is whole. */
export function finishItems(queue: ItemQueue, output: readonly JsonObject[]): void {
  const found = new Set<ItemState>();
  for (const [index, item] of output.entries()) {
    const state = knownAt(queue, index, item, found) ?? stateAt(queue, `output.${index}`, item);
    found.add(state);
    if (!state.isDone) itemDone(queue, state, item);
  }
  for (const it of queue.states.values()) it.isDone = true;
  advance(queue);
  flushCarried(queue.writing, undefined);
}

/** The item of the whole output among those that came before it and were not found yet. */
function knownAt(
  { states }: ItemQueue,
  index: number,
  item: JsonObject,
  found: ReadonlySet<ItemState>,
): ItemState | undefined {
  const all = [...states.values()].filter((it) => !found.has(it));
  const same = (name: string) => all.find((it) => item[name] !== undefined && it.item[name] === item[name]);
  // Some servers give deltas an id and no place, or neither.
  const places = [String(index), item.id, ""];
  const placed = all.find((it) => places.includes(it.key) && it.item.type === item.type);
  return same("call_id") ?? same("id") ?? placed;
}
