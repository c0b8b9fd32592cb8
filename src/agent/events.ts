import type { ChangedFile } from "../journal/images.ts";
import type { LostFile } from "../journal/sweep.ts";
import type { Answer, Block, Effort, ToolSpec, Usage } from "../model/conversation.ts";
import type { Failure } from "../model/failure.ts";
import type { PartVerdict } from "../permission/shell/verdict.ts";
import type { Display } from "./display.ts";
import type { ChangedPath, SessionState } from "./session.ts";

/** How a session treats calls that would change something. */
export type Mode = "default" | "acceptEdits" | "plan" | "bypassPermissions";
/** All modes, the most careful first but for `plan`. */
export const MODES: readonly Mode[] = ["default", "acceptEdits", "plan", "bypassPermissions"];

/** When a message typed during work reaches the model: after the running step, or when the turn is done. */
export type Delivery = "step" | "rest";

/** What is sent along with a message. */
export type Attachment =
  | { readonly kind: "image"; readonly name: string; readonly mediaType: string; readonly data: string }
  /** A file or folder named with @; `text` is what was read when it was sent. */
  | { readonly kind: "file"; readonly path: string; readonly text: string }
  /** The editor's selection, with its lines from 1, inclusive; without lines the open file, which is only named. */
  | {
      readonly kind: "selection";
      readonly path: string;
      readonly from?: number;
      readonly to?: number;
      readonly text: string;
    };

/** How a call ended; "unknown": it may have run. */
export type CallEnd = "done" | "failed" | "denied" | "interrupted" | "unknown";

/** What the person says to a permission question. */
export type Reply =
  | { readonly kind: "allow" }
  /** Allows, and writes `rule`, which was shown, to the user's settings. */
  | { readonly kind: "always"; readonly rule: string }
  /** Allows, and what `rule`, which was shown, covers until the session is closed; nothing is written to settings. */
  | { readonly kind: "session"; readonly rule: string }
  | { readonly kind: "deny"; readonly words?: string }
  /** Answers to the model's questions, one for each. */
  | { readonly kind: "answers"; readonly answers: readonly string[] };

/** A text that the person wrote over a proposed one. */
export interface EditedProposal {
  readonly path: string;
  readonly text: string;
}

/** Why a turn ended; "stopped": by the person, "closed": its process ended before it, or it goes on elsewhere. */
export type RestReason = "done" | "stopped" | "closed" | "failed" | "refused" | "limit" | "looping";

/** A way back to just before a message of the person, or out of such a way. */
export interface Rewind {
  /** Number of the message's "asked"; with `takesBack`, of the "rewound" that is taken back. */
  readonly to: number;
  readonly takesBack?: true;
  /** The message. */
  readonly text: string;
  /** What it does to files. */
  readonly files: readonly ChangedFile[];
  /** Those of their changes that wait for a decision afterwards. */
  readonly changed: readonly ChangedPath[];
  /** Files that were left as they are, though they were another thing then. */
  readonly left: readonly string[];
  /** What the conversation was; absent: it is left. Of a rewind that is taken back, it is known already. */
  readonly conversation?: Pick<SessionState, "todos" | "contextTokens" | "lastRest"> & {
    /** Index in the whole conversation of the first row that goes. */
    readonly row: number;
  };
}

/** A decision on one place of a change: of the change that led from `was.before` to `was.after`, `now` is left. */
export interface ReviewedPlace {
  readonly verdict: "keep" | "undo";
  readonly was: { readonly before: string | undefined; readonly after: string | undefined };
  readonly now: ChangedFile;
}

