import { isCarried, withoutCarried } from "./carried.ts";
import type { CatalogModel } from "./catalog.ts";
import { cleanBlock, cleanText } from "./clean.ts";
import type {
  Block,
  Effort,
  Message,
  ModelRequest,
  OpaqueBlock,
  TextBlock,
  ToolSpec,
} from "./conversation.ts";
import { EFFORTS } from "./conversation.ts";
import type { WireBlock } from "./messages.ts";

/** A mark up to which the vendor caches the prompt; five minutes when `ttl` is absent. */
export interface CacheMark {
  readonly cache_control?: { readonly type: "ephemeral"; readonly ttl?: "1h" };
}
/** A block as it is sent; those we do not look into have members of their own beside the type. */
export type EncodedBlock = CacheMark & (Exclude<Block, OpaqueBlock> | { readonly type: string });
/** A message as the API takes it. */
export interface EncodedMessage {
  readonly role: Message["role"];
  readonly content: readonly EncodedBlock[];
}

/** The body of `POST /v1/messages`. */
export interface EncodedRequest {
  readonly model: string;
  readonly max_tokens: number;
  readonly stream: true;
  readonly system?: readonly (TextBlock & CacheMark)[];
  readonly tools?: readonly (ToolSpec & CacheMark)[];
  readonly messages: readonly EncodedMessage[];
  readonly thinking?: { readonly type: "adaptive"; readonly display: "summarized" };
  readonly output_config?: { readonly effort: Effort };
  readonly metadata: { readonly user_id: string };
}

/**
 * A request as the Messages API takes it. Pure; and when `request.messages` only grows at its end after answers,
 * so do the encoded messages, with `system` and `tools` unchanged (but for the cache marks, which no prefix check
 * sees): https://platform.claude.com/docs/en/build-with-claude/prompt-caching.
 */
export function encodeRequest(request: ModelRequest, model: CatalogModel): EncodedRequest {
  const effort = effortFor(request.effort, model.info.efforts);
  const limit = request.maxTokens ?? (model.adaptive ? THINKING_OUTPUT : PLAIN_OUTPUT);
  return {
    model: request.model,
    max_tokens: Math.max(1, Math.min(limit, model.info.maxOutput)),
    stream: true,
    ...standing(request),
    messages: marked(encodeMessages(request, model.systemMessages)),
    // "summarized" shows progress on every adaptive model without a beta header; "updates" needs one that gateways may refuse.
    ...(model.adaptive && { thinking: { type: "adaptive", display: "summarized" } }),
    ...(effort && { output_config: { effort } }),
    metadata: { user_id: request.session },
  };
}

/** Output asked for where thinking counts into it, and where it does not. */
const THINKING_OUTPUT = 64_000;
const PLAIN_OUTPUT = 32_000;

const HOUR = { type: "ephemeral", ttl: "1h" } as const;
const FIVE_MINUTES = { type: "ephemeral" } as const;

/** The highest level the model takes that is not above the one asked for. */
function effortFor(asked: Effort | undefined, taken: readonly Effort[]): Effort | undefined {
  if (asked === undefined) return undefined;
  return EFFORTS.slice(0, EFFORTS.indexOf(asked) + 1).findLast((it) => taken.includes(it));
}

/** System and tools; tools come first in the vendor's order, so one mark of an hour at the end covers both. */
function standing({ system, tools }: ModelRequest): Pick<EncodedRequest, "system" | "tools"> {
  const text = cleanText(system);
  const last = tools.at(-1);
  if (text.trim() !== "") {
    return { ...(last && { tools }), system: [{ type: "text", text, cache_control: HOUR }] };
  }
  return last ? { tools: [...tools.slice(0, -1), { ...last, cache_control: HOUR }] } : {};
}

