import type { SessionEvent } from "./events.ts";
import type { Memory } from "./memory.ts";
import type { SessionState } from "./session.ts";

/** A message of the person in the conversation, with what a rewind to just before it needs. */
export interface Prompt
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
  readonly earlier: Prompt | undefined;
}

/** The prompt that this message makes; `memory` is as it was before it. */
export function promptAt(memory: Memory, event: Extract<SessionEvent, { type: "asked" }>): Prompt {
  const { state, read, folder, prompt } = memory;
  const { mode, changed, todos, contextTokens, lastRest, firstRow, rows } = state;
  const { n, text, at } = event;
  const number = (prompt?.number ?? 0) + 1;
  const row = firstRow + rows.length;
  const then = { mode, changed, todos, contextTokens, lastRest, folder };
  return { n, number, text, at, row, reads: read.length, ...then, earlier: prompt };
}

/** All messages of the person in the conversation, the oldest first. */
export function promptsOf({ prompt }: Pick<Memory, "prompt">): readonly Prompt[] {
  const prompts: Prompt[] = [];
  for (let at = prompt; at; at = at.earlier) prompts.push(at);
  return prompts.reverse();
}

/** The message whose event has this number; `undefined` when it is not, or no longer, in the conversation. */
export function promptOf({ prompt }: Pick<Memory, "prompt">, n: number): Prompt | undefined {
  let at = prompt;
  while (at && at.n !== n) at = at.earlier;
  return at;
}
