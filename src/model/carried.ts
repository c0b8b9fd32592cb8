import type { Json, JsonObject } from "./conversation.ts";
import type { WireBlock } from "./messages.ts";
import { recordOf } from "./record.ts";

/**
 * What one vendor wants back verbatim and the Messages API has no word for (reasoning items, thought signatures): it
 * travels as the signature of a thinking block, which every client sends back as it came, or in the member
 * `CARRIED_MEMBER` of another block, which some clients drop. Only the wire of the same vendor reads it; all others
 * leave it out.
 */
const MARK = "wheelhouse.";

/** Member of a block in which something is carried: `{vendor, data}`. */
export const CARRIED_MEMBER = "wheelhouse_carried";

/** A signature that carries `data` for a vendor. */
export function carriedSignature(vendor: string, data: Json): string {
  const bytes = new TextEncoder().encode(JSON.stringify(data));
  return `${MARK}${vendor}.${base64Of(bytes)}`;
}

/** What a signature carries for a vendor; `undefined` when it is none of ours, another vendor's or damaged. */
export function carriedIn(signature: string, vendor: string): Json | undefined {
  const prefix = `${MARK}${vendor}.`;
  if (!signature.startsWith(prefix)) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytesOf(signature.slice(prefix.length)))) as Json;
  } catch {
    // A client that cuts signatures: then there is nothing to give back.
    return undefined;
  }
}

/** Whether a signature carries something of ours, for whichever vendor. */
export function isCarried(signature: string): boolean {
  return signature.startsWith(MARK);
}

/** A block that carries `data` for a vendor. */
export function carrying(block: WireBlock, vendor: string, data: Json): WireBlock {
  return { ...block, [CARRIED_MEMBER]: { vendor, data } };
}

/** What a block carries for a vendor in its member. */
export function carriedBy(block: WireBlock, vendor: string): Json | undefined {
  const it = recordOf(block[CARRIED_MEMBER]);
  return it.vendor === vendor ? (it.data as Json) : undefined;
}

/** Whether a text, such as a whole body, may hold something carried. */
export function mayCarry(text: string): boolean {
  return text.includes(MARK) || text.includes(CARRIED_MEMBER);
}

/** A block without what is carried in its member. */
export function withoutCarried(block: WireBlock): WireBlock {
  if (!(CARRIED_MEMBER in block)) return block;
  const { [CARRIED_MEMBER]: _, ...own } = block as JsonObject;
  return own as WireBlock;
}

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (const it of bytes) text += String.fromCharCode(it);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytesOf(text: string): Uint8Array {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (it) => it.charCodeAt(0));
}
