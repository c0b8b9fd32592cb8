import type { Json, JsonObject } from "../../model/conversation.ts";
import type { WireBlock } from "../../model/messages.ts";
import { BadRequest } from "../dialect.ts";
import { isObject } from "../members.ts";

/** The blocks of a message's content: a text, parts, or nothing. Blank texts and unknown parts give none. Throws `BadRequest`. */
export function blocksOf(content: Json | undefined, path: string): readonly WireBlock[] {
  if (content === undefined || content === null) return [];
  if (typeof content === "string") return textBlock(content, {});
  if (!Array.isArray(content)) throw new BadRequest(`${path}: must be a text or a list of parts`);
  return (content as readonly Json[]).flatMap((part, index) => {
    if (typeof part === "string") return textBlock(part, {});
    return isObject(part) ? partBlocks(part, `${path}.${index}`) : [];
  });
}

function partBlocks(part: JsonObject, path: string): readonly WireBlock[] {
  switch (part["type"]) {
    case "text":
    case "input_text":
    case "output_text":
      return textBlock(part["text"], part);
    case "refusal":
      return textBlock(part["refusal"], part);
    case "image_url":
    case "input_image":
      return [marked({ type: "image", source: imageSource(part["image_url"], path) }, part)];
    case "file":
      return [marked(fileBlock(part["file"], path), part)];
    case "input_audio":
      return [audioBlock(part["input_audio"], path)];
    default:
      return [];
  }
}

function textBlock(text: Json | undefined, part: JsonObject): readonly WireBlock[] {
  return typeof text === "string" && text.trim() !== "" ? [marked({ type: "text", text }, part)] : [];
}

/** Hosts that pass on to Claude take its marks of cache breakpoints on any part. */
function marked(block: WireBlock, { cache_control }: JsonObject): WireBlock {
  return isObject(cache_control) ? { ...block, cache_control } : block;
}

function imageSource(image: Json | undefined, path: string): JsonObject {
  const url = isObject(image) ? image["url"] : image;
  if (typeof url !== "string" || url === "") throw new BadRequest(`${path}.image_url.url: is required`);
  const inline = dataIn(url);
  if (inline !== undefined) return { type: "base64", media_type: imageType(inline), data: inline.bytes };
  if (/^https?:/i.test(url)) return { type: "url", url };
  throw new BadRequest(`${path}.image_url.url: must be an address of the web or a data URL in base64`);
}

interface Inline {
  readonly type: string;
  readonly bytes: string;
}

/** A data URL in base64 (RFC 2397); `undefined`: it is none. */
function dataIn(url: string): Inline | undefined {
  const head = /^data:([^;,]*)(?:;[^;,]+)*;base64,/i.exec(url);
  return head ? { type: (head[1] ?? "").toLowerCase(), bytes: url.slice(head[0].length) } : undefined;
}

/** How the bytes of pictures begin, in base64: that is what a vendor checks, whatever the client says. */
const BEGINNINGS = [
  ["iVBORw0KGgo", "image/png"],
  ["/9j/", "image/jpeg"],
  ["R0lGOD", "image/gif"],
  ["UklGR", "image/webp"],
] as const;

function imageType({ type, bytes }: Inline): string {
  const known = BEGINNINGS.find(([begin]) => bytes.startsWith(begin))?.[1];
  return known ?? (type === "image/jpg" || type === "" ? "image/jpeg" : type);
}

/** Audio in the form of a picture: wires whose models hear nothing refuse it. */
function audioBlock(audio: Json | undefined, path: string): WireBlock {
  const { data, format } = isObject(audio) ? audio : {};
  if (typeof data !== "string" || data === "") throw new BadRequest(`${path}.input_audio.data: is required`);
  const media_type = `audio/${format === "mp3" ? "mpeg" : typeof format === "string" && format !== "" ? format : "wav"}`;
  return { type: "audio", source: { type: "base64", media_type, data } };
}

function fileBlock(file: Json | undefined, path: string): WireBlock {
  const { file_data, filename } = isObject(file) ? file : {};
  if (typeof file_data !== "string" || file_data === "") {
    throw new BadRequest(
      `${path}.file: a file needs its bytes in file_data; ids of uploaded files are not known here`,
    );
  }
  const inline = dataIn(file_data) ?? { type: "application/pdf", bytes: file_data };
  const title = typeof filename === "string" && filename !== "" ? { title: filename } : {};
  if (inline.type.startsWith("text/")) {
    const source = { type: "text", media_type: "text/plain", data: textIn(inline.bytes, path) };
    return { type: "document", source, ...title };
  }
  if (inline.type.startsWith("image/")) {
    return { type: "image", source: { type: "base64", media_type: imageType(inline), data: inline.bytes } };
  }
  const isPdf = inline.type === "" || inline.type === "application/pdf" || inline.bytes.startsWith("JVBERi0");
  if (!isPdf)
    throw new BadRequest(`${path}.file: a file must be a PDF, a picture or text, not ${inline.type}`);
  const source = { type: "base64", media_type: "application/pdf", data: inline.bytes };
  return { type: "document", source, ...title };
}

function textIn(bytes: string, path: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(bytes), (it) => it.charCodeAt(0)));
  } catch {
    throw new BadRequest(`${path}.file.file_data: is no base64`);
  }
}
