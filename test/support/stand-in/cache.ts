import type { Item } from "./prefix.ts";
import { digest } from "./prefix.ts";
import type { Asked } from "./wire.ts";
import { innerBlocks, isWire } from "./wire.ts";

/** How the prompt of a request is billed, in tokens. */
export interface PromptUsage {
  readonly input: number;
  readonly read: number;
  readonly written5m: number;
  readonly written1h: number;
}

/** Positions a mark looks back, itself being the first. */
const LOOKBACK = 20;

/** A prompt cache that follows the prefixes it is shown; entries do not age. */
export function promptCache(): (asked: Asked, items: readonly Item[], minCacheable: number) => PromptUsage {
  const entries = new Set<string>();
  return (asked, items, minCacheable) => {
    const positions = positionsOf(asked, items);
    const marks = positions.flatMap((it, at) =>
      it.ttl && it.upTo >= minCacheable ? [{ ...it, at, ttl: it.ttl }] : [],
    );
    const read = Math.max(0, ...marks.map(({ at }) => found(positions, at, entries)));
    for (const { hash } of marks) entries.add(hash);
    return {
      ...written(marks, read),
      read,
      input: (positions.at(-1)?.upTo ?? 0) - Math.max(read, marks.at(-1)?.upTo ?? 0),
    };
  };
}

interface Position {
  readonly hash: string;
  /** Tokens up to its end. */
  readonly upTo: number;
  readonly ttl: "5m" | "1h" | undefined;
  /** Whether it belongs to a run of calls, or of results, with the one before. */
  readonly joined: boolean;
}

function positionsOf(asked: Asked, items: readonly Item[]): readonly Position[] {
  let hash = asked.model;
  let upTo = 0;
  const automatic = isWire(asked.raw.cache_control)
    ? items.findLastIndex((it) => !/thinking$/.test(it.type))
    : -1;
  return items.map((item, at) => {
    hash = digest(hash, item.value);
    upTo += item.tokens;
    const run = item.type === "tool_use" || item.type === "tool_result";
    const mark = markOf(item) ?? (at === automatic ? asked.raw.cache_control : undefined);
    const ttl = isWire(mark) ? (mark.ttl === "1h" ? "1h" : "5m") : undefined;
    return { hash, upTo, ttl, joined: run && items[at - 1]?.type === item.type };
  });
}

function markOf({ block, type }: Item): unknown {
  if (block.cache_control || type !== "tool_result" || !("type" in block))
    return block.cache_control ?? undefined;
  return innerBlocks({ ...block, type }).find((it) => it.cache_control)?.cache_control;
}

/** Tokens of the longest entry within reach of a mark. */
function found(positions: readonly Position[], mark: number, entries: ReadonlySet<string>): number {
  let seen = 0;
  for (let at = mark; at >= 0; at--) {
    const position = positions[at];
    if (position === undefined) break;
    if (!positions[at + 1]?.joined || at === mark) seen++;
    if (seen > LOOKBACK) break;
    if (entries.has(position.hash)) return position.upTo;
  }
  return 0;
}

function written(marks: readonly { readonly upTo: number; readonly ttl: "5m" | "1h" }[], read: number) {
  const sums = { "5m": 0, "1h": 0 };
  let from = read;
  for (const { upTo, ttl } of marks) {
    sums[ttl] += Math.max(0, upTo - from);
    from = Math.max(from, upTo);
  }
  return { written5m: sums["5m"], written1h: sums["1h"] };
}
