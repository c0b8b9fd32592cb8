import { CARRIED_MEMBER, carrying } from "../../model/carried.ts";
import type { Json, JsonObject } from "../../model/conversation.ts";
import type { WireBlock, WireMessage } from "../../model/messages.ts";
import { BadRequest } from "../dialect.ts";
import { isObject } from "../members.ts";
import { type CallIds, callIds } from "./call-ids.ts";
import { messageOf, messagesOf } from "./proto.ts";
import { isForeign, signatureFor } from "./signatures.ts";

/** `contents` as messages: neighbours of one side are one message, and results stand before what else a user says. Throws `BadRequest`. */
export function messagesIn(contents: Json | undefined): readonly WireMessage[] {
  if (contents === undefined || contents === null)
    throw new BadRequest("contents: contents is not specified");
  const all = typeof contents === "string" ? [{ parts: [{ text: contents }] }] : contents;
  if (!Array.isArray(all) && !isObject(all)) throw new BadRequest("contents: must be a list of contents");
  const ids = callIds();
  const rows: { role: WireMessage["role"]; content: WireBlock[] }[] = [];
  for (const content of messagesOf(all)) {
    const role = roleOf(content["role"]);
    const blocks = blocksIn(content["parts"], ids, role);
    const last = rows.at(-1);
    if (last?.role === role) last.content.push(...blocks);
    else rows.push({ role, content: [...blocks] });
  }
  return rows
    .filter((it) => it.content.length > 0)
    .map(({ role, content }) => ({
      role,
      content: role === "assistant" ? joined(content) : resultsFirst(content),
    }));
}

/** The blocks of parts that say something, such as those of an instruction. */
export function textsIn(content: Json | undefined): readonly WireBlock[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content }];
  const contents = messagesOf(content);
  return contents.flatMap((it) => {
    const parts = "parts" in it ? it["parts"] : it;
    return blocksIn(parts, callIds(), "user").filter((block) => block.type === "text");
  });
}

function roleOf(role: Json | undefined): WireMessage["role"] {
  if (role === "model" || role === "assistant") return "assistant";
  return role === "system" ? "system" : "user";
}

/** Clients keep an answer in the pieces in which it was streamed: what was one block is one again. */
function joined(content: readonly WireBlock[]): readonly WireBlock[] {
  const blocks: WireBlock[] = [];
  for (const block of content) {
    const last = blocks.at(-1);
    const member = block.type === "thinking" ? "thinking" : "text";
    if (last !== undefined && isPiece(last) && last.type === block.type && !(CARRIED_MEMBER in block)) {
      blocks[blocks.length - 1] = { ...block, [member]: String(last[member]) + String(block[member]) };
    } else blocks.push(block);
  }
  return blocks;
}

/** A signature ends what it stands in. */
function isPiece(block: WireBlock): boolean {
  if (block.type === "thinking") return block["signature"] === "";
  return block.type === "text" && !(CARRIED_MEMBER in block);
}

function resultsFirst(content: readonly WireBlock[]): readonly WireBlock[] {
  const isResult = (it: WireBlock) => it.type === "tool_result";
  return [...content.filter(isResult), ...content.filter((it) => !isResult(it))];
}

function blocksIn(parts: Json | undefined, ids: CallIds, role: WireMessage["role"]): readonly WireBlock[] {
  if (typeof parts === "string") return textBlocks(parts);
  return messagesOf(parts).flatMap((part) => {
    const signature = typeof part["thoughtSignature"] === "string" ? part["thoughtSignature"] : "";
    return blocksOf(part, ids, role).map((it) => withSignature(it, signature));
  });
}

/** Thinking has its own place for a signature. */
function withSignature(block: WireBlock, signature: string): WireBlock {
  if (signature === "" || block.type === "thinking" || isForeign(signature)) return block;
  return carrying(block, "gemini", signature);
}

