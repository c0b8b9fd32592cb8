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
  /** How many of `notes` the running request has told; those behind them come after its answer. */
  readonly notesTold: number;
  /** The last answer was only paused: it is sent back as it is and goes on. */
  readonly isPaused: boolean;
  /** Text of an answer that broke off and was not tried again yet. */
  readonly partial: string;
  /** A turn ended without an answer to what stands in `asked` and `results`. */
  readonly unanswered: boolean;
  /** How many messages had been sealed when the turn began. */
  readonly turnFrom: number;
  /** How many sealed messages stand before those in `sealed`, which holds the last ones only while a whole log is folded. */
  readonly aside: number;
  /** The last message of the person, and through it all before. */
  readonly point: Point | undefined;
  /** What a rewind took away, until the conversation goes on. */
  readonly lastRewind:
    | { readonly n: number; readonly before: Conversation; readonly notes: number }
    | undefined;
}

/** The conversation as it was just before a message of the person. */
interface Point {
  /** Number of the message's event. */
  readonly n: number;
  /** How many messages were sealed. */
  readonly length: number;
  readonly was: Open & { readonly point: Point | undefined };
}

/** All of a conversation that is not sealed. */
type Open = Omit<Conversation, "system" | "tools" | "sealed" | "aside" | "point" | "lastRewind">;

/** A conversation before its first event. */
export const NO_CONVERSATION: Conversation = {
  system: "",
  tools: [],
  withoutThinking: false,
  sealed: [],
  calls: [],
  results: new Map(),
  asked: [],
  notes: [],
  notesTold: 0,
  isPaused: false,
  partial: "",
  unanswered: false,
  turnFrom: 0,
  aside: 0,
  point: undefined,
  lastRewind: undefined,
};

/** Stands for an answer that never came, since two messages of one side may not follow each other. */
const NO_ANSWER = "(No answer.)";
const INTERRUPTED = "(Interrupted here.)";
/** Asks on after the model's own words, since a conversation may not end with them. */
const GO_ON = "(Go on from here.)";
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
      return { ...asked(conversation, event), point: pointAt(conversation, event.n), lastRewind: undefined };
    case "requested":
      return { ...requested(conversation), lastRewind: undefined };
    case "rewound":
      return rewound(conversation, event);
    case "said":
      return said(conversation, event);
    case "broke":
      return { ...conversation, partial: event.text };
    case "answered":
      return answered(conversation, event);
    case "rested":
      return rested(conversation);
    default:
      return conversation;
  }
}

/** The messages of the request that is running: what was known when it was recorded, and nothing later. */
export function requestMessages(conversation: Conversation): readonly Message[] {
  const { sealed, notes, notesTold } = conversation;
  return [...sealed, ...openMessages(conversation, notes.slice(0, notesTold))];
}

/** All messages so far, those that wait for the next request included. */
export function messagesOf(conversation: Conversation): readonly Message[] {
  return [...conversation.sealed, ...openMessages(conversation, conversation.notes)];
}

/** Calls that still need a result before anything can be sent. */
export function openCalls(conversation: Conversation): readonly ToolUseBlock[] {
  return conversation.calls.filter((it) => !conversation.results.has(it.id));
}

/** Results come first in their message, in the order of the calls; system messages only after a message of the user. */
function openMessages({ calls, results, asked }: Conversation, notes: readonly string[]): Message[] {
  const answers = calls.flatMap((it) => results.get(it.id) ?? []);
  const user: Block[] = [...answers, ...asked];
  if (user.length === 0) return [];
  const messages: Message[] = [{ role: "user", content: user }];
  return notes.length === 0 ? messages : [...messages, { role: "system", content: notes.map(textBlock) }];
}

function textBlock(text: string): TextBlock {
  return { type: "text", text };
}

/** Closes what was open with an answer. Notes the answer had not read stay behind it: its prefix is what was sent. */
function seal(conversation: Conversation, answer: readonly Block[], told: number): Conversation {
  const { notes } = conversation;
  const open = openMessages(conversation, notes.slice(0, told));
  return {
    ...conversation,
    sealed: [...conversation.sealed, ...open, { role: "assistant", content: answer }],
    calls: answer.filter((it) => it.type === "tool_use"),
    results: new Map(),
    asked: [],
    notes: open.length === 0 ? notes : notes.slice(told),
    notesTold: 0,
    isPaused: false,
    partial: "",
    unanswered: false,
  };
}