/** What happened, without number and time. Nothing here is ever changed once a version with it is out. */
export type EventBody =
  /** First of every log. */
  | {
      readonly type: "opened";
      readonly format: 1;
      readonly id: string;
      readonly folder: string;
      readonly model: string;
      readonly effort: Effort | undefined;
      readonly mode: Mode;
      readonly host: string;
      readonly version: string;
      readonly forkedFrom?: { readonly id: string; readonly n: number };
    }
  /** A process took up the session; calls left open before were answered just after. */
  | { readonly type: "resumed"; readonly host: string; readonly version: string }
  /** The rendered beginning of every request, frozen here. */
  | { readonly type: "primed"; readonly system: string; readonly tools: readonly ToolSpec[] }
  | { readonly type: "titled"; readonly title: string; readonly by: "person" | "model" | "first-words" }
  | { readonly type: "configured"; readonly model?: string; readonly effort?: Effort; readonly mode?: Mode }
  /** A word of the house to the model, at the end of the conversation. */
  | { readonly type: "noted"; readonly text: string }
  | {
      readonly type: "queued";
      readonly id: string;
      readonly text: string;
      readonly attachments: readonly Attachment[];
      readonly delivery: Delivery;
    }
  | { readonly type: "requeued"; readonly id: string; readonly text: string; readonly delivery: Delivery }
  | { readonly type: "unqueued"; readonly id: string }
  /** A message reached the conversation; `content` is what the model reads, `id` that of the queue. */
  | {
      readonly type: "asked";
      readonly id: string;
      readonly text: string;
      readonly attachments: readonly Attachment[];
      readonly content: readonly Block[];
      readonly steering: boolean;
    }
  | { readonly type: "started"; readonly turn: string }
  /** A model call has begun. */
  | { readonly type: "requested"; readonly model: string; readonly provider: string }
  /** More of a block of the running answer: text, thinking, or raw input of a call (`name` at its first). */
  | {
      readonly type: "streamed";
      readonly block: number;
      readonly kind: "text" | "thinking" | "call";
      readonly text: string;
      readonly name?: string;
      readonly id?: string;
    }
  /** The whole answer, which replaces what was streamed. `cost` in dollars, `undefined` when the price is not known. */
  | {
      readonly type: "said";
      readonly answer: Answer;
      readonly cost: number | undefined;
      readonly durationMs: number;
    }
  /** The answer broke off: `text` is what remains. */
  | {
      readonly type: "broke";
      readonly failure: Failure;
      readonly text: string;
      readonly usage: Usage;
      readonly cost: number | undefined;
      readonly durationMs: number;
    }
  | {
      readonly type: "retrying";
      readonly failure: Failure;
      readonly attempt: number;
      readonly waitMs: number;
      readonly text: string;
    }
  /** Preserved thinking was refused once: from here on none is sent. */
  | { readonly type: "forgot-thinking" }
  /** A call of the model was taken up. `title` is its row on every screen. */
  | {
      readonly type: "called";
      readonly call: string;
      readonly tool: string;
      readonly title: string;
      readonly input: unknown;
    }
  /** Waits for the person. `rules`: what "Allow always" may write; none: not offered. */
  | {
      readonly type: "questioned";
      readonly question: string;
      readonly call: string;
      readonly about: "permission" | "choice" | "plan";
      readonly reason: string;
      readonly display: Display;
      readonly rules: readonly string[];
      /** What each of the rules would cover, a sentence each; absent: just what is asked about. */
      readonly covers?: readonly string[];
      /** Of a command line: what is decided about each command in it. */
      readonly parts?: readonly PartVerdict[];
    }
  | {
      readonly type: "replied";
      readonly question: string;
      readonly call: string;
      readonly reply: Reply;
      readonly by: "person" | "nobody" | "stop";
    }
  /**
   * The intent of a side effect, durable before it: after a crash, a call begun and not answered may have run.
   * `noted`: the blob that says what the workspace was before a command.
   */
  | {
      readonly type: "began";
      readonly call: string;
      readonly files: readonly ChangedFile[];
      readonly noted?: string;
    }
  /** A command that was stopped has ended; what it changed is still looked for. */
  | { readonly type: "halted"; readonly call: string }
  | { readonly type: "printed"; readonly call: string; readonly text: string }
  | {
      readonly type: "answered";
      readonly call: string;
      readonly end: CallEnd;
      readonly content: string | readonly Block[];
      readonly display: Display | undefined;
      readonly files: readonly ChangedFile[];
      /** Files it changed that cannot be taken back. */
      readonly lost?: readonly LostFile[];
      readonly read: readonly { readonly path: string; readonly hash: string }[];
      readonly folder?: string;
      readonly durationMs: number;
    }
  /** The person kept changes, or took them back; `paths` are all they covered. */
  | { readonly type: "kept"; readonly paths: readonly string[] }
  | {
      readonly type: "undone";
      readonly files: readonly ChangedFile[];
      /** What was written for it. */
      readonly wrote?: readonly ChangedFile[];
    }
  /** The intent of taking back files, or one place of one, durable before they are written: what "undone", or "reviewed", is to say. */
  | {
      readonly type: "undoing";
      readonly files: readonly ChangedFile[];
      readonly wrote: readonly ChangedFile[];
      readonly place?: ReviewedPlace;
    }
  /** A taking back that was begun came to nothing; all is as it was before it. */
  | { readonly type: "not-undone"; readonly text: string }
  /** The person decided on one place of a change. */
  | ({
      readonly type: "reviewed";
      /** What was written for it. */
      readonly wrote?: readonly ChangedFile[];
    } & ReviewedPlace)
  /** The intent of a rewind that writes files, durable before it. */
  | { readonly type: "rewinding"; readonly rewind: Rewind }
  /** The session is again as it was just before a message, in its files, its conversation or both. */
  | ({ readonly type: "rewound" } & Rewind)
  /** A rewind that was begun came to nothing; all is as it was before it. */
  | { readonly type: "not-rewound"; readonly text: string }
  /** `scope`: it holds until the session is closed, and is in no settings; absent: it was written to the person's. */
  | {
      readonly type: "ruled";
      readonly rule: string;
      readonly effect: "allow";
      readonly scope?: "session";
    }
  /** The turn is over. `text`: what the person should know about how it ended. */
  | {
      readonly type: "rested";
      readonly reason: RestReason;
      readonly failure?: Failure;
      readonly text?: string;
    }
  /** Something the person should know that is no part of the conversation. */
  | { readonly type: "warned"; readonly text: string };