function blocksOf(part: JsonObject, ids: CallIds, role: WireMessage["role"]): readonly WireBlock[] {
  const { text, thoughtSignature } = part;
  if (typeof text === "string") {
    if (part["thought"] === true) return role === "assistant" ? thoughtBlocks(text, thoughtSignature) : [];
    // An empty part with a signature has to come back to its vendor as it was.
    return text === "" && typeof thoughtSignature === "string" ? [{ type: "text", text }] : textBlocks(text);
  }
  if (isObject(part["inlineData"])) return mediaBlocks(messageOf(part["inlineData"]), "base64");
  if (isObject(part["fileData"])) return mediaBlocks(messageOf(part["fileData"]), "url");
  if (isObject(part["functionCall"])) return callBlocks(messageOf(part["functionCall"]), ids);
  if (isObject(part["functionResponse"])) return resultBlocks(messageOf(part["functionResponse"]), ids);
  return executionBlocks(part);
}

function textBlocks(text: string): readonly WireBlock[] {
  return text === "" ? [] : [{ type: "text", text }];
}

function thoughtBlocks(thinking: string, signature: Json | undefined): readonly WireBlock[] {
  const own = typeof signature === "string" && signature !== "" ? signatureFor(signature) : "";
  return [{ type: "thinking", thinking, signature: own }];
}

function mediaBlocks(data: JsonObject, type: "base64" | "url"): readonly WireBlock[] {
  const mimeType = typeof data["mimeType"] === "string" ? data["mimeType"] : "";
  const kind = /^(image|audio|video)\//.exec(mimeType)?.[1] ?? (mimeType === "" ? "image" : "document");
  if (type === "url") return [{ type: kind, source: { type, url: data["fileUri"] ?? "" } }];
  const bytes = typeof data["data"] === "string" ? data["data"] : "";
  const text = /^text\/|^application\/json$/.test(mimeType) ? textIn(bytes) : undefined;
  const source =
    text === undefined
      ? { type, ...(mimeType !== "" && { media_type: mimeType }), data: bytes }
      : { type: "text", media_type: "text/plain", data: text };
  return [{ type: kind, source }];
}

/** The text in base64 of a file; `undefined`: it is none. */
function textIn(base64: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Then it goes on as bytes.
    return undefined;
  }
}

function callBlocks(call: JsonObject, ids: CallIds): readonly WireBlock[] {
  const name = typeof call["name"] === "string" ? call["name"] : "";
  if (name === "") return [];
  const input = isObject(call["args"]) ? call["args"] : {};
  return [{ type: "tool_use", id: ids.ofCall(call["id"], name), name, input }];
}

function resultBlocks(response: JsonObject, ids: CallIds): readonly WireBlock[] {
  const name = typeof response["name"] === "string" ? response["name"] : "";
  const { text, isError } = wordsOf(response["response"]);
  const media = messagesOf(response["parts"]).flatMap((it) => blocksOf(it, ids, "user"));
  const content = media.length === 0 ? text : [...textBlocks(text), ...media];
  return [
    {
      type: "tool_result",
      tool_use_id: ids.ofResponse(response["id"], name),
      content,
      ...(isError && { is_error: true }),
    },
  ];
}

/** A response is an object; what stands alone in its usual members is the text that a function gave. */
function wordsOf(response: Json | undefined): { readonly text: string; readonly isError: boolean } {
  if (!isObject(response)) return { text: written(response ?? ""), isError: false };
  const names = Object.keys(response);
  const [name] = names;
  const isError = names.length === 1 && name === "error";
  const isPlain = names.length === 1 && (name === "result" || name === "output" || isError);
  const value = isPlain && name !== undefined ? response[name] : response;
  return { text: written(value ?? ""), isError };
}

function written(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Code that the vendor ran: other models read it as text. */
function executionBlocks(part: JsonObject): readonly WireBlock[] {
  const code = messageOf(part["executableCode"]);
  const result = messageOf(part["codeExecutionResult"]);
  if (typeof code["code"] === "string") {
    return textBlocks(fenced(String(code["language"] ?? "").toLowerCase(), code["code"]));
  }
  return typeof result["output"] === "string" ? textBlocks(fenced("", result["output"])) : [];
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
