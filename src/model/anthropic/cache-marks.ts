import type { WireBlock, WireMessage, WireTool } from "../messages.ts";

/** Most blocks that may be marked for caching (https://platform.claude.com/docs/en/build-with-claude/prompt-caching). */
const MOST_MARKS = 4;

/** The parts of a request that can be marked. */
export interface Marked {
  readonly tools: readonly WireTool[];
  readonly system: readonly WireBlock[];
  readonly messages: readonly WireMessage[];
}

/** The same with no more marks than are taken: the earliest go, since the later ones cover them. */
export function fewerMarks({ tools, system, messages }: Marked): Marked {
  const isMarked = (it: object) => "cache_control" in it;
  const blocks = [...tools, ...system, ...messages.flatMap((it) => it.content)];
  let surplus = blocks.filter(isMarked).length - MOST_MARKS;
  if (surplus <= 0) return { tools, system, messages };
  const kept = <T extends object>(it: T): T => {
    if (!isMarked(it) || surplus-- <= 0) return it;
    const { cache_control: _, ...plain } = it as T & { cache_control: unknown };
    return plain as T;
  };
  return {
    tools: tools.map(kept),
    system: system.map(kept),
    messages: messages.map((it) => ({ ...it, content: it.content.map(kept) })),
  };
}
