import { type History, withFiles } from "../journal/history.ts";
import type { ChangedFile } from "../journal/images.ts";
import type { Message } from "../model/conversation.ts";
import { type Conversation, listen, NO_CONVERSATION, openCalls } from "./conversation.ts";
import type { Rewind, SessionEvent } from "./events.ts";
import { type RewindPoint, rewindPointAt, rewindPointOf } from "./rewind-points.ts";
import { NO_SESSION, type Row, type SessionState } from "./session.ts";
import { step } from "./step.ts";

/** All that a running session knows, folded from its log. */
export interface Memory {
  readonly state: SessionState;
  readonly conversation: Conversation;
  /** What this session read or wrote, with each file's hash then; the last entry of a path holds. */
  readonly read: readonly { readonly path: string; readonly hash: string }[];
  /** Where the last command ended. */
  readonly folder: string;
  /** Calls taken up and not answered, by their ids. */
  readonly open: ReadonlyMap<string, OpenCall>;
  /** Calls that failed in a row with the very same input, newest last. */
  readonly failing: { readonly key: string; readonly times: number };
  readonly inputs: ReadonlyMap<string, string>;
  readonly turn: string | undefined;
  readonly isPrimed: boolean;
  /** Rules that allow until the session is closed. */
  readonly allowed: readonly string[];
  /** When the last event happened, and the last one of the process before this; milliseconds since 1970. */
  readonly at: number;
  readonly leftAt: number | undefined;
  /** The last message of the person in the conversation, and through it all before. */
  readonly rewindPoint: RewindPoint | undefined;
  /** What was done to files. */
  readonly history: History | undefined;
  /** A rewind that was begun and has not ended. */
  readonly rewinding: Rewind | undefined;
  /** A taking back of files that was begun and has not ended. */
  readonly undoing: Undoing | undefined;
  /** What a rewind took away, until the conversation goes on. */
  readonly lastRewind: { readonly n: number; readonly before: Seen } | undefined;
}

/** A call that was taken up and has no answer yet. */
export interface OpenCall {
  readonly tool: string;
  /** The files it began to change; `undefined`: nothing was begun. */
  readonly began: readonly ChangedFile[] | undefined;
  /** The blob with what a command's workspace was before it. */
  readonly noted?: string | undefined;
  /** Whether it was stopped and has ended. */
  readonly halted?: true;
}

type Undoing = Pick<Extract<SessionEvent, { type: "undoing" }>, "files" | "wrote" | "place">;
type Seen = Pick<Memory, "read" | "folder" | "rewindPoint" | "lastRewind">;

/** The memory before the first event. */
export const NO_MEMORY: Memory = {
  state: NO_SESSION,
  conversation: NO_CONVERSATION,
  read: [],
  folder: "",
  open: new Map(),
  failing: { key: "", times: 0 },
  inputs: new Map(),
  turn: undefined,
  isPrimed: false,
  allowed: [],
  at: 0,
  leftAt: undefined,
  rewindPoint: undefined,
  history: undefined,
  rewinding: undefined,
  undoing: undefined,
  lastRewind: undefined,
};

/**
 * The memory of a whole log: what `learn` makes of the events one by one, without copying what finished turns have
 * left for every one of them.
 */
export function memoryOf(events: readonly SessionEvent[]): Memory {
  const rows: Row[] = [];
  const sealed: Message[] = [];
  let memory = NO_MEMORY;
  for (const event of events) {
    // What was set aside may be what it takes away.
    if (event.type === "rewound") memory = whole(memory, rows.splice(0), sealed.splice(0));
    memory = learn(memory, event);
    if (event.type === "rested" && isOver(memory)) memory = withoutSealed(withoutRows(memory, rows), sealed);
  }
  return whole(memory, rows, sealed);
}

/** A log that lost an event may have a call whose answer comes after its turn. */
function isOver({ open, conversation }: Memory): boolean {
  return open.size === 0 && openCalls(conversation).length === 0;
}

function whole(memory: Memory, rows: readonly Row[], sealed: readonly Message[]): Memory {
  const { state, conversation } = memory;
  return {
    ...memory,
    state: { ...state, rows: [...rows, ...state.rows], firstRow: state.firstRow - rows.length },
    conversation: {
      ...conversation,
      sealed: [...sealed, ...conversation.sealed],
      aside: conversation.aside - sealed.length,
    },
  };
}

/** No event changes a row any more once its turn is over. */
function withoutRows(memory: Memory, aside: Row[]): Memory {
  const { rows, firstRow } = memory.state;
  aside.push(...rows);
  return { ...memory, state: { ...memory.state, rows: [], firstRow: firstRow + rows.length } };
}

