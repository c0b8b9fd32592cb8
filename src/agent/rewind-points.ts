import type { SessionEvent } from "./events.ts";
import type { Memory } from "./memory.ts";
import type { SessionState } from "./session.ts";

/** A message of the person in the conversation, with what a rewind to just before it needs. */
export interface RewindPoint
  extends Pick<SessionState, "mode" | "changed" | "todos" | "contextTokens" | "lastRest"> {
  /** Number of its "asked". */
  readonly n: number;
  /** Number of the message in the conversation, from 1. */
  readonly number: number;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Index of its row in the whole conversation. */
  readonly row: number;
  /** How many entries `Memory.read` had. */
  readonly reads: number;
  readonly folder: string;
  readonly earlier: RewindPoint | undefined;
}

/** The point that this message makes; `memory` is as it was before it. */
export function rewindPointAt(memory: Memory, event: Extract<SessionEvent, { type: "asked" }>): RewindPoint {
  const { state, read, folder, rewindPoint } = memory;
  const { mode, changed, todos, contextTokens, lastRest, firstRow, rows } = state;
  const { n, text, at } = event;
  const number = (rewindPoint?.number ?? 0) + 1;
  const row = firstRow + rows.length;
  const then = { mode, changed, todos, contextTokens, lastRest, folder };
  return { n, number, text, at, row, reads: read.length, ...then, earlier: rewindPoint };
}

/** All messages of the person in the conversation, the oldest first. */
export function rewindPoints({ rewindPoint }: Pick<Memory, "rewindPoint">): readonly RewindPoint[] {
  const points: RewindPoint[] = [];
  for (let at = rewindPoint; at; at = at.earlier) points.push(at);
  return points.reverse();
}

/** The message whose event has this number; `undefined` when it is not, or no longer, in the conversation. */
export function rewindPointOf(
  { rewindPoint }: Pick<Memory, "rewindPoint">,
  n: number,
): RewindPoint | undefined {
  let at = rewindPoint;
  while (at && at.n !== n) at = at.earlier;
  return at;
}
