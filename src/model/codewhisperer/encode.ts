import { crc32 } from "../../std/crc32.ts";
import { clientTool } from "../client-tools.ts";
import type { JsonObject } from "../conversation.ts";
import type { MessagesRequest, WireBlock, WireTool } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import { fittingId, type ToolNames, toolNames } from "../tool-names.ts";
import type { Encoded, WireTarget } from "../wire.ts";
import { addBlocks, type Content, reasoningOf, textsIn } from "./content.ts";
import { type Turn, turnsOf } from "./turns.ts";
import { estimated } from "./usage.ts";

/** Names and descriptions of tools as the service takes them. */
const NAMES = { signs: "A-Za-z0-9_-", first: "A-Za-z", longest: 64 };
const LONGEST_DESCRIPTION = 9_000;
const LONGEST_ID = 64;

/** Turns of the user, from the last, in which images are sent: earlier ones only fill the request. */
const TURNS_WITH_IMAGES = 3;

/** What stands where nothing was said, which the service refuses. */
const CONTINUE = "Continue";
const RESULTS = "These are the results.";
const SILENCE = ".";

/** What a request is encoded with. */
interface Encoding {
  readonly model: string;
  readonly names: ToolNames;
  readonly drop: (path: string) => void;
}

/** A request of `GenerateAssistantResponse` (types of the package `@aws/codewhisperer-streaming-client`). */
export function encodeCodewhisperer(request: MessagesRequest, { model, info, options }: WireTarget): Encoded {
  const dropped: string[] = [];
  const encoding: Encoding = { model, names: toolNames(NAMES), drop: (path) => void dropped.push(path) };
  const turns = withSystem(turnsOf(request), request);
  const messages = turns.map((turn, index) => messageOf(turn, index, turns.length, encoding));
  const current = recordOf(messages.at(-1)?.userInputMessage) as JsonObject;
  const tools = toolsOf(request, turns, encoding);
  const context = {
    ...(tools.length > 0 && { tools }),
    ...recordOf(current.userInputMessageContext),
  } as JsonObject;
  const hasContext = Object.keys(context).length > 0;
  const profileArn = textOf(options["profileArn"]);
  const body: JsonObject = {
    conversationState: {
      chatTriggerType: "MANUAL",
      conversationId: textOf(options["conversationId"]) ?? conversationId(turns),
      currentMessage: {
        userInputMessage: { ...current, ...(hasContext && { userInputMessageContext: context }) },
      },
      history: messages.slice(0, -1),
    },
    ...(profileArn !== undefined && { profileArn }),
  };
  for (const name of NO_WORD) if (request[name] !== undefined) encoding.drop(name);
  const noted = { input: estimated(JSON.stringify(body)), ...(info && { window: info.contextWindow }) };
  return {
    path: "/generateAssistantResponse",
    headers: { accept: "application/vnd.amazon.eventstream" },
    body,
    dropped,
    reading: { nameOf: encoding.names.nameOf, model, noted },
  };
}

/** Members that the service has no word for. */
const NO_WORD = [
  "max_tokens",
  "tool_choice",
  "stop_sequences",
  "temperature",
  "top_p",
  "top_k",
  "thinking",
  "output_config",
] as const;

/** There is no system prompt: it stands before the first words of the user. */
function withSystem(turns: readonly Turn[], { system }: MessagesRequest): readonly Turn[] {
  const texts = system.flatMap((it) => textOf(it.text) ?? []).filter((it) => it.trim() !== "");
  const lasting = texts[0]?.startsWith("x-anthropic-billing-header:") ? texts.slice(1) : texts;
  const [first, ...rest] = turns;
  if (lasting.length === 0 || first === undefined) return turns;
  const prompt: WireBlock = { type: "text", text: lasting.join("\n\n") };
  return [{ ...first, blocks: [prompt, ...first.blocks] }, ...rest];
}

function messageOf(turn: Turn, index: number, count: number, encoding: Encoding): JsonObject {
  const path = `turns.${index}`;
  if (turn.role === "assistant") return { assistantResponseMessage: assistantOf(turn, encoding) };
  const isRecent = index >= count - (2 * TURNS_WITH_IMAGES - 1);
  return { userInputMessage: userOf(turn, path, isRecent, encoding) };
}

