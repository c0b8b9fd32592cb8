import { carriedIn, carriedSignature } from "../carried.ts";
import type { JsonObject } from "../conversation.ts";
import { recordOf, textOf } from "../record.ts";

/** For whom it is carried. */
export const RESPONSES_VENDOR = "openai-responses";

/**
 * Items of an answer that have to go back as they came, before the item that followed them, or the vendor refuses the
 * conversation (https://developers.openai.com/api/docs/guides/reasoning, "Keeping reasoning items in context").
 */
export interface Opaque {
  readonly items: readonly JsonObject[];
  /** `phase` of the message that followed: "commentary" or "final_answer". */
  readonly phase?: string;
}

/** The signature of a thinking block that carries them. */
export function opaqueSignature({ items, phase }: Opaque): string {
  return carriedSignature(RESPONSES_VENDOR, { items, ...(phase !== undefined && { phase }) });
}

/** What a signature carries for this vendor; `undefined`: nothing of it. */
export function opaqueIn(signature: string): Opaque | undefined {
  const carried = carriedIn(signature, RESPONSES_VENDOR);
  if (carried === undefined) return foreign(signature);
  const { items, phase } = recordOf(carried);
  const named = textOf(phase);
  return {
    items: Array.isArray(items) ? items.filter(isItem) : [],
    ...(named !== undefined && { phase: named }),
  };
}

/** Other gateways hand out the bare encrypted reasoning, a Fernet token, as the signature. */
function foreign(signature: string): Opaque | undefined {
  if (!/^gAAAA[\w-]{16,}=*$/.test(signature)) return undefined;
  return { items: [{ type: "reasoning", summary: [], encrypted_content: signature }] };
}

function isItem(value: unknown): value is JsonObject {
  return textOf(recordOf(value).type) !== undefined;
}
