import type { Json, JsonObject } from "../conversation.ts";
import type { WireBlock } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import { Untranslatable } from "../wire.ts";
import type { Encoding } from "./encoding.ts";

/** A part of a message's content: "text", "image_url", "input_audio" or "file". */
export type Part = JsonObject & { readonly type: string };

/** A block of a user, a system prompt or a result as parts; blank texts and unknown blocks give none. `path` is for what is told. */
export function partsOf(block: WireBlock, path: string, encoding: Encoding): readonly Part[] {
  switch (block.type) {
    case "text":
      return textPart(textOf(block["text"]) ?? "", block, encoding);
    case "image":
      return [{ type: "image_url", image_url: { url: imageUrl(block, path) } }];
    case "document":
      return documentParts(block, path, encoding);
    case "audio":
      return [{ type: "input_audio", input_audio: audio(block, path) }];
    case "video":
      throw new Untranslatable(`${path}: a film cannot be sent to this vendor`);
    case "search_result":
      return textPart(searchText(block), block, encoding);
    default:
      encoding.drop(path);
      return [];
  }
}

/** The content of a message: one text when there are only texts, joined by a blank line, else the parts. */
export function contentOf(parts: readonly Part[]): string | readonly Part[] {
  const isPlain = parts.every((it) => it.type === "text" && !("cache_control" in it));
  return isPlain ? parts.map((it) => String(it["text"])).join("\n\n") : parts;
}

/** A text that is all of a message, in a part of its own where its block marks a breakpoint of caches. */
export function markedText(
  text: string,
  block: WireBlock | undefined,
  encoding: Encoding,
): string | readonly Part[] {
  return contentOf(textPart(text, block, encoding)) || text;
}

/** A text part; none for a blank text. */
export function textPart(text: string, block: WireBlock | undefined, { options }: Encoding): readonly Part[] {
  if (text.trim() === "") return [];
  const mark: Json | undefined = options.keepCacheControl ? block?.["cache_control"] : undefined;
  return [{ type: "text", text, ...(mark != null && { cache_control: mark }) }];
}

function imageUrl(block: WireBlock, path: string): string {
  const source = recordOf(block["source"]);
  if (source["type"] === "url" && textOf(source["url"])) return String(source["url"]);
  const bytes = textOf(source["data"]);
  if (source["type"] === "base64" && bytes !== undefined)
    return dataUrl(textOf(source["media_type"]) ?? "image/png", bytes);
  throw new Untranslatable(
    source["type"] === "file"
      ? `${path}: a picture given by file id is not available at this vendor; send its bytes or an address`
      : `${path}: a picture needs a source of type "base64" or "url"`,
  );
}

function audio(block: WireBlock, path: string): JsonObject {
  const source = recordOf(block["source"]);
  const bytes = textOf(source["data"]);
  const format = /mpeg|mp3/.test(textOf(source["media_type"]) ?? "") ? "mp3" : "wav";
  if (source["type"] === "base64" && bytes !== undefined) return { data: bytes, format };
  throw new Untranslatable(`${path}: audio needs a source of type "base64"`);
}

function dataUrl(mediaType: string, bytes: string): string {
  return bytes.startsWith("data:") ? bytes : `data:${mediaType};base64,${bytes}`;
}

function documentParts(block: WireBlock, path: string, encoding: Encoding): readonly Part[] {
  const source = recordOf(block["source"]);
  const title = textOf(block["title"]);
  switch (source["type"]) {
    case "text":
      return textPart(titled(title, textOf(source["data"]) ?? ""), block, encoding);
    case "content":
      return blocksOf(source["content"]).flatMap((it, index) =>
        partsOf(it, `${path}.source.content.${index}`, encoding),
      );
    case "base64": {
      const bytes = textOf(source["data"]);
      if (bytes !== undefined && encoding.options.files) {
        const file_data = dataUrl(textOf(source["media_type"]) ?? "application/pdf", bytes);
        return [{ type: "file", file: { filename: title ?? "document.pdf", file_data } }];
      }
    }
  }
  throw new Untranslatable(
    `${path}: a document of source type ${JSON.stringify(source["type"] ?? null)} cannot be sent to this vendor; send its text`,
  );
}

function titled(title: string | undefined, text: string): string {
  return title === undefined || text.trim() === "" ? text : `${title}\n\n${text}`;
}

/** A search result with the lines that say where it is from. */
function searchText(block: WireBlock): string {
  const heading = [textOf(block["title"]), sourceLine(textOf(block["source"]))].filter(
    (it) => it !== undefined,
  );
  const texts = blocksOf(block["content"]).flatMap((it) => textOf(it["text"]) ?? []);
  return [heading.join("\n"), ...texts].filter((it) => it !== "").join("\n\n");
}

function sourceLine(source: string | undefined): string | undefined {
  return source === undefined ? undefined : `Source: ${source}`;
}

/** The lines that say where texts with citations have it from, each once; "" when they cite nothing. */
export function citedSources(texts: readonly WireBlock[]): string {
  const lines = texts.flatMap((it) =>
    blocksOf(it["citations"], false).flatMap((citation) => {
      const where = textOf(citation["url"]) ?? textOf(citation["source"]);
      const what = textOf(citation["title"]) ?? textOf(citation["document_title"]);
      return sourceLine([what, where].filter((it) => it !== undefined).join(" ") || undefined) ?? [];
    }),
  );
  return [...new Set(lines)].join("\n");
}

/** The blocks in a member from outside; what has no type is none, unless types do not matter. */
export function blocksOf(value: unknown, typed = true): readonly WireBlock[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (it) => typeof it === "object" && it !== null && (!typed || textOf(recordOf(it)["type"])),
  );
}
