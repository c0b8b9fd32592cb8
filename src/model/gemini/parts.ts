import type { Json, JsonObject } from "../conversation.ts";
import type { WireBlock } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import { Untranslatable } from "../wire.ts";
import { signatureOf } from "./signatures.ts";

/** A `Part` of a content (https://ai.google.dev/api/caching#Part). */
export type Part = JsonObject;

/**
 * A block of words or media as parts; none for blank text. `undefined`: it has no form here. Throws `Untranslatable`
 * for media that cannot be sent; `path` is for what is told.
 */
export function partsOf(block: WireBlock, path: string): readonly Part[] | undefined {
  switch (block.type) {
    case "text":
      return textPart(block);
    case "document":
      return documentParts(block, path);
    case "search_result":
      return plain(searchText(block));
    case "image":
    case "audio":
    case "video":
      return [mediaPart(recordOf(block["source"]), `${path}: a ${block.type}`)];
    case "input_audio": {
      const { data, format } = recordOf(block["input_audio"]);
      return [mediaPart({ type: "base64", data, media_type: `audio/${textOf(format) ?? "wav"}` }, path)];
    }
    default:
      return undefined;
  }
}

function textPart(block: WireBlock): readonly Part[] {
  const text = textOf(block["text"]) ?? "";
  const signature = signatureOf(block);
  // An empty part with a signature has to come back as it was.
  if (signature !== undefined) return [{ text, thoughtSignature: signature }];
  return plain(text);
}

function plain(text: string): readonly Part[] {
  return text.trim() === "" ? [] : [{ text }];
}

function documentParts(block: WireBlock, path: string): readonly Part[] | undefined {
  const source = recordOf(block["source"]);
  const title = textOf(block["title"]);
  switch (source["type"]) {
    case "text": {
      const text = textOf(source["data"]) ?? "";
      return plain(title === undefined || text.trim() === "" ? text : `${title}\n\n${text}`);
    }
    case "content":
      if (typeof source["content"] === "string") return plain(source["content"]);
      return blocksOf(source["content"]).flatMap(
        (it, at) => partsOf(it, `${path}.source.content.${at}`) ?? [],
      );
    default:
      return [mediaPart(source, `${path}: a document`, "application/pdf")];
  }
}

/** A search result with the line that says where it is from. */
function searchText(block: WireBlock): string {
  const source = textOf(block["source"]);
  const texts = blocksOf(block["content"]).map((it) => textOf(it["text"]) ?? "");
  return [textOf(block["title"]) ?? "", source === undefined ? "" : `Source: ${source}`, ...texts]
    .filter((it) => it.trim() !== "")
    .join("\n");
}

function mediaPart(source: Readonly<Record<string, unknown>>, what: string, usual?: string): Part {
  const data = textOf(source["data"]);
  if (source["type"] === "base64" && data !== undefined) {
    const inline = /^data:([^;,]+);base64,(.*)$/s.exec(data);
    const mimeType = inline?.[1] ?? textOf(source["media_type"]) ?? usual ?? typeOfBytes(data);
    return { inlineData: { mimeType: MEDIA_TYPES[mimeType] ?? mimeType, data: inline?.[2] ?? data } };
  }
  const url = textOf(source["url"]);
  const inline = url === undefined ? undefined : /^data:([^;,]+);base64,(.*)$/s.exec(url);
  if (inline?.[1] !== undefined) return { inlineData: { mimeType: inline[1], data: inline[2] ?? "" } };
  if (url === undefined)
    throw new Untranslatable(`${what} needs its bytes or an address that Gemini can read`);
  return fileOf(url, textOf(source["media_type"]) ?? usual, what);
}

/** Other names of media types, by what Gemini calls them. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  "image/jpg": "image/jpeg",
  "audio/mp3": "audio/mpeg",
  "audio/x-wav": "audio/wav",
};

/** What begins a file of a type, in base64. */
function typeOfBytes(data: string): string {
  if (data.startsWith("/9j/")) return "image/jpeg";
  if (data.startsWith("R0lGOD")) return "image/gif";
  if (data.startsWith("UklGR")) return "image/webp";
  return data.startsWith("JVBERi") ? "application/pdf" : "image/png";
}

/** A file that Gemini fetches itself (https://ai.google.dev/gemini-api/docs/file-input-methods). */
function fileOf(url: string, said: string | undefined, what: string): Part {
  if (!/^(https?|gs):\/\//.test(url))
    throw new Untranslatable(`${what} at this address cannot be read by Gemini`);
  const extension = /\.(\w+)(?:[?#].*)?$/.exec(url)?.[1]?.toLowerCase() ?? "";
  const mimeType = FETCHED[extension] ?? said;
  // Files of its own store, and films, need no type.
  const isOwn = /^gs:|generativelanguage\.googleapis\.com|youtube\.com|youtu\.be/.test(url);
  if (mimeType === undefined && !isOwn)
    throw new Untranslatable(
      `${what} at ${url.slice(0, 200)}: Gemini fetches only files whose name tells their type; send its bytes`,
    );
  return { fileData: { fileUri: url, ...(mimeType !== undefined && { mimeType }) } };
}

const FETCHED: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  bmp: "image/bmp",
  heic: "image/heic",
  heif: "image/heif",
  pdf: "application/pdf",
  txt: "text/plain",
  html: "text/html",
  css: "text/css",
  csv: "text/csv",
  xml: "text/xml",
  json: "application/json",
  mp4: "video/mp4",
  mp3: "audio/mpeg",
  wav: "audio/wav",
};

/** The blocks in a member from outside; what has no type is none. */
export function blocksOf(value: unknown): readonly WireBlock[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).filter((it) => textOf(recordOf(it)["type"]) !== undefined) as WireBlock[];
}
