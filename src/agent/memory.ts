import type { ChangedFile } from "../journal/images.ts";
import { type Conversation, listen, NO_CONVERSATION } from "./conversation.ts";
import type { SessionEvent } from "./events.ts";
import { NO_SESSION, type SessionState } from "./session.ts";
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
