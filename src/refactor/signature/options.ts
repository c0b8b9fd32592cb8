import type { AddedParameter, Options, RenamedParameter } from "../refactoring.ts";

/** The options of change-signature, by the names that a person or the model gives them. */
export const SIGNATURE_OPTIONS = ["reorder", "remove", "add", "rename"] as const;

type SignatureOptions = Pick<Options, (typeof SIGNATURE_OPTIONS)[number]>;

/** Reads the options of change-signature among others; a sentence, without its end, when one is not as it must be. */
export function signatureOptions(given: Readonly<Record<string, unknown>>): SignatureOptions | string {
  const { reorder, remove, add, rename } = given;
  if (reorder !== undefined && !isIndices(reorder))
    return "reorder must be the old indices in the new order, such as [1,0]";
  if (remove !== undefined && !isIndices(remove))
    return "remove must be the indices of what goes, such as [1]";
  const added = add === undefined ? undefined : listOf(add, addedIn);
  if (typeof added === "string") return `add must be ${ADDED}, or a list of such: ${added}`;
  const renamed = rename === undefined ? undefined : listOf(rename, renamedIn);
  if (typeof renamed === "string") return `rename must be ${RENAMED}, or a list of such: ${renamed}`;
  return {
    ...(reorder !== undefined && { reorder }),
    ...(remove !== undefined && { remove }),
    ...(added && { add: added }),
    ...(renamed && { rename: renamed }),
  };
}

const ADDED = '{"name":"c","default":"0","index":1,"type":"number"} with or without "index" and "type"';
const RENAMED = '{"index":0,"name":"count"}';

function isIndices(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((it) => isIndex(it));
}

function isIndex(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

/** One or several, each read by `read`; a sentence as soon as that gives one. */
function listOf<T extends object>(
  value: unknown,
  read: (entry: Readonly<Record<string, unknown>>) => T | string,
): readonly T[] | string {
  const made: T[] = [];
  for (const entry of Array.isArray(value) ? value : [value]) {
    if (typeof entry !== "object" || entry === null || Array.isArray(entry))
      return `${JSON.stringify(entry)} is none`;
    const one = read(Object.fromEntries(Object.entries(entry)));
    if (typeof one === "string") return one;
    made.push(one);
  }
  return made;
}

function addedIn(entry: Readonly<Record<string, unknown>>): AddedParameter | string {
  const { name, default: value, index, type } = entry;
  const strange = strangeIn(entry, ["name", "default", "index", "type"]);
  if (strange !== undefined) return strange;
  if (typeof name !== "string") return "name must be a text";
  if (typeof value !== "string" || value.trim() === "")
    return "default must be a text: the expression that calls are given";
  if (index !== undefined && !isIndex(index)) return "index must be a whole number from 0";
  if (type !== undefined && (typeof type !== "string" || type.trim() === "")) return "type must be a text";
  return {
    name,
    default: value.trim(),
    ...(index !== undefined && { index }),
    ...(type !== undefined && { type: type.trim() }),
  };
}

function renamedIn(entry: Readonly<Record<string, unknown>>): RenamedParameter | string {
  const { index, name } = entry;
  const strange = strangeIn(entry, ["index", "name"]);
  if (strange !== undefined) return strange;
  if (!isIndex(index)) return "index must be a whole number from 0";
  return typeof name === "string" ? { index, name } : "name must be a text";
}

function strangeIn(entry: Readonly<Record<string, unknown>>, known: readonly string[]): string | undefined {
  const key = Object.keys(entry).find((it) => !known.includes(it));
  return key === undefined ? undefined : `"${key}" means nothing there`;
}
