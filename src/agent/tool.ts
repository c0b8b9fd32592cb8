import type { Block, JsonObject } from "../model/conversation.ts";
import type { Meant } from "../text/outside.ts";
import type { Blobs, FileChange, ShellParser } from "../world.ts";
import type { Display, Question } from "./display.ts";
import type { Mode } from "./events.ts";
import type { Ports } from "./ports.ts";

/** What a tool may use. All paths it hands on are absolute. */
export interface Abilities extends Ports {
  /** The session's working folder; relative paths mean below it. */
  readonly folder: string;
  /** Folders of the workspace, `folder` first. */
  readonly roots: readonly string[];
  readonly mode: Mode;
  readonly blobs: Blobs;
  /** Hash the file had when this session last read or wrote it; `undefined`: it has not. */
  readonly seen: (path: string) => string | undefined;
  /** Whether a file that was not named in the call may be read without asking: secrets and what rules protect may not. */
  readonly mayRead: (path: string) => Promise<boolean>;
  /** What a text that was made of what tools told means in a file that holds `file`; refused, with a sentence, when that is not certain. */
  readonly meant: (text: string, file: string) => Meant;
  /** Output for the screens while the tool runs. */
  readonly print: (text: string) => void;
  /** Asks the person; rejects with the signal's reason when stopped, `undefined` when nobody can answer. */
  readonly ask: (
    questions: readonly Question[],
    signal: AbortSignal,
  ) => Promise<readonly string[] | undefined>;
}

/** What a call may touch; permission is decided on it. */
export type Reach =
  | { readonly kind: "none" }
  | { readonly kind: "read"; readonly paths: readonly string[] }
  | { readonly kind: "edit"; readonly paths: readonly string[] }
  /** `sandboxed: false`: it asks to run without the sandbox, so it may not be allowed for being in it. */
  | { readonly kind: "command"; readonly command: string; readonly sandboxed?: false }
  /** Asks the person by itself: no permission needed. */
  | { readonly kind: "talk" }
  /** The end of plan mode. */
  | { readonly kind: "plan"; readonly markdown: string };

/** What a tool that does its work itself brings. */
export interface ToolResult {
  /** For the model. */
  readonly content: string | readonly Block[];
  readonly display: Display | undefined;
  readonly failed?: boolean;
  /** Files whose present text the model now knows. */
  readonly read?: readonly { readonly path: string; readonly hash: string }[];
  /** The session's folder from now on. */
  readonly folder?: string;
}

/** What an edit would do, or why it cannot be done, as a sentence for the model. */
export type Planned =
  /** `notes`: sentences for the model, beside the standard answer. */
  | { readonly kind: "plan"; readonly changes: readonly FileChange[]; readonly notes: readonly string[] }
  | { readonly kind: "refused"; readonly reason: string };

interface Common {
  readonly name: string;
  readonly description: string;
  /** JSON Schema (2020-12 subset: type, properties, required, items, enum, minimum, description); checked before any method is called. */
  readonly input: JsonObject;
  /** The row's text behind the tool's name: a path, a pattern, a command. */
  readonly title: (input: JsonObject, folder: string) => string;
  readonly reach: (input: JsonObject, folder: string) => Reach;
  /** Called when the model begins to write a call of it: what takes time to load can be loaded meanwhile. */
  readonly prepare?: (world: { readonly shellParser: ShellParser }) => void;
}

/** A tool that does its work itself. */
export interface RunTool extends Common {
  readonly run: (input: JsonObject, abilities: Abilities, signal: AbortSignal) => Promise<ToolResult>;
}

/** A tool that only says what files should become: the loop shows, asks, journals, writes and checks. */
export interface EditTool extends Common {
  /** Not planned before its call is written whole: part of it would mean something else. */
  readonly isWholeOnly?: true;
  /** It keeps what the program does, so that errors it brings are a reason to take its change back. */
  readonly isCertain?: true;
  readonly plan: (input: JsonObject, abilities: Abilities, signal: AbortSignal) => Promise<Planned>;
}

/** An entry of the shelf `agent/tools`. */
export type Tool = RunTool | EditTool;
