import type { ChangedFile } from "../journal/images.ts";
import type { Effort, Usage } from "../model/conversation.ts";
import { NO_USAGE } from "../model/conversation.ts";
import type { Failure } from "../model/failure.ts";
import type { PartVerdict } from "../permission/shell/verdict.ts";
import type { Display, Todo } from "./display.ts";
import type { Attachment, CallEnd, Delivery, Mode, RestReason } from "./events.ts";

/** One row of the conversation on a screen. `key` is stable and unique within the session. */
export type Row =
  | {
      readonly kind: "prompt";
      readonly key: string;
      readonly text: string;
      readonly attachments: readonly Attachment[];
      readonly steering: boolean;
      readonly at: number;
    }
  | {
      readonly kind: "text";
      readonly key: string;
      readonly text: string;
      readonly open: boolean;
      readonly interrupted: boolean;
    }
  | { readonly kind: "thinking"; readonly key: string; readonly text: string; readonly open: boolean }
  | CallRow
  | {
      readonly kind: "notice";
      readonly key: string;
      readonly level: "info" | "warning" | "error";
      readonly text: string;
      readonly failure?: Failure;
      readonly retry: boolean;
      /** Present while the rewind it tells of can be taken back. */
      readonly rewind?: true;
    };

/** A call of a tool on a screen. */
export interface CallRow {
  readonly kind: "call";
  readonly key: string;
  readonly call: string;
  readonly tool: string;
  readonly title: string;
  readonly input: unknown;
  /** "writing": the model is still writing the input; "pending": its turn has not come; "waiting": for the person. */
  readonly state: "writing" | "pending" | "waiting" | "running" | CallEnd;
  readonly display: Display | undefined;
  /** Output so far of a running command. */
  readonly output: string;
  readonly durationMs: number | undefined;
}

/** The key of a message's row; `n`: number of its "asked". */
export function promptKey(n: number): string {
  return `p${n}`;
}

/** The number of the "asked" that a message's row was made from. */
export function askedNumber({ key }: Extract<Row, { kind: "prompt" }>): number {
  return Number(key.slice(1));
}

/** The key of a notice's row; `n`: number of the event that it tells of. */
export function noticeKey(n: number): string {
  return `n${n}`;
}

/** The key of the row of a call that no answer brought; `n`: number of its "called". */
export function callKey(n: number): string {
  return `c${n}`;
}

/** The key of the row of one block of an answer; `answer`: number of its "requested". */
export function blockKey(answer: number, block: number): string {
  return `a${answer}.${block}`;
}

/** Whether a row is that of a block of this answer. */
export function isBlockOf(answer: number, { key }: Row): boolean {
  return key.startsWith(`a${answer}.`);
}

/** A question that waits for the person. */
export interface OpenQuestion {
  readonly question: string;
  readonly call: string;
  readonly tool: string;
  readonly title: string;
  readonly about: "permission" | "choice" | "plan";
  readonly reason: string;
  readonly display: Display;
  readonly rules: readonly string[];
  /** What each of the rules would cover, a sentence each; absent: just what is asked about. */
  readonly covers?: readonly string[];
  /** Of a command line: what is decided about each command in it. */
  readonly parts?: readonly PartVerdict[];
}

/** A message that waits for its time. */
export interface QueuedMessage {
  readonly id: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly delivery: Delivery;
}

/** A file this session changed and the person has not yet kept or undone. */
export interface ChangedPath extends ChangedFile {
  /** The changes in their order. Where one does not begin with what the last left, somebody else changed the file between. */
  readonly steps: readonly ChangedFile[];
}

/**
 * A session as a screen shows it: computed from events by `step` and from nothing else.
 * A screen may hold only the last rows: `firstRow` is the index of `rows[0]` in the whole conversation.
 */
export interface SessionState {
  readonly id: string;
  /** Number of the last event taken in. */
  readonly n: number;
  readonly title: string;
  readonly titledBy: "person" | "model" | "first-words" | undefined;
  readonly folder: string;
  readonly model: string;
  readonly effort: Effort | undefined;
  readonly mode: Mode;
  readonly status: "resting" | "working" | "waiting";
  readonly lastRest: RestReason | undefined;
  readonly firstRow: number;
  readonly rows: readonly Row[];
  readonly questions: readonly OpenQuestion[];
  readonly queue: readonly QueuedMessage[];
  readonly todos: readonly Todo[];
  readonly changed: readonly ChangedPath[];
  /** When the running retry will be tried, milliseconds since 1970. */
  readonly retryAt: number | undefined;
  readonly usage: Usage;
  /** Dollars so far; of calls with a known price only. */
  readonly cost: number;
  /** Whether some call had no known price. */
  readonly costIncomplete: boolean;
  readonly turnCost: number;
  /** Tokens of the last request's input and output: how full the context is. */
  readonly contextTokens: number;
  /** Number of the running request's event, or of its turn's before that: its blocks' rows bear it in their keys. */
  readonly answer: number;
  /** Index in the whole conversation of the first row that came after it: rows before are closed. */
  readonly answerFrom: number;
  /** The last rewind and the session before it, until the conversation goes on; `isTalk`: the conversation was rewound. */
  readonly lastRewind:
    | {
        readonly n: number;
        readonly text: string;
        readonly before: SessionState;
        readonly isTalk: boolean;
      }
    | undefined;
  /** Events of types this version does not know. */
  readonly unknownEvents: number;
}

/** What a session is before its first event. */
export const NO_SESSION: SessionState = {
  id: "",
  n: 0,
  title: "",
  titledBy: undefined,
  folder: "",
  model: "",
  effort: undefined,
  mode: "default",
  status: "resting",
  lastRest: undefined,
  firstRow: 0,
  rows: [],
  questions: [],
  queue: [],
  todos: [],
  changed: [],
  retryAt: undefined,
  usage: NO_USAGE,
  cost: 0,
  costIncomplete: false,
  turnCost: 0,
  contextTokens: 0,
  answer: 0,
  answerFrom: 0,
  lastRewind: undefined,
  unknownEvents: 0,
};
