import { carriedBy, carriedIn } from "../carried.ts";
import type { WireBlock } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";

/** The name under which thought signatures are carried. */
export const GEMINI = "gemini";

/**
 * Stands for a signature that is not known: history from another model, or from a client that drops what it does not
 * know (https://ai.google.dev/gemini-api/docs/thought-signatures).
 */
export const UNKNOWN_SIGNATURE = "skip_thought_signature_validator";

/** Thought signatures by the id of their call, for clients that send calls back without what they carry. */
export interface SignatureMemory {
  remember(id: string, signature: string): void;
  /** `undefined`: never seen, or forgotten. */
  recall(id: string): string | undefined;
}

/** A memory of the last `most` signatures. */
export function signatureMemory(most = 10_000): SignatureMemory {
  const known = new Map<string, string>();
  return {
    remember(id, signature) {
      known.delete(id);
      known.set(id, signature);
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
    recall: (id) => known.get(id),
  };
}

/** The thought signature that a block brings back; `undefined`: it has none, or one of another vendor. */
export function signatureOf(block: WireBlock): string | undefined {
  const signature = textOf(carriedOf(block));
  // A client's own stand-in says no more than ours.
  return signature === UNKNOWN_SIGNATURE ? undefined : signature;
}

/** The thought signature that a block of thinking brings back for the part behind it. */
export function signatureOfNext(block: WireBlock): string | undefined {
  return block.type === "thinking" ? textOf(recordOf(carriedOf(block))["next"]) : undefined;
}

function carriedOf(block: WireBlock): unknown {
  const own = block.type === "thinking" ? textOf(block["signature"]) : undefined;
  return own === undefined ? carriedBy(block, GEMINI) : carriedIn(own, GEMINI);
}
