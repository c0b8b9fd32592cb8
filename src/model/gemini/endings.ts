import type { Failure } from "../failure.ts";
import { recordOf, textOf } from "../record.ts";

/** How an answer ended: `said` stands for it where there is nothing else to read. */
export type Ending = { readonly stop: string; readonly said?: string } | { readonly failure: Failure };

/**
 * The end that a candidate tells; `undefined`: it goes on. Sources: FinishReason
 * (https://ai.google.dev/api/generate-content#FinishReason).
 */
export function endingOf(candidate: Readonly<Record<string, unknown>>): Ending | undefined {
  const reason = textOf(candidate["finishReason"]);
  const message = textOf(candidate["finishMessage"]);
  switch (reason) {
    case undefined:
    case "FINISH_REASON_UNSPECIFIED":
      return undefined;
    case "MAX_TOKENS":
    // What is missing can be had with a token that no client knows of.
    case "CONTINUATION":
      return { stop: "max_tokens" };
    case "MALFORMED_FUNCTION_CALL":
    case "UNEXPECTED_TOOL_CALL":
    case "TOO_MANY_TOOL_CALLS":
    case "MALFORMED_RESPONSE":
    case "MISSING_THOUGHT_SIGNATURE":
      return {
        failure: { kind: "server", message: `the model gave no usable answer: ${detailed(reason, message)}` },
      };
  }
  if (REFUSALS.has(reason) || /IMAGE/.test(reason)) {
    return { stop: "refusal", said: `The answer was withheld by the vendor: ${detailed(reason, message)}.` };
  }
  return { stop: "end_turn" };
}

const REFUSALS = new Set(["SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"]);

/** The end of an answer that was not begun, because the prompt was blocked; `undefined`: it was not. */
export function endingOfPrompt(feedback: unknown): Ending | undefined {
  const { blockReason, blockReasonMessage } = recordOf(feedback);
  const reason = textOf(blockReason);
  if (reason === undefined) return undefined;
  const detail = detailed(reason, textOf(blockReasonMessage));
  return { stop: "refusal", said: `The prompt was blocked by the vendor: ${detail}.` };
}

function detailed(reason: string, message: string | undefined): string {
  return message === undefined ? reason : `${reason} (${message.replace(/\.$/, "")})`;
}
