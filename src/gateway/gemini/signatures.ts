import { carriedIn, carriedSignature } from "../../model/carried.ts";

const GEMINI = "gemini";
/** How a signature of another vendor begins when it travels as a thought signature, which is base64. */
const FOREIGN = "wheelhouse:";

/** The signature of a thinking block for a thought signature of a client: Gemini's own, or another vendor's that it took with it. */
export function signatureFor(thoughtSignature: string): string {
  return foreignIn(thoughtSignature) ?? carriedSignature(GEMINI, thoughtSignature);
}

/** Whether a thought signature of a client is another vendor's that travelled as one. */
export function isForeign(thoughtSignature: string): boolean {
  return foreignIn(thoughtSignature) !== undefined;
}

/** The thought signature that a client gets for the signature of a thinking block; `undefined`: there is none. */
export function thoughtSignatureFor(signature: string): string | undefined {
  if (signature === "") return undefined;
  const carried = carriedIn(signature, GEMINI);
  if (typeof carried === "string") return carried === "" ? undefined : carried;
  let binary = "";
  for (const byte of new TextEncoder().encode(FOREIGN + signature)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function foreignIn(thoughtSignature: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(thoughtSignature), (it) => it.charCodeAt(0));
    const text = new TextDecoder().decode(bytes);
    return text.startsWith(FOREIGN) ? text.slice(FOREIGN.length) : undefined;
  } catch {
    // No base64: then it cannot be one that we made.
    return undefined;
  }
}
