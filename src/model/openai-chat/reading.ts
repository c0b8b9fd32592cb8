import type { Reading } from "../wire.ts";

/** What reading an answer of Chat Completions needs beyond what every wire does. */
export interface ChatReading extends Reading {
  /** Names, as sent, of the tools whose calls may stand in the text. */
  readonly textCalls: ReadonlySet<string>;
  readonly reasoningBeside: boolean;
}

/** The reading that `encode` made, or one that recovers nothing. */
export function chatReading(reading: Reading): ChatReading {
  const { textCalls, reasoningBeside } = reading as Partial<ChatReading>;
  return {
    ...reading,
    textCalls: textCalls instanceof Set ? textCalls : new Set(),
    reasoningBeside: reasoningBeside === true,
  };
}