function userOf({ blocks }: Turn, path: string, isRecent: boolean, { model, drop }: Encoding): JsonObject {
  const content: Content = { texts: [], images: [], documents: [] };
  const results = blocks.filter((it) => it.type === "tool_result");
  addBlocks(
    blocks.filter((it) => it.type !== "tool_result"),
    content,
    path,
    drop,
  );
  for (const it of results) addBlocks(mediaIn(it), content, path, drop);
  const texts = content.texts.filter((it) => it.trim() !== "");
  const isLeftOut = !isRecent && content.images.length > 0;
  if (isLeftOut) texts.push("[An image that was shown here is left out.]");
  return {
    content: texts.length > 0 ? texts.join("\n\n") : results.length > 0 ? RESULTS : CONTINUE,
    modelId: model,
    origin: "AI_EDITOR",
    ...(isRecent && content.images.length > 0 && { images: content.images }),
    ...(content.documents.length > 0 && { documents: content.documents }),
    ...(results.length > 0 && { userInputMessageContext: { toolResults: results.map(resultOf) } }),
  };
}

function mediaIn({ content }: WireBlock): readonly WireBlock[] {
  const blocks = Array.isArray(content) ? (content as readonly WireBlock[]) : [];
  return blocks.filter((it) => it?.type === "image" || it?.type === "document");
}

function resultOf(block: WireBlock): JsonObject {
  const texts = textsIn(block.content);
  return {
    toolUseId: fittingId(textOf(block.tool_use_id) ?? "", LONGEST_ID),
    status: block.is_error === true ? "error" : "success",
    content: texts.length > 0 ? texts.map((text) => ({ text })) : [{ text: "(nothing)" }],
  };
}

function assistantOf({ blocks }: Turn, { names }: Encoding): JsonObject {
  const texts = blocks.flatMap((it) => (it.type === "text" ? (textOf(it.text) ?? []) : []));
  const toolUses = blocks
    .filter((it) => it.type === "tool_use")
    .map((it) => ({
      toolUseId: fittingId(textOf(it.id) ?? "", LONGEST_ID),
      name: names.sent(textOf(it.name) ?? ""),
      input: recordOf(it.input) as JsonObject,
    }));
  const reasoningContent = reasoningOf(blocks);
  const said = texts.filter((it) => it.trim() !== "");
  return {
    content: said.length > 0 ? said.join("\n\n") : SILENCE,
    ...(toolUses.length > 0 && { toolUses }),
    ...(reasoningContent && { reasoningContent }),
  };
}

function toolsOf(
  request: MessagesRequest,
  turns: readonly Turn[],
  { names, drop }: Encoding,
): readonly JsonObject[] {
  const own = request.tools.flatMap((tool, index) => {
    if ((tool.type ?? "custom") === "custom") return tool;
    const it = clientTool(tool);
    if (it === undefined) drop(`tools.${index}`);
    return it === undefined ? [] : { name: tool.name, description: it.description, input_schema: it.schema };
  });
  // Calls in the conversation are refused when there are no tools at all.
  const used = turns.flatMap((it) => it.blocks).filter((it) => it.type === "tool_use");
  const called = [...new Set(used.map((it) => textOf(it.name) ?? ""))].map((name): WireTool => ({ name }));
  return (own.length > 0 ? own : called).map((tool) => ({ toolSpecification: specification(tool, names) }));
}

function specification({ name, description, input_schema }: WireTool, names: ToolNames): JsonObject {
  const words = textOf(description)?.trim() ? (textOf(description) ?? "") : `The tool ${name}.`;
  const json = { type: "object", properties: {}, ...input_schema };
  return { name: names.sent(name), description: words.slice(0, LONGEST_DESCRIPTION), inputSchema: { json } };
}

/** An id of the shape of a UUID, the same for all requests of a conversation. */
function conversationId(turns: readonly Turn[]): string {
  const begin = JSON.stringify(turns[0]?.blocks ?? []);
  const parts = [0, 1, 2, 3].map((it) => crc32(new TextEncoder().encode(`${it}${begin}`)));
  const hex = parts.map((it) => it.toString(16).padStart(8, "0")).join("");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}