/** One record of a session's log. `n` counts from 1 without gaps; `at` is milliseconds since 1970. */
export type SessionEvent = { readonly n: number; readonly at: number } & EventBody;

/** Everything a person can do to a session, from any screen. */
export type Command =
  /** Starts a turn, or is queued while one runs. */
  | {
      readonly type: "ask";
      readonly text: string;
      readonly attachments: readonly Attachment[];
      readonly delivery?: Delivery;
    }
  | { readonly type: "requeue"; readonly id: string; readonly text: string; readonly delivery: Delivery }
  | { readonly type: "unqueue"; readonly id: string }
  | { readonly type: "stop" }
  /** Tries again what failed. */
  | { readonly type: "retry" }
  /** `edited`: with a reply that allows, what the person made of the proposal; the log has it in the files that are written. */
  | {
      readonly type: "reply";
      readonly question: string;
      readonly reply: Reply;
      readonly edited?: readonly EditedProposal[];
    }
  | { readonly type: "configure"; readonly model?: string; readonly effort?: Effort; readonly mode?: Mode }
  | { readonly type: "title"; readonly title: string }
  /** All changed files when `paths` is absent. */
  | { readonly type: "keep"; readonly paths?: readonly string[] }
  | { readonly type: "undo"; readonly paths?: readonly string[] }
  /** One place (hunk, from 0) of the change of `path` that led from one text to the other (by their hashes). */
  | {
      readonly type: "review";
      readonly verdict: "keep" | "undo";
      readonly path: string;
      readonly before: string | undefined;
      readonly after: string | undefined;
      readonly hunk: number;
    }
  /** Back to just before a message: `to` is the number of its "asked". Not while a turn runs. */
  | ({ readonly type: "rewind" } & RewindChoice)
  /** Takes back the last rewind, as long as nothing was said since; `edited`: files that go back although the person edited them since. */
  | { readonly type: "takeBackRewind"; readonly edited?: readonly string[] };

/** What a rewind is to do. */
export interface RewindChoice {
  readonly to: number;
  readonly files: boolean;
  readonly conversation: boolean;
  /** Paths of files that go back although the person edited them since. */
  readonly edited?: readonly string[];
  /** Paths of files that stay as they are. */
  readonly without?: readonly string[];
}
