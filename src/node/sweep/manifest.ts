import type { GitFolder } from "./git-folder.ts";
import type { ListedFolder } from "./listed-folder.ts";

/** What was noted before a command, as it is kept for the time after a crash. */
export interface Manifest {
  readonly format: 2;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly parts: readonly (GitFolder | ListedFolder)[];
  /** Sentences on what was not noted. */
  readonly notes: readonly string[];
}

/** A manifest as bytes. */
export function manifestBytes(manifest: Manifest): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(manifest));
}

/** The manifest in the bytes of a blob, which its hash vouches for; `undefined` when it is none that this version understands. */
export function manifestIn(bytes: Uint8Array): Manifest | undefined {
  const value = jsonIn(bytes);
  const isKnown = typeof value === "object" && value !== null && "format" in value && value.format === 2;
  return isKnown ? (value as Manifest) : undefined;
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