function requested(conversation: Conversation): Conversation {
  const { sealed, isPaused, notes } = conversation;
  const isOver = openMessages(conversation, []).length === 0 && sealed.at(-1)?.role === "assistant";
  const asked = isOver && !isPaused ? [textBlock(GO_ON)] : conversation.asked;
  return { ...conversation, asked, partial: "", notesTold: notes.length };
}

function asked(conversation: Conversation, event: Event<"asked">): Conversation {
  const ready = conversation.unanswered
    ? seal(conversation, [textBlock(NO_ANSWER)], conversation.notes.length)
    : conversation;
  const from = event.steering ? ready.turnFrom : sealedBy(ready);
  return { ...ready, asked: [...ready.asked, ...event.content], turnFrom: from, unanswered: false };
}

function said(conversation: Conversation, { answer }: Event<"said">): Conversation {
  if (answer.stop === "refusal") return declined(conversation);
  const content = answer.content.filter((it) => it.type !== "text" || it.text.trim() !== "");
  if (content.length === 0) return { ...conversation, partial: "" };
  return { ...seal(conversation, content, conversation.notesTold), isPaused: answer.stop === "pause_turn" };
}

/** A declined turn is taken back whole: sent again, it would be declined again. What the house said in it stays said. */
function declined(conversation: Conversation): Conversation {
  const { turnFrom, notes, aside, point } = conversation;
  const taken = conversation.sealed.slice(turnFrom - aside).filter((it) => it.role === "system");
  const told = taken.flatMap((it) =>
    it.content.flatMap((block) => (block.type === "text" ? [block.text] : [])),
  );
  const rest: Conversation = {
    ...conversation,
    sealed: conversation.sealed.slice(0, turnFrom - aside),
    calls: [],
    results: new Map(),
    asked: [],
    notes: [...told, ...notes, DECLINED],
    notesTold: 0,
    partial: "",
    unanswered: false,
  };
  return { ...rest, point: pointsIn(rest, point) };
}

function sealedBy({ aside, sealed }: Conversation): number {
  return aside + sealed.length;
}

function pointAt(conversation: Conversation, n: number): Point {
  const {
    system: _,
    tools: _tools,
    sealed: _sealed,
    aside: _aside,
    lastRewind: _lastRewind,
    ...was
  } = conversation;
  return { n, length: sealedBy(conversation), was };
}

/** The points of a conversation that was cut: what lay behind the cut is where the cut is. */
function pointsIn(rest: Conversation, point: Point | undefined): Point | undefined {
  if (!point || point.length <= sealedBy(rest)) return point;
  return pointAt({ ...rest, point: pointsIn(rest, point.was.point) }, point.n);
}

/** Back to the exact beginning there was: thinking that is sent again has to stand behind what it stood behind. */
function rewound(conversation: Conversation, event: Event<"rewound">): Conversation {
  const { lastRewind: last, notes, sealed, aside } = conversation;
  if (event.takesBack) {
    if (last?.n !== event.to) return conversation;
    return { ...last.before, notes: [...last.before.notes, ...notes.slice(last.notes)] };
  }
  if (!event.conversation) return conversation;
  let point = conversation.point;
  while (point && point.n !== event.to) point = point.was.point;
  if (!point) return conversation;
  const { length, was } = point;
  return {
    ...conversation,
    ...was,
    sealed: sealed.slice(0, length - aside),
    lastRewind: { n: event.n, before: conversation, notes: was.notes.length },
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

function rested(conversation: Conversation): Conversation {
  const { partial } = conversation;
  if (partial.trim() !== "")
    return seal(conversation, [textBlock(`${partial.trimEnd()}\n\n${INTERRUPTED}`)], conversation.notesTold);
  const isOpen = openMessages(conversation, []).length > 0;
  return { ...conversation, unanswered: isOpen };
}
