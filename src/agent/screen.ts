import type { ModelInfo } from "../model/provider.ts";
import type { Attachment, Command, SessionEvent } from "./events.ts";
import type { Row, SessionState } from "./session.ts";

/** One line of the history list. */
export interface SessionSummary {
  readonly id: string;
  readonly title: string;
  readonly folder: string;
  readonly model: string;
  /** Milliseconds since 1970 of the last event. */
  readonly at: number;
  /** Dollars. */
  readonly cost: number;
  readonly prompts: number;
  /** "live": open in this process; "elsewhere": in another one. */
  readonly open: "live" | "elsewhere" | undefined;
}

/** What a rewind of the files to just before a message would do, for a person to decide on. */
export interface RewindPreview {
  /** Number of the message's "asked". */
  readonly to: number;
  /** Which message of the conversation it is, from 1. */
  readonly number: number;
  readonly text: string;
  /** `edited`: somebody else changed it since the session did, so it is left as it is unless chosen. */
  readonly files: readonly {
    readonly path: string;
    readonly change: "changed" | "created" | "removed";
    readonly edited: boolean;
    /** Lines that would come and go; none of what is no text. */
    readonly added: number;
    readonly removed: number;
  }[];
  /** Files that cannot be restored, with the reason. */
  readonly stuck: readonly { readonly path: string; readonly why: string }[];
}

/** One suggestion while a message is typed. */
export interface Completion {
  readonly kind: "file" | "folder" | "command";
  /** What is inserted. */
  readonly insert: string;
  readonly label: string;
  readonly detail: string;
}

/** What the editor shows just now, offered as context. */
export interface EditorContext {
  readonly path: string;
  /** Path as shown, relative to the workspace. */
  readonly label: string;
  /** Selected lines from 1, inclusive; absent: the whole file is meant. */
  readonly from?: number;
  readonly to?: number;
}

/** Host to screen, in order over one channel. */
export type ToScreen =
  /** Replaces everything: sent after "ready" and on a change of session; `state.rows` are the last ones. */
  | { readonly type: "snapshot"; readonly state: SessionState; readonly readOnly: string | undefined }
  /** What came after the screen's `state.n`, to be taken in by `step`. */
  | { readonly type: "events"; readonly events: readonly SessionEvent[] }
  /** Earlier rows, asked for. */
  | { readonly type: "rows"; readonly from: number; readonly rows: readonly Row[] }
  | { readonly type: "models"; readonly models: readonly ModelInfo[]; readonly bypassAllowed: boolean }
  /** What is known of providers' keys, by the provider's name; of those that are well, nothing. */
  | { readonly type: "health"; readonly health: Readonly<Record<string, string>> }
  | { readonly type: "sessions"; readonly sessions: readonly SessionSummary[] }
  | { readonly type: "completions"; readonly request: number; readonly items: readonly Completion[] }
  | { readonly type: "context"; readonly context: EditorContext | undefined }
  /** Text to put into the message box: a quoted selection, a prompt from a command. `send`: at once. */
  | {
      readonly type: "draft";
      readonly text: string;
      readonly attachments: readonly Attachment[];
      readonly send: boolean;
    }
  | { readonly type: "focus" }
  | { readonly type: "rewindPreview"; readonly preview: RewindPreview }
  /** Bytes of an image display, base64. */
  | { readonly type: "blob"; readonly hash: string; readonly mediaType: string; readonly data: string }
  /** A command was refused; the sentence says why. */
  | { readonly type: "refused"; readonly reason: string };

/** Screen to host. */
export type FromScreen =
  | { readonly type: "ready" }
  | {
      readonly type: "command";
      readonly command: Command /** Whether to add the editor's context to an "ask". */;
      readonly withContext?: boolean;
    }
  | { readonly type: "rows"; readonly from: number; readonly to: number }
  | { readonly type: "complete"; readonly request: number; readonly query: string }
  | { readonly type: "newSession" }
  /** What a rewind to just before that message would do; `to` is the number of its "asked", as `before` and `from` are. */
  | { readonly type: "previewRewind"; readonly to: number }
  /** A new session that knows what came before that message. */
  | { readonly type: "forkSession"; readonly before: number }
  /** Shows how files differ between two messages; without `to` between one and now. */
  | { readonly type: "comparePoints"; readonly from: number; readonly to?: number }
  | { readonly type: "openSession"; readonly id: string }
  | { readonly type: "listSessions"; readonly search: string }
  | { readonly type: "renameSession"; readonly id: string; readonly title: string }
  | { readonly type: "deleteSession"; readonly id: string }
  | { readonly type: "exportSession"; readonly id: string; readonly format: "markdown" | "json" }
  /** Opens a file in the editor, without taking the focus. */
  | { readonly type: "openFile"; readonly path: string; readonly line?: number }
  /** Shows a changed file (or a proposal awaiting an answer) in the editor's diff. */
  | { readonly type: "review"; readonly path: string }
  | { readonly type: "reviewAll" }
  | { readonly type: "copy"; readonly text: string }
  | { readonly type: "insert"; readonly text: string }
  | { readonly type: "newFile"; readonly text: string; readonly language: string }
  | { readonly type: "openLink"; readonly url: string }
  | { readonly type: "blob"; readonly hash: string; readonly mediaType: string }
  | { readonly type: "attach" }
  | { readonly type: "setKey" }
  | { readonly type: "openFolder" };
