import type { Refusal } from "./refusal.ts";
import { bad } from "./refusal.ts";

/** A JSON object from a client; its members are not yet looked at. */
export type Wire = { readonly [member: string]: unknown };
/** A content block; strings have become text blocks. */
export type WireBlock = Wire & { readonly type: string };
export interface WireMessage {
  readonly role: "user" | "assistant" | "system";
  readonly content: readonly WireBlock[];
  /** The message as it came. */
  readonly raw: Wire;
}

/** A request whose rough shape is right, with the headers that decide. */
export interface Asked {
  readonly raw: Wire;
  readonly model: string;
  readonly messages: readonly WireMessage[];
  readonly system: readonly WireBlock[];
  readonly tools: readonly Wire[];
  readonly thinking: Wire | undefined;
  readonly outputConfig: Wire;
  readonly stream: boolean;
  readonly betas: readonly string[];
  readonly version: string;
}

export function isWire(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The request of a body, or what of its shape is wrong. */
export function decodeAsked(
  raw: unknown,
  headers: { readonly betas: readonly string[]; readonly version: string },
): Asked | Refusal {
  if (!isWire(raw)) return bad("The request body is not a JSON object.");
  if (typeof raw.model !== "string") return bad("model: Field required");
  if (!Array.isArray(raw.messages)) return bad("messages: Field required");
  const messages: WireMessage[] = [];
  for (const [at, it] of raw.messages.entries()) {
    const message = decodeMessage(it, `messages.${at}`);
    if ("status" in message) return message;
    messages.push(message);
  }
  const system = decodeContent(raw.system ?? [], "system");
  if ("status" in system) return system;
  const tools = raw.tools ?? [];
  if (!Array.isArray(tools) || !tools.every(isWire)) return bad("tools: Input should be a valid list");
  return {
    raw,
    model: raw.model,
    messages,
    system,
    tools,
    thinking: isWire(raw.thinking) ? raw.thinking : undefined,
    outputConfig: isWire(raw.output_config) ? raw.output_config : {},
    stream: raw.stream === true,
    ...headers,
  };
}

function decodeMessage(raw: unknown, path: string): WireMessage | Refusal {
  if (!isWire(raw)) return bad(`${path}: Input should be a valid dictionary`);
  const { role } = raw;
  if (role !== "user" && role !== "assistant" && role !== "system") {
    return bad(`${path}.role: Input should be 'user', 'assistant' or 'system'`);
  }
  const content = decodeContent(raw.content, `${path}.content`);
  return "status" in content ? content : { role, content, raw };
}

/** Content as blocks; a string is one text block. */
export function decodeContent(raw: unknown, path: string): readonly WireBlock[] | Refusal {
  if (typeof raw === "string") return raw === "" ? [] : [{ type: "text", text: raw }];
  if (!Array.isArray(raw)) return bad(`${path}: Input should be a valid list`);
  const wrong = raw.findIndex((it) => !isBlock(it));
  return wrong === -1 ? raw.filter(isBlock) : bad(`${path}.${wrong}.type: Field required`);
}

function isBlock(value: unknown): value is WireBlock {
  return isWire(value) && typeof value.type === "string";
}

/** Blocks inside a tool result. */
export function innerBlocks(block: WireBlock): readonly WireBlock[] {
  const inner = decodeContent(block.content ?? [], "content");
  return "status" in inner ? [] : inner;
}

/** Every block of the messages with its path, outer ones only. */
export function allBlocks(
  asked: Asked,
): { path: string; at: number; place: number; message: WireMessage; block: WireBlock }[] {
  return asked.messages.flatMap((message, at) =>
    message.content.map((block, place) => ({
      path: `messages.${at}.content.${place}`,
      at,
      place,
      message,
      block,
    })),
  );
}
