import type { Json, JsonObject } from "../conversation.ts";
import type { WireBlock } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import { Untranslatable } from "../wire.ts";

/** Parts of a message's content, or of a tool's output, for blocks of a user; those it has no word for are reported to `drop`. */
export function partsOf(
  blocks: readonly WireBlock[],
  path: string,
  drop: (path: string) => void,
): readonly JsonObject[] {
  return blocks.flatMap((block, index) => {
    const parts = partsOfBlock(block);
    if (parts === undefined) drop(`${path}.${index}`);
    return parts ?? [];
  });
}

function partsOfBlock(block: WireBlock): readonly JsonObject[] | undefined {
  switch (block.type) {
    case "text":
      return textPart(textOf(block.text) ?? "");
    case "image":
      return [imagePart(recordOf(block.source))];
    case "document":
      return documentParts(block);
    case "search_result":
      return textPart(searchText(block));
    case "audio":
    case "video":
      throw new Untranslatable(
        `OpenAI's Responses API takes no ${block.type}: send what is said in it as text.`,
      );
    case "tool_reference":
      return textPart(`Tool: ${textOf(block.tool_name) ?? ""}`);
    default:
      return undefined;
  }
}

function textPart(text: string): readonly JsonObject[] {
  return text.trim() === "" ? [] : [{ type: "input_text", text }];
}

function imagePart(source: Readonly<Record<string, unknown>>): JsonObject {
  const part = { type: "input_image", detail: "auto" };
  const data = textOf(source.data);
  const url = textOf(source.url);
  const file = textOf(source.file_id);
  if (source.type === "base64" && data !== undefined)
    return { ...part, image_url: dataUrl(textOf(source.media_type) ?? "image/png", data) };
  if (source.type === "url" && url !== undefined) return { ...part, image_url: url };
  if (source.type === "file" && isOwnFile(file)) return { ...part, file_id: file };
  throw new Untranslatable("An image that is stored as a file elsewhere is not available at OpenAI.");
}

function documentParts(block: WireBlock): readonly JsonObject[] {
  const source = recordOf(block.source);
  const filename = textOf(block.title) ?? "document.pdf";
  const data = textOf(source.data) ?? "";
  const url = textOf(source.url);
  const file = textOf(source.file_id);
  if (source.type === "text") return textPart(data);
  if (source.type === "content") return contentParts(source.content);
  if (source.type === "base64")
    return [
      {
        type: "input_file",
        filename,
        file_data: dataUrl(textOf(source.media_type) ?? "application/pdf", data),
      },
    ];
  if (source.type === "url" && url !== undefined) return [{ type: "input_file", file_url: url }];
  if (source.type === "file" && isOwnFile(file)) return [{ type: "input_file", file_id: file }];
  throw new Untranslatable("A document that is stored as a file elsewhere is not available at OpenAI.");
}

function contentParts(content: unknown): readonly JsonObject[] {
  if (typeof content === "string") return textPart(content);
  const blocks: readonly unknown[] = Array.isArray(content) ? content : [];
  return blocks.flatMap(
    (it) => partsOfBlock({ ...recordOf(it), type: textOf(recordOf(it).type) ?? "" } as WireBlock) ?? [],
  );
}

/** OpenAI's ids of files begin so; others are other vendors'. */
function isOwnFile(id: string | undefined): id is string {
  return id?.startsWith("file-") ?? false;
}

function dataUrl(mediaType: string, data: string): string {
  return data.startsWith("data:") ? data : `data:${mediaType};base64,${data}`;
}

function searchText(block: WireBlock): string {
  const head = [textOf(block.title), textOf(block.source)].filter((it) => it !== undefined).join(" — ");
  const texts = Array.isArray(block.content)
    ? block.content.map((it) => textOf(recordOf(it).text) ?? "")
    : [];
  return [`Source: ${head}`, ...texts].join("\n");
}

/** The output of a call: a text where there is nothing but text. */
export function outputOf(block: WireBlock, path: string, drop: (path: string) => void): Json {
  const { content } = block;
  const isError = block.is_error === true;
  if (content === undefined || content === null) return isError ? "Error" : "";
  if (typeof content === "string") return isError ? marked(content) : content;
  const blocks = (Array.isArray(content) ? content : [content]).map((it) =>
    textOf(recordOf(it).type) === undefined
      ? { type: "text", text: typeof it === "string" ? it : JSON.stringify(it) }
      : (it as WireBlock),
  );
  const parts = partsOf(blocks, `${path}.content`, drop);
  if (parts.every((it) => it.type === "input_text")) {
    const text = parts.map((it) => it.text).join("\n");
    return isError ? marked(text) : text;
  }
  return isError ? [{ type: "input_text", text: "Error:" }, ...parts] : parts;
}

/** There is no member for it, and the model must see that it failed. */
function marked(text: string): string {
  return /^error\b/i.test(text) ? text : `Error: ${text}`;
}
