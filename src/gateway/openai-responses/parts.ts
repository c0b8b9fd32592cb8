import type { Json, JsonObject } from "../../model/conversation.ts";
import type { WireBlock } from "../../model/messages.ts";
import { recordOf, textOf } from "../../model/record.ts";
import { BadRequest } from "../dialect.ts";

/** Blocks for the content of a message or an output: a text or a list of parts. What is unknown is passed over. */
export function blocksOf(content: Json | undefined, path: string): readonly WireBlock[] {
  if (typeof content === "string") return textBlocks(content);
  const parts: readonly unknown[] = Array.isArray(content) ? content : [];
  return parts.flatMap((it, index) =>
    typeof it === "string" ? textBlocks(it) : blocksOfPart(recordOf(it) as JsonObject, `${path}.${index}`),
  );
}

function textBlocks(text: string): readonly WireBlock[] {
  return text === "" ? [] : [{ type: "text", text }];
}

function blocksOfPart(part: JsonObject, path: string): readonly WireBlock[] {
  switch (part.type) {
    case "input_text":
    case "output_text":
    case "text":
    case "summary_text":
    case "reasoning_text":
      return textBlocks(textOf(part.text) ?? "");
    case "refusal":
      return textBlocks(textOf(part.refusal) ?? "");
    case "input_image":
      return [{ type: "image", source: imageSource(part, path) }];
    case "input_file":
      return [documentOf(part, path)];
    case "input_audio":
      return [audioOf(recordOf(part.input_audio), path)];
    default:
      return [];
  }
}

/** `data:<media type>;base64,<data>` (RFC 2397); parameters of the media type are left out. */
const DATA_URL = /^data:([^;,]+)(?:;[^;,]+)*;base64,(.*)$/s;

function imageSource(part: JsonObject, path: string): JsonObject {
  const given = textOf(part.image_url) ?? textOf(recordOf(part.image_url).url);
  const file = textOf(part.file_id);
  if (given === undefined) {
    if (file === undefined) throw new BadRequest(`${path}.image_url: Field required`);
    return { type: "file", file_id: file };
  }
  const [, media_type, data] = DATA_URL.exec(given) ?? [];
  if (media_type === undefined || data === undefined) return { type: "url", url: given };
  return { type: "base64", media_type, data };
}

/** Sound in the form of a picture: wires whose models hear nothing refuse it. */
function audioOf({ data, format }: Readonly<Record<string, unknown>>, path: string): WireBlock {
  const sound = textOf(data);
  if (sound === undefined) throw new BadRequest(`${path}.input_audio.data: Field required`);
  const media_type = `audio/${format === "mp3" ? "mpeg" : (textOf(format) ?? "wav")}`;
  return { type: "audio", source: { type: "base64", media_type, data: sound } };
}

function documentOf(part: JsonObject, path: string): WireBlock {
  const title = textOf(part.filename);
  const block = { type: "document", ...(title !== undefined && { title }) };
  const data = textOf(part.file_data);
  const url = textOf(part.file_url);
  const file = textOf(part.file_id);
  if (data !== undefined) return { ...block, source: fileSource(data) };
  if (url !== undefined) return { ...block, source: { type: "url", url } };
  if (file !== undefined) return { ...block, source: { type: "file", file_id: file } };
  throw new BadRequest(`${path}.file_data: Field required`);
}

function fileSource(given: string): JsonObject {
  const [, media_type = "application/pdf", data = given] = DATA_URL.exec(given) ?? [];
  if (!media_type.startsWith("text/")) return { type: "base64", media_type, data };
  const bytes = Uint8Array.from(binaryOf(data), (it) => it.charCodeAt(0));
  return { type: "text", media_type: "text/plain", data: new TextDecoder().decode(bytes) };
}

function binaryOf(data: string): string {
  try {
    return atob(data);
  } catch {
    throw new BadRequest("file_data: is no base64");
  }
}
