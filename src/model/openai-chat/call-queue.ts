import type { AnswerWriter } from "../answer-writer.ts";
import type { CallIds } from "./ids.ts";
import { inputOf, repairedInput } from "./input.ts";
import { closingOf, objectScan } from "./json-text.ts";

/** A fragment of a call in a chunk. */
export interface CallFragment {
  readonly index: number | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly arguments: string;
}

/** Puts calls that come in fragments, also entangled ones, into blocks one behind the other. */
export interface CallQueue {
  add(fragment: CallFragment): void;
  /** Says `write` when every call before it has ended. */
  after(write: () => void): void;
  /** Ends all; `mayRepair`: the model had ended its calls, so that broken input may be mended. */
  finish(mayRepair: boolean): void;
  /** Whether a call has input that is no object, and was not mended. */
  readonly hasBroken: boolean;
}

/** A call that may not have begun, or a piece of the answer that waits for calls before it. */
type Waiting =
  | { readonly kind: "call"; readonly call: Call }
  | { readonly kind: "other"; readonly write: () => void };

interface Call {
  readonly index: number | undefined;
  id: string | undefined;
  name: string | undefined;
  /** All of its arguments, in pieces: putting them together at each would take the square of their length. */
  readonly parts: string[];
  /** Their first sign that is no blank. */
  begin: string;
  /** What of them was not handed on yet. */
  unsent: string;
  /** Whether they are seen to be an object, and are handed on as they come. */
  isStreamed: boolean;
  isOpen: boolean;
  /** Whether its object has been closed: what comes then is no part of it. */
  isWhole: boolean;
  readonly scan: ReturnType<typeof objectScan>;
}

/** A queue that writes to an answer. */
export function callQueue(
  writer: AnswerWriter,
  ids: () => CallIds,
  nameOf: (sent: string) => string,
): CallQueue {
  const calls: Call[] = [];
  const blocks = callBlocks(writer, ids, nameOf);
  let waiting: Waiting[] = [];
  let hasBroken = false;
  return {
    add(fragment) {
      let call = callOf(calls, fragment);
      if (call === undefined) {
        call = newCall(fragment.index);
        calls.push(call);
        waiting.push({ kind: "call", call });
      }
      extend(call, fragment);
      flush();
    },
    after(write) {
      waiting.push({ kind: "other", write });
      flush();
    },
    finish(mayRepair) {
      for (const it of waiting) {
        if (it.kind === "other") it.write();
        else if (!blocks.end(it.call, mayRepair)) hasBroken = true;
      }
      waiting = [];
    },
    get hasBroken() {
      return hasBroken;
    },
  };

  /** Writes what may be written: of the calls only the first that has not ended. */
  function flush(): void {
    let written = 0;
    for (const it of waiting) {
      if (it.kind === "other") it.write();
      else if (!blocks.goOn(it.call)) break;
      else if (inputOf(rawOf(it.call)) === undefined) hasBroken = true;
      written++;
    }
    if (written > 0) waiting = waiting.slice(written);
  }
}

/** Writes calls as blocks. */
interface CallBlocks {
  /** Writes what there is of a call; whether it is whole, and its block closed. */
  goOn(call: Call): boolean;
  /** Writes the rest of a call to which nothing comes any more; false: its input is no object and was not mended. */
  end(call: Call, mayRepair: boolean): boolean;
}

function callBlocks(writer: AnswerWriter, ids: () => CallIds, nameOf: (sent: string) => string): CallBlocks {
  return {
    goOn(call) {
      if (call.id !== undefined) open(call);
      stream(call);
      if (!call.isStreamed || !call.isWhole) return false;
      writer.closeBlock();
      return true;
    },
    end(call, mayRepair) {
      // Without a name there is nothing to call.
      if (call.name === undefined) return true;
      open(call);
      stream(call);
      const rest = call.isStreamed ? closing(rawOf(call), mayRepair) : mended(rawOf(call), mayRepair);
      writer.input(rest ?? (call.isStreamed ? "" : "{}"));
      writer.closeBlock();
      return rest !== undefined;
    },
  };

  function open(call: Call): void {
    if (call.isOpen || call.name === undefined) return;
    call.isOpen = true;
    writer.call(ids().next(call.id, call.name), nameOf(call.name));
  }

  function stream(call: Call): void {
    if (!call.isOpen) return;
    call.isStreamed = call.begin === "{";
    if (!call.isStreamed) return;
    writer.input(call.unsent);
    call.unsent = "";
  }
}

function rawOf(call: Call): string {
  return call.parts.join("");
}

/** What is missing behind arguments that were handed on: they cannot be taken back, only closed. */
function closing(raw: string, mayRepair: boolean): string | undefined {
  if (inputOf(raw) !== undefined) return "";
  return mayRepair ? closingOf(raw) : undefined;
}

function mended(raw: string, mayRepair: boolean): string | undefined {
  if (raw.trim() === "") return "";
  const input = mayRepair ? repairedInput(raw) : inputOf(raw);
  return input && JSON.stringify(input);
}

/** The call that a fragment belongs to: by its index, unless another id shows that the host counts none. */
function callOf(calls: readonly Call[], { index, id, name }: CallFragment): Call | undefined {
  const found =
    index === undefined
      ? (calls.findLast((it) => id !== undefined && it.id === id) ??
        (id === undefined ? calls.at(-1) : undefined))
      : (calls.findLast((it) => it.index === index && it.id === id) ??
        calls.findLast((it) => it.index === index));
  if (found === undefined) return undefined;
  if (id !== undefined && found.id !== undefined && found.id !== id) return undefined;
  // Without index and id, a name after a whole call is the next one's.
  return index === undefined && id === undefined && name !== undefined && found.isWhole ? undefined : found;
}

function newCall(index: number | undefined): Call {
  return {
    index,
    id: undefined,
    name: undefined,
    parts: [],
    begin: "",
    unsent: "",
    isStreamed: false,
    isOpen: false,
    isWhole: false,
    scan: objectScan(),
  };
}

function extend(call: Call, fragment: CallFragment): void {
  call.id ??= fragment.id;
  call.name ??= fragment.name;
  if (call.isWhole || fragment.arguments === "") return;
  const { text, isWhole } = call.scan.feed(fragment.arguments);
  call.parts.push(text);
  call.begin ||= text.trimStart().slice(0, 1);
  call.unsent += text;
  call.isWhole = isWhole;
}
