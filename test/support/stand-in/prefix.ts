import { createHash } from "node:crypto";
import type { Asked, Wire, WireBlock } from "./wire.ts";
import { innerBlocks, isWire } from "./wire.ts";

/** One step of what a request says, in the order in which it is hashed: a tool, a system block, a block of a message. */
export interface Item {
  readonly path: string;
  readonly type: string;
  /** The same for equal values: keys sorted, cache marks left out. */
  readonly value: string;
  readonly tokens: number;
  readonly block: Wire;
  readonly part: "tool" | "system" | "message";
}

/** All items of a request. Tools that wait for a reference are no part of the prefix. */
export function itemsOf(asked: Asked): readonly Item[] {
  const tools = asked.tools.filter((it) => it.defer_loading !== true);
  return [
    ...tools.map((it, at) => item(`tools.${at}`, "tool", "tool", it)),
    ...asked.system.map((it, at) => item(`system.${at}`, "system", "system", it)),
    ...asked.messages.flatMap(({ role, content }, at) =>
      content.map((it, place) => blockItem(`messages.${at}.content.${place}`, role, it)),
    ),
  ];
}

/** The item of a block said in a role. */
export function blockItem(path: string, role: string, block: WireBlock): Item {
  // A result's text is the same as a string and as a block.
  const said = block.type === "tool_result" ? { ...block, content: innerBlocks(block) } : block;
  return item(path, "message", `${role} ${block.type}`, said);
}

function item(path: string, part: Item["part"], label: string, block: Wire): Item {
  const value = `${label} ${canonical(block)}`;
  return {
    path,
    part,
    type: String(block.type ?? "tool"),
    value,
    tokens: Math.ceil(value.length / 4),
    block,
  };
}

/** JSON with sorted keys and without cache marks. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isWire(value)) return JSON.stringify(value) ?? "null";
  const keys = Object.keys(value).filter((it) => it !== "cache_control" && value[it] !== undefined);
  return `{${keys
    .toSorted()
    .map((it) => `${JSON.stringify(it)}:${canonical(value[it])}`)
    .join(",")}}`;
}

/** A short digest of texts. */
export function digest(...texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const it of texts) hash.update(it).update("\0");
  return hash.digest("base64url").slice(0, 22);
}
