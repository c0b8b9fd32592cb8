import type { ChangedFile } from "../journal/images.ts";
import type { Message } from "../model/conversation.ts";
import { type Conversation, listen, NO_CONVERSATION } from "./conversation.ts";
import type { SessionEvent } from "./events.ts";
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
  /** Calls taken up and not answered, with the files they began to change; `undefined`: nothing was begun. */
  readonly open: ReadonlyMap<
    string,
    { readonly tool: string; readonly began: readonly ChangedFile[] | undefined }
  >;
  /** Calls that failed in a row with the very same input, newest last. */
  readonly failing: { readonly key: string; readonly times: number };
  readonly inputs: ReadonlyMap<string, string>;
  readonly turn: string | undefined;
  readonly isPrimed: boolean;
}

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
    memory = learn(memory, event);
    if (event.type === "rested" && memory.open.size === 0)
      memory = withoutSealed(withoutRows(memory, rows), sealed);
  }
  const { state, conversation } = memory;
  return {
    ...memory,
    state: { ...state, rows: [...rows, ...state.rows], firstRow: state.firstRow - rows.length },
    conversation: {
      ...conversation,
      sealed: [...sealed, ...conversation.sealed],
      turnFrom: conversation.turnFrom + sealed.length,
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
  const { sealed, turnFrom } = memory.conversation;
  const count = Math.max(0, Math.min(turnFrom, sealed.length - 1));
  aside.push(...sealed.slice(0, count));
  const conversation = { ...memory.conversation, sealed: sealed.slice(count), turnFrom: turnFrom - count };
  return { ...memory, conversation };
}

/** The memory after `event`. Pure. */
export function learn(memory: Memory, event: SessionEvent): Memory {
  const next = {
    ...memory,
    state: step(memory.state, event),
    conversation: listen(memory.conversation, event),
  };
  switch (event.type) {
    case "opened":
      return { ...next, folder: event.folder };
    case "primed":
      return { ...next, isPrimed: true };
    case "started":
      return { ...next, turn: event.turn, failing: { key: "", times: 0 } };
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
        open: new Map(memory.open).set(event.call, { tool: call?.tool ?? "", began: event.files }),
      };
    }
    case "answered":
      return { ...next, ...afterAnswer(memory, event) };
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
