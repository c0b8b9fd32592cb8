import type { Json, JsonObject } from "../conversation.ts";
import { recordOf } from "../record.ts";

/**
 * Arguments of a call that come in pieces (`FunctionCall.partialArgs`,
 * https://docs.cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling#streaming-fc): each names by a
 * JSON path what it sets; a text goes on as long as the piece before it said so.
 */
export interface PartialArguments {
  /** Pieces from outside; those whose path or value cannot be read are left out. */
  take(pieces: unknown): void;
  /** Whole members at once. */
  put(args: unknown): void;
  value(): JsonObject;
}

/** Arguments of one call. */
export function partialArguments(): PartialArguments {
  const root: Node = new Map();
  const going = new Set<string>();
  return {
    take(pieces) {
      for (const it of Array.isArray(pieces) ? pieces : []) takePiece(root, going, recordOf(it));
    },
    put(args) {
      for (const [name, value] of Object.entries(recordOf(args))) root.set(name, { leaf: value as Json });
    },
    value: () => jsonOf(root) as JsonObject,
  };
}

/** An object or a list under construction; the keys of a list are its indices. */
type Node = Map<string | number, Node | { readonly leaf: Json }>;

function takePiece(root: Node, going: Set<string>, piece: Readonly<Record<string, unknown>>): void {
  const path = stepsOf(piece["jsonPath"]);
  const value = valueIn(piece);
  if (path === undefined || value === undefined) return;
  const key = path.map((it) => JSON.stringify(it)).join();
  const node = parentOf(root, path.slice(0, -1));
  const last = path.at(-1) as string | number;
  const before = node.get(last);
  const text = before instanceof Map ? undefined : before?.leaf;
  const goesOn = going.has(key) && typeof text === "string" && typeof value === "string";
  node.set(last, { leaf: goesOn ? text + value : value });
  if (piece["willContinue"] === true) going.add(key);
  else going.delete(key);
}

function parentOf(root: Node, path: readonly (string | number)[]): Node {
  let node = root;
  for (const step of path) {
    const next = node.get(step);
    if (next instanceof Map) node = next;
    else {
      const made: Node = new Map();
      node.set(step, made);
      node = made;
    }
  }
  return node;
}

function valueIn(piece: Readonly<Record<string, unknown>>): Json | undefined {
  const { stringValue, numberValue, boolValue } = piece;
  if (typeof stringValue === "string") return stringValue;
  if (typeof numberValue === "number") return numberValue;
  if (typeof boolValue === "boolean") return boolValue;
  return "nullValue" in piece ? null : undefined;
}

/** `$.a[1]["b c"]` as "a", 1, "b c" (RFC 9535); `undefined` for what selects no single place. */
function stepsOf(path: unknown): readonly (string | number)[] | undefined {
  if (typeof path !== "string" || path.length > LONGEST_PATH) return undefined;
  const steps: (string | number)[] = [];
  const step = /\.([^.[\]]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;
  step.lastIndex = path.startsWith("$") ? 1 : 0;
  while (step.lastIndex < path.length) {
    const found = step.exec(path);
    if (found === null) return undefined;
    const [, name, index, single, double] = found;
    steps.push(
      index === undefined ? (name ?? (single ?? double ?? "").replace(/\\(.)/g, "$1")) : Number(index),
    );
  }
  return steps.length > 0 ? steps : undefined;
}

const LONGEST_PATH = 2_000;

function jsonOf(node: Node): Json {
  const entries = [...node].map(([key, it]) => [key, it instanceof Map ? jsonOf(it) : it.leaf] as const);
  const isList = entries.length > 0 && entries.every(([key]) => typeof key === "number");
  // By the order of their indices: a gap would be filled with what nobody said.
  if (isList) return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, it]) => it);
  return Object.fromEntries(entries.map(([key, it]) => [String(key), it]));
}
