/**
 * What more than one room asks of the outside. Hosts (`node/`, `vscode/`) implement these; `test/contract` holds
 * every implementation to the same sentences.
 */

/** How a text is kept on disk. All of it survives an edit. */
export interface TextForm {
  /** Name of the encoding as iconv-lite knows it, lower case: "utf8", "utf16le", "utf16be", "win1252", "gbk", "shift_jis". */
  readonly encoding: string;
  /** Whether a byte order mark stands before the text. */
  readonly bom: boolean;
}

/** What was found at a path. `hash` is SHA-256 (hex) of the bytes, or of `text` as UTF-8 when it is unsaved. */
export type Found =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly form: TextForm;
      readonly hash: string;
      readonly unsaved: boolean;
    }
  | { readonly kind: "binary"; readonly size: number; readonly hash: string; readonly why: string }
  | { readonly kind: "folder" }
  | { readonly kind: "absent" }
  | { readonly kind: "failed"; readonly reason: string };

/** One file of a change. `before`/`after` are whole texts; `undefined` is "no such file". */
export interface FileChange {
  /** Absolute path. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** How the text is encoded on disk; a new file is UTF-8 without mark. "binary": each byte is the character of its number. */
  readonly form: TextForm;
  /** Permission bits of a file that is made, where the system has such. */
  readonly mode?: number;
  /** Where the path's links led when the change was allowed; led elsewhere now, it is stale. */
  readonly target?: string;
}

/** What came of writing. */
export type Written =
  /** All files hold what was asked, read back and compared. `formatted` names files the editor changed further on save, with their text now. */
  | {
      readonly kind: "written";
      readonly formatted: readonly { readonly path: string; readonly text: string }[];
    }
  /** Nothing was written: the file is no longer as `before` says. */
  | { readonly kind: "stale"; readonly path: string }
  /** Nothing was written, or what was written has been put back. */
  | { readonly kind: "failed"; readonly path: string; readonly reason: string };

/** What stands at a path. */
export interface Entry {
  readonly path: string;
  readonly kind: "file" | "folder" | "link" | "other";
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** How many names (hard links) the file has; absent when that is not known. */
  readonly names?: number;
  /** Permission bits, where the system has such. */
  readonly mode?: number;
}

/** The files a session works on. Paths are absolute. Unsaved text in an editor is the truth. */
export interface Files {
  read(path: string, signal: AbortSignal): Promise<Found>;
  /** The bytes on disk; `undefined` when there is no such file. Rejects with a sentence when it cannot be read. */
  bytes(path: string, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /** Checks every `before`, then writes all files or none; once writing has begun it is finished or put back. */
  write(changes: readonly FileChange[], signal: AbortSignal): Promise<Written>;
  /** What stands at the path itself, links not followed; `undefined` when nothing does. */
  entry(path: string): Promise<Entry | undefined>;
  /** Children of a folder in name order; empty when it is not one. */
  list(path: string): Promise<readonly Entry[]>;
  /** Absolute paths of files whose text in an editor is not saved; absent: there is no editor. */
  unsaved?(): readonly string[];
  /** Removes from a folder what a process of ours left half written when it died; never anything else. */
  sweep(folder: string): Promise<void>;
  /** The path with every link in its existing part resolved; the part that does not exist is kept as it is. */
  resolve(path: string): Promise<string>;
}

/** A command to run. */
export interface CommandRun {
  readonly command: string;
  /** Absolute folder to start in. */
  readonly folder: string;
  readonly timeoutMs: number;
  /** Called with output as it comes, terminal escapes already removed. */
  readonly onOutput: (text: string) => void;
  /**
   * `true`: in the sandbox or not at all; `false`: outside, which the person has allowed for this one; `undefined`: in
   * the sandbox where the settings want one and there is one.
   */
  readonly sandboxed?: boolean;
}

/** How a command ended. */
export interface CommandEnd {
  /** Both streams as they came, without terminal escapes; at most `SHELL_OUTPUT_LIMIT` UTF-16 units, the middle cut. */
  readonly output: string;
  /** How many UTF-16 units were left out of the middle; absent when none were. */
  readonly missing?: number;
  /** `undefined` when it was killed. */
  readonly exitCode: number | undefined;
  readonly ended: "exit" | "timeout" | "stopped" | "failed";
  /** Where the shell stood at its end; `undefined` when not known. */
  readonly folder: string | undefined;
  /** Why it could not be started, when `ended` is "failed". */
  readonly reason?: string;
  /** Present when it ran in the sandbox. */
  readonly sandboxed?: true;
  /** What the sandbox refused or moved aside, as far as it can be told: sentences for the person and the model. */
  readonly blocked?: readonly string[];
}

/**
 * What commands are kept in: "full" keeps files, secrets and network, "files" does not keep all of these, "none" nothing.
 * `why`: a sentence for people, with what is missing and what would help.
 */
export interface SandboxState {
  readonly level: "full" | "files" | "none";
  readonly why: string;
}

/** Runs each command in a fresh shell. The whole process tree is gone when `run` resolves. */
export interface Shell {
  /** Name shown to people and the model: "bash", "sh", "pwsh". */
  readonly name: string;
  /** What a command that is run now would be kept in. The first call tries it out; rejects with the signal's reason. */
  sandbox(signal: AbortSignal): Promise<SandboxState>;
  run(run: CommandRun, signal: AbortSignal): Promise<CommandEnd>;
}

/** What to search for, in ripgrep's regular expressions. */
export interface SearchQuery {
  readonly pattern: string;
  /** Absolute file or folder. */
  readonly path: string;
  readonly glob?: string;
  /** Globs in .gitignore's manner of what is not even opened, in any case of letters; they do not touch a file that `path` names. */
  readonly exclude?: readonly string[];
  /** The same, letters as they are. */
  readonly hidden?: readonly string[];
  readonly type?: string;
  readonly ignoreCase?: boolean;
  readonly multiline?: boolean;
  readonly before?: number;
  readonly after?: number;
}

/** A line that was found, or one beside it. */
export interface SearchLine {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly kind: "match" | "context";
}

/** What a search found; `cut`: there was more. */
export type SearchResult =
  | { readonly kind: "lines"; readonly lines: readonly SearchLine[]; readonly cut: boolean }
  | { readonly kind: "failed"; readonly reason: string };

/** Text and file search (ripgrep). Ignore files are honoured; links are not followed. */
export interface Search {
  /** At most `limit` lines, in path order. */
  text(query: SearchQuery, limit: number, signal: AbortSignal): Promise<SearchResult>;
  /** Absolute paths of files below `folder` in path order; hidden ones too, ignored ones not; at most `limit`. */
  files(folder: string, limit: number, signal: AbortSignal): Promise<readonly string[]>;
  /** Absolute paths of files of that name below `folder`, hidden and ignored ones too, in any order; at most `limit`. */
  named(name: string, folder: string, limit: number, signal: AbortSignal): Promise<readonly string[]>;
}

/** One problem; line and column count from 1. */
export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  readonly source?: string;
}

