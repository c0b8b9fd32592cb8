import type { Block, Json, JsonObject } from "./conversation.ts";

/** `text` without what no API takes: lone surrogates and NUL become U+FFFD. The same string when there are none. */
export function cleanText(text: string): string {
  const formed = text.isWellFormed() ? text : text.toWellFormed();
  return formed.includes("\0") ? formed.replaceAll("\0", "\ufffd") : formed;
}

/** A block with every text in it clean; the same object when it was. */
export function cleanBlock(block: Block): Block {
  // A block is a JSON object, and cleaning changes no structure.
  return cleanJson(block as unknown as JsonObject) as unknown as Block;
}

function cleanJson(value: Json): Json {
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    const clean = items.map(cleanJson);
    return clean.every((it, at) => it === items[at]) ? value : clean;
  }
  return cleanObject(value as JsonObject);
}

function cleanObject(value: JsonObject): JsonObject {
  let changed = false;
  const clean = Object.entries(value).map(([key, it]): [string, Json] => {
    const pair: [string, Json] = [cleanText(key), cleanJson(it)];
    changed ||= pair[0] !== key || pair[1] !== it;
    return pair;
  });
  // `fromEntries` defines a key "__proto__" as any other.
  return changed ? Object.fromEntries(clean) : value;
}
