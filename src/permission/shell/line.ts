/** What the analysis of a command line says, as plain values. */

/** A word of a command as its program gets it, quotes taken away. */
export interface Word {
  /** What is known of it: all of a literal, the pattern of a glob, the known beginning of an open one. */
  readonly text: string;
  /** `open`: a part of it is known only when it runs; `loose`: it may also become several words, or none. */
  readonly kind: "literal" | "glob" | "open" | "loose";
}

/** A redirect to or from a named file; copies of the first three descriptors are none. */
export interface Redirect {
  readonly as: "read" | "append" | "edit";
  readonly target: string;
}

/** `NAME=value` before a command, or on its own; `value` is undefined when it is not plain text. */
export interface Assignment {
  readonly name: string;
  readonly value: string | undefined;
}

/**
 * How a command uses a path: `list` looks at names only, `tree` reads all below, `history` prints what git keeps of files
 * below that it does not name, `mention` may be any use or none.
 */
export type UseKind = "read" | "tree" | "history" | "list" | "edit" | "append" | "create" | "mention";

/** A path that a command uses. */
export interface FileUse {
  readonly as: UseKind;
  /** Absolute. */
  readonly asked: string;
  /** With its links resolved as the system does it when the command runs. */
  readonly real: string;
  /** Whether something stands there; for `edit`. */
  readonly exists: boolean;
}

/** One program with its arguments. */
export interface Part {
  /** As it stands in the line, redirects left out; behind a wrapper only what the wrapper starts. */
  readonly command: string;
  /** Where that is in the line; of a part inside a quoted script, where the script's own command is. */
  readonly from: number;
  readonly to: number;
  readonly words: readonly Word[];
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  /** Folders that may be current there; `undefined`: not known. */
  readonly folders: readonly string[] | undefined;
  /** Whether it reads what another command, or a text in the line, gives it. */
  readonly isFed: boolean;
  /** What starts it and asks by itself, as a sentence; `undefined`: nothing that does. */
  readonly caution: string | undefined;
}

/** A part with the files it uses. */
export interface SettledPart extends Part {
  readonly uses: readonly FileUse[];
  /** Whether the program can be shown only to read what is in `uses`. */
  readonly isReading: boolean;
  /** Whether it only makes what `uses` says: a folder, a file, a copy of its input. */
  readonly isWriting: boolean;
  /** Why it is not one of those two; "" when it is. */
  readonly why: string;
}

/** A command line taken apart, or why it is not understood, as the end of a sentence. */
export type Line =
  | { readonly kind: "understood"; readonly parts: readonly SettledPart[] }
  | { readonly kind: "obscure"; readonly why: string };