/** What compilers and linters of the host say about files. */
export interface Problems {
  /** Whether this host has any source of problems at all. */
  readonly available: boolean;
  /** Problems of the given files, or of all when empty. Waits until the host's checkers have settled on the present text. */
  of(paths: readonly string[], signal: AbortSignal): Promise<readonly Problem[]>;
}

/** One declaration. */
export interface SymbolEntry {
  readonly name: string;
  /** "class", "function", "method", "interface", "type", "enum", "constant", "variable", "module". */
  readonly kind: string;
  /** Lines from 1, inclusive. */
  readonly line: number;
  readonly endLine: number;
  readonly depth: number;
}

/** The declarations of a text; `damaged`: it has syntax errors, so some may be missing. */
export type Outline =
  | {
      readonly kind: "symbols";
      readonly language: string;
      readonly symbols: readonly SymbolEntry[];
      readonly damaged: boolean;
    }
  | { readonly kind: "unsupported" }
  | { readonly kind: "failed"; readonly reason: string };

/** Declarations of a source text, by tree-sitter. */
export interface Outliner {
  outline(path: string, text: string, signal: AbortSignal): Promise<Outline>;
}

/** A node of a parsed command line; `from` and `to` are offsets into it, `isNamed` is false for signs and keywords. */
export interface ShellNode {
  /** As the grammar tree-sitter-bash 0.25 calls it. */
  readonly type: string;
  readonly isNamed: boolean;
  readonly from: number;
  readonly to: number;
  readonly children: readonly ShellNode[];
}

/** A command line as a tree; `failed`: it could not be parsed whole, the reason as the end of a sentence. */
export type ShellTree =
  | { readonly kind: "tree"; readonly root: ShellNode }
  | { readonly kind: "failed"; readonly reason: string };

/** Parses command lines as bash reads them, by tree-sitter; what is long, deep, slow or has an error fails. */
export interface ShellParser {
  /** Gets ready for a command that is about to come, so that its parsing does not wait for the grammar. */
  warm(): void;
  parse(command: string, signal: AbortSignal): Promise<ShellTree>;
}

/** Immutable bytes by content, of one session: before-images, images, long results. */
export interface Blobs {
  /** Durable when it resolves; answers the SHA-256 (hex). */
  put(bytes: Uint8Array): Promise<string>;
  get(hash: string): Promise<Uint8Array | undefined>;
  /** An absolute path under which the model may read this text. */
  keep(name: string, text: string): Promise<string>;
}

/** Time and chance. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after the time; rejects with the signal's reason. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** A new random identifier: 12 lower-case letters and digits. */
  id(): string;
}
