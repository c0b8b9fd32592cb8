import type {
  Block,
  Message,
  TextBlock,
  ToolResultBlock,
  ToolSpec,
  ToolUseBlock,
} from "../model/conversation.ts";
import type { SessionEvent } from "./events.ts";

type Event<T extends SessionEvent["type"]> = Extract<SessionEvent, { type: T }>;

/**
 * What the model has been told and has said, derived from the log. `sealed` only ever grows at its end
 * (but for a declined turn, which is cut off again): prompt caches and preserved thinking demand it
 * (Anthropic documentation, "Extended thinking", preserving thinking blocks).
 */
export interface Conversation {
  readonly system: string;
  readonly tools: readonly ToolSpec[];
  readonly withoutThinking: boolean;
  readonly sealed: readonly Message[];
  /** Calls of the last answer, in its order, and their results so far. */
  readonly calls: readonly ToolUseBlock[];
  readonly results: ReadonlyMap<string, ToolResultBlock>;
  /** What the person has said since the last answer. */
  readonly asked: readonly Block[];
  /** Words of the house since the last answer. */
  readonly notes: readonly string[];
  /** Text of an answer that broke off and was not tried again yet. */
  readonly partial: string;
  /** A turn ended without an answer to what stands in `asked` and `results`. */
  readonly unanswered: boolean;
  /** Length of `sealed` when the turn began. */
  readonly turnFrom: number;
}

export const NO_CONVERSATION: Conversation = {
  system: "",
  tools: [],
  withoutThinking: false,
  sealed: [],
  calls: [],
  results: new Map(),
  asked: [],
  notes: [],
  partial: "",
  unanswered: false,
  turnFrom: 0,
};

/** Stands for an answer that never came, since two messages of one side may not follow each other. */
const NO_ANSWER = "(No answer: this turn was stopped before one.)";
const INTERRUPTED = "(Interrupted here.)";
const DECLINED =
  "The request before this one was declined by the model's provider and taken out of the conversation. Files it had changed stay changed.";

/** The conversation after `event`. Pure. */
export function listen(conversation: Conversation, event: SessionEvent): Conversation {
  switch (event.type) {
    case "primed":
      return { ...conversation, system: event.system, tools: event.tools };
    case "forgot-thinking":
      return { ...conversation, withoutThinking: true };
    case "noted":
      return { ...conversation, notes: [...conversation.notes, event.text] };
    case "asked":
      return asked(conversation, event);
    case "requested":
      return { ...conversation, partial: "" };
    case "said":
      return said(conversation, event);
    case "broke":
      return { ...conversation, partial: event.text };
    case "answered":
      return answered(conversation, event);
    case "rested":
      return rested(conversation, event);
    default:
      return conversation;
  }
}

/** The messages of the next request. */
export function messagesOf(conversation: Conversation): readonly Message[] {
  return [...conversation.sealed, ...openMessages(conversation)];
}

/** Calls that still need a result before anything can be sent. */
export function openCalls(conversation: Conversation): readonly ToolUseBlock[] {
  return conversation.calls.filter((it) => !conversation.results.has(it.id));
}

/** Results come first in their message, in the order of the calls; system messages only after a message of the user. */
function openMessages({ calls, results, asked, notes }: Conversation): Message[] {
  const answers = calls.flatMap((it) => results.get(it.id) ?? []);
  const user: Block[] = [...answers, ...asked];
  if (user.length === 0) return [];
  const messages: Message[] = [{ role: "user", content: user }];
  return notes.length === 0 ? messages : [...messages, { role: "system", content: notes.map(textBlock) }];
}

function textBlock(text: string): TextBlock {
  return { type: "text", text };
}

function seal(conversation: Conversation, answer: readonly Block[]): Conversation {
  const open = openMessages(conversation);
  return {
    ...conversation,
    sealed: [...conversation.sealed, ...open, { role: "assistant", content: answer }],
    calls: answer.filter((it) => it.type === "tool_use"),
    results: new Map(),
    asked: [],
    notes: open.length === 0 ? conversation.notes : [],
    partial: "",
    unanswered: false,
  };
}

function asked(conversation: Conversation, event: Event<"asked">): Conversation {
  const ready = conversation.unanswered ? seal(conversation, [textBlock(NO_ANSWER)]) : conversation;
  const from = event.steering ? ready.turnFrom : ready.sealed.length;
  return { ...ready, asked: [...ready.asked, ...event.content], turnFrom: from, unanswered: false };
}

function said(conversation: Conversation, { answer }: Event<"said">): Conversation {
  if (answer.stop === "refusal") return declined(conversation);
  const content = answer.content.filter((it) => it.type !== "text" || it.text.trim() !== "");
  return content.length === 0 ? { ...conversation, partial: "" } : seal(conversation, content);
}

/** A declined turn is taken back whole: sent again, it would be declined again. */
function declined(conversation: Conversation): Conversation {
  const sealed = conversation.sealed.slice(0, conversation.turnFrom);
  return {
    ...conversation,
    sealed,
    calls: [],
    results: new Map(),
    asked: [],
    partial: "",
    unanswered: false,
    notes: sealed.length === 0 ? [] : [...conversation.notes, DECLINED],
  };
}

function answered(conversation: Conversation, event: Event<"answered">): Conversation {
  if (!conversation.calls.some((it) => it.id === event.call)) return conversation;
  const results = new Map(conversation.results).set(event.call, resultOf(event));
  return { ...conversation, results };
}

function resultOf({ call, content, end }: Event<"answered">): ToolResultBlock {
  const blocks =
    typeof content === "string" ? content : content.filter((it) => it.type === "text" || it.type === "image");
  const filled = blocks.length === 0 ? "(no output)" : blocks;
  return {
    type: "tool_result",
    tool_use_id: call,
    content: filled,
    ...(end !== "done" && { is_error: true }),
  };
}

function rested(conversation: Conversation, { reason }: Event<"rested">): Conversation {
  const { partial } = conversation;
  if (partial.trim() !== "") return seal(conversation, [textBlock(`${partial.trimEnd()}\n\n${INTERRUPTED}`)]);
  const isOpen = openMessages(conversation).length > 0;
  return { ...conversation, unanswered: reason !== "done" && isOpen };
}