function encodeMessages(request: ModelRequest, systemMessages: boolean): readonly EncodedMessage[] {
  const said = request.messages.flatMap(({ role, content }): EncodedMessage[] => {
    const sent = content.filter((it) => isSent(it, request.withoutThinking)).map(encodeBlock);
    return sent.length === 0 ? [] : [{ role, content: sent }];
  });
  const placed: EncodedMessage[] = [];
  // A word of the house that came between a call and its result waits until the result stands.
  let waiting: EncodedMessage[] = [];
  for (const [at, message] of said.entries()) {
    if (message.role !== "system") {
      placed.push(message, ...waiting);
      waiting = [];
    } else if (endsInCall(placed.at(-1))) waiting.push(reminder(message));
    else placed.push(systemMessages && isPlaceForSystem(said, at) ? message : reminder(message));
  }
  return [...placed, ...waiting];
}

/** System messages stand behind a user message, and before an answer or at the end. */
function isPlaceForSystem(messages: readonly EncodedMessage[], at: number): boolean {
  const before = messages.findLast((it, place) => place < at && it.role !== "system");
  const after = messages.find((it, place) => place > at && it.role !== "system");
  return before?.role === "user" && after?.role !== "user";
}

/** A system message where the model or its place does not allow one: a user message of its own, so that none before it changes. */
function reminder({ content }: EncodedMessage): EncodedMessage {
  const told = content.map((it) => ("text" in it ? it.text : "")).join("\n\n");
  return {
    role: "user",
    content: [{ type: "text", text: `<system-reminder>\n${told}\n</system-reminder>` }],
  };
}

function endsInCall(message: EncodedMessage | undefined): boolean {
  return message?.role === "assistant" && message.content.some((it) => it.type === "tool_use");
}

function isSent(block: Block, withoutThinking: boolean): boolean {
  switch (block.type) {
    case "text":
      return block.text.trim() !== "";
    case "thinking":
      // Thinking that nobody signed is refused.
      return !withoutThinking && block.signature !== "" && !isCarried(block.signature);
    case "opaque":
      return !(withoutThinking && block.raw.type === "redacted_thinking");
    case "image":
    case "tool_use":
    case "tool_result":
      return true;
  }
}

/** Blocks never change, and each is sent again with every later request. */
const encoded = new WeakMap<Block, EncodedBlock>();

function encodeBlock(block: Block): EncodedBlock {
  const known = encoded.get(block) ?? encodedAnew(block);
  encoded.set(block, known);
  return known;
}

function encodedAnew(block: Block): EncodedBlock {
  const clean = cleanBlock(block);
  if (clean.type === "opaque") return { type: "unknown", ...clean.raw };
  if (clean.type === "tool_use") return withoutCarried(clean as unknown as WireBlock) as EncodedBlock;
  if (clean.type !== "tool_result") return clean;
  if (typeof clean.content === "string")
    return clean.content.trim() === "" ? { ...clean, content: NOTHING } : clean;
  const said = clean.content.filter((it) => it.type !== "text" || it.text.trim() !== "");
  if (said.length === clean.content.length && said.length > 0) return clean;
  return { ...clean, content: said.length === 0 ? NOTHING : said };
}

/** Stands for an empty tool result, which is refused in some of its forms. */
const NOTHING = "(no output)";

/**
 * Two marks of five minutes: the end of this request, and the end of the one before, so that the earlier entry is
 * found however many blocks the answer between them had (the vendor looks back 20 positions only).
 */
function marked(messages: readonly EncodedMessage[]): readonly EncodedMessage[] {
  const answer = messages.findLastIndex((it) => it.role === "assistant");
  const before = answer > 0 ? markedUpTo(messages, answer - 1) : messages;
  return markedUpTo(before, messages.length - 1);
}

function markedUpTo(messages: readonly EncodedMessage[], last: number): readonly EncodedMessage[] {
  for (let at = last; at >= 0; at--) {
    const message = messages[at];
    const place = message?.content.findLastIndex((it) => MARKABLE.has(it.type)) ?? -1;
    const block = message?.content[place];
    if (message === undefined || block === undefined) continue;
    const content = message.content.with(place, { ...block, cache_control: FIVE_MINUTES });
    return messages.with(at, { ...message, content });
  }
  return messages;
}

const MARKABLE: ReadonlySet<string> = new Set(["text", "image", "tool_use", "tool_result"]);
