import type { Blobs } from "../world.ts";
import type { ChangedFile } from "./images.ts";

/** A file that a command changed and that cannot be put back from here; `why` is the end of a sentence. */
export interface LostFile {
  /** Absolute path. */
  readonly path: string;
  readonly why: string;
  /** Where the path's links led when it was changed; absent when `path` was no link and lay behind none. */
  readonly target?: string;
}

/** What a command changed in the folders that were noted before it. */
export interface Swept {
  /** With what they were and became, in path order. */
  readonly files: readonly ChangedFile[];
  readonly lost: readonly LostFile[];
  /** Sentences on what could not be looked at. */
  readonly notes: readonly string[];
}

/** Folders that were noted. */
export interface Sweep {
  /** The blob that holds what was noted; it names all other blobs that `end` needs. */
  readonly noted: string;
  /**
   * What is different now. With `until` (milliseconds since 1970) files that were written later are none of the
   * command's: they are lost, and said. What the editor saved meanwhile is not the command's either. Ends the sweep; to be called once.
   */
  end(until: number | undefined, signal: AbortSignal): Promise<Swept>;
}

/** Finds out what a command changed, by what the files were before it. Reads only, but for what it keeps in the blobs. */
export interface Sweeps {
  /** Notes what is in the folders, nested ones once; durable when it resolves. */
  begin(roots: readonly string[], blobs: Blobs, signal: AbortSignal): Promise<Sweep>;
  /** A sweep whose process died before its end; `undefined` when what it noted is gone or not understood. */
  resume(noted: string, blobs: Blobs): Promise<Sweep | undefined>;
}
