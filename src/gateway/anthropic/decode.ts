import type { Json, JsonObject } from "../../model/conversation.ts";
import type { MessagesRequest, WireBlock, WireMessage, WireTool } from "../../model/messages.ts";
import { BadRequest, type ClientCall } from "../dialect.ts";
import { isObject, listAt, numberAt, objectAt, textAt } from "../members.ts";

/** A body of `POST /v1/messages` in the canonical form, which is nearly its own. */
export function decodeMessages(body: JsonObject, { headers }: ClientCall): MessagesRequest {
  const known = new Set(MEMBERS);
  const rest = Object.entries(body).filter(([name]) => !known.has(name));
  return {
    model: textAt(body, "model") ?? "",
    stream: body["stream"] === true,
    system: withoutBilling(blocksOf(body["system"] ?? [], "system")),
    messages: messagesOf(body),
    tools: toolsOf(body),
    ...given({
      max_tokens: numberAt(body, "max_tokens"),
      tool_choice: typedAt(body, "tool_choice"),
      stop_sequences: listAt(body, "stop_sequences")?.filter((it): it is string => typeof it === "string"),
      temperature: numberAt(body, "temperature"),
      top_p: numberAt(body, "top_p"),
      top_k: numberAt(body, "top_k"),
      thinking: typedAt(body, "thinking"),
      output_config: objectAt(body, "output_config"),
      metadata: objectAt(body, "metadata"),
    }),
    rest: Object.fromEntries(rest),
    betas: (headers["anthropic-beta"] ?? "").split(",").flatMap((it) => it.trim() || []),
  };
}

const MEMBERS = [
  "model",
  "stream",
  "system",
  "messages",
  "tools",
  "max_tokens",
  "tool_choice",
  "stop_sequences",
  "temperature",
  "top_p",
  "top_k",
  "thinking",
  "output_config",
  "metadata",
];

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function given<T extends object>(members: T): Given<T> {
  return Object.fromEntries(Object.entries(members).filter(([, it]) => it !== undefined)) as Given<T>;
}

/** Claude Code's own first block, which is another with every request and means nothing to a model of others. */
function withoutBilling(system: readonly WireBlock[]): readonly WireBlock[] {
  const first = system[0]?.["text"];
  return typeof first === "string" && first.startsWith("x-anthropic-billing-header:")
    ? system.slice(1)
    : system;
}

function messagesOf(body: JsonObject): readonly WireMessage[] {
  const messages = listAt(body, "messages");
  if (messages === undefined) throw new BadRequest("messages: Field required");
  return messages.map((it, index) => {
    if (!isObject(it)) throw new BadRequest(`messages.${index}: must be an object`);
    const { role, content } = it;
    if (role !== "user" && role !== "assistant" && role !== "system")
      throw new BadRequest(`messages.${index}.role: must be "user", "assistant" or "system"`);
    return { role, content: blocksOf(content ?? [], `messages.${index}.content`) };
  });
}

function blocksOf(content: Json, path: string): readonly WireBlock[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content }];
  if (!Array.isArray(content)) throw new BadRequest(`${path}: must be a text or a list of blocks`);
  const blocks: readonly Json[] = content;
  return blocks.map((it, index) => {
    if (typeof it === "string") return { type: "text", text: it };
    if (!isObject(it) || typeof it["type"] !== "string")
      throw new BadRequest(`${path}.${index}: must be a block with a type`);
    return it as WireBlock;
  });
}

function toolsOf(body: JsonObject): readonly WireTool[] {
  return (listAt(body, "tools") ?? []).map((it, index) => {
    if (!isObject(it)) throw new BadRequest(`tools.${index}: must be an object`);
    const name = typeof it["name"] === "string" ? it["name"] : "";
    if (name === "" && typeof it["type"] !== "string")
      throw new BadRequest(`tools.${index}.name: Field required`);
    return { ...it, name } as WireTool;
  });
}

function typedAt(body: JsonObject, name: string): WireBlock | undefined {
  const value = objectAt(body, name);
  if (value === undefined) return undefined;
  if (typeof value["type"] !== "string") throw new BadRequest(`${name}.type: Field required`);
  return value as WireBlock;
}