/** The last turn may still be taken back, and the last message is looked at. */
function withoutSealed(memory: Memory, aside: Message[]): Memory {
  const { sealed, turnFrom, aside: before } = memory.conversation;
  const count = Math.max(0, Math.min(turnFrom - before, sealed.length - 1));
  aside.push(...sealed.slice(0, count));
  const conversation = { ...memory.conversation, sealed: sealed.slice(count), aside: before + count };
  return { ...memory, conversation };
}

/** The memory after `event`. Pure. */
export function learn(memory: Memory, event: SessionEvent): Memory {
  const next = {
    ...memory,
    at: event.at,
    state: step(memory.state, event),
    conversation: listen(memory.conversation, event),
  };
  switch (event.type) {
    case "opened":
      return { ...next, folder: event.folder };
    case "resumed":
      return { ...next, leftAt: memory.at, allowed: [] };
    case "primed":
      return { ...next, isPrimed: true };
    case "ruled":
      return event.scope === "session" ? { ...next, allowed: [...memory.allowed, event.rule] } : next;
    case "asked":
      return { ...next, rewindPoint: rewindPointAt(memory, event), lastRewind: undefined };
    case "started":
      return { ...next, turn: event.turn, failing: { key: "", times: 0 }, lastRewind: undefined };
    case "rested":
      return { ...next, turn: undefined };
    case "called": {
      const open = new Map(memory.open).set(event.call, { tool: event.tool, began: undefined });
      return {
        ...next,
        open,
        inputs: new Map(memory.inputs).set(event.call, `${event.tool} ${JSON.stringify(event.input)}`),
      };
    }
    case "began": {
      const call = memory.open.get(event.call);
      return {
        ...next,
        open: new Map(memory.open).set(event.call, {
          tool: call?.tool ?? "",
          began: event.files,
          noted: event.noted,
        }),
      };
    }
    case "halted": {
      const call = memory.open.get(event.call);
      return call ? { ...next, open: new Map(memory.open).set(event.call, { ...call, halted: true }) } : next;
    }
    case "answered":
      return {
        ...next,
        ...afterAnswer(memory, event),
        history: withFiles(memory.history, event.n, event.files, event.lost),
      };
    case "undone":
      return {
        ...next,
        undoing: undefined,
        history: withFiles(memory.history, event.n, event.wrote ?? event.files.map(reversed)),
      };
    case "reviewed":
      return {
        ...next,
        undoing: undefined,
        history: withFiles(memory.history, event.n, event.wrote ?? [undoneHunk(event)]),
      };
    case "undoing":
      return { ...next, undoing: event };
    case "not-undone":
      return { ...next, undoing: undefined };
    case "rewinding":
      return { ...next, rewinding: event.rewind };
    case "not-rewound":
      return { ...next, rewinding: undefined };
    case "rewound": {
      const history = withFiles(memory.history, event.n, event.files);
      return { ...next, ...afterRewind(memory, event), history, rewinding: undefined };
    }
    default:
      return next;
  }
}

function afterAnswer(memory: Memory, event: Extract<SessionEvent, { type: "answered" }>): Partial<Memory> {
  const open = new Map(memory.open);
  open.delete(event.call);
  const inputs = new Map(memory.inputs);
  inputs.delete(event.call);
  const read = event.read.length === 0 ? memory.read : [...memory.read, ...event.read];
  const key = memory.inputs.get(event.call) ?? "";
  const times = event.end === "failed" ? (key === memory.failing.key ? memory.failing.times + 1 : 1) : 0;
  return { open, inputs, read, folder: event.folder ?? memory.folder, failing: { key, times } };
}

type Rewound = Extract<SessionEvent, { type: "rewound" }>;

function reversed(file: ChangedFile): ChangedFile {
  return { ...file, before: file.after, after: file.before };
}

function undoneHunk({ was, now }: Extract<SessionEvent, { type: "reviewed" }>): ChangedFile {
  return { ...now, before: was.after, after: now.after };
}

/** Files that were rewound alone are as if the model had never read them: what it knows of them is no longer so. */
function afterRewind(memory: Memory, event: Rewound): Partial<Memory> {
  const { read, folder, rewindPoint, lastRewind } = memory;
  const unread = [...read, ...event.files.map(({ path }) => ({ path, hash: "" }))];
  if (event.takesBack) return lastRewind?.n === event.to ? lastRewind.before : { read: unread };
  const point = event.conversation && rewindPointOf(memory, event.to);
  if (!point) return { read: unread };
  return {
    read: read.slice(0, point.reads),
    folder: point.folder,
    rewindPoint: point.earlier,
    failing: { key: "", times: 0 },
    lastRewind: { n: event.n, before: { read, folder, rewindPoint, lastRewind } },
  };
}
