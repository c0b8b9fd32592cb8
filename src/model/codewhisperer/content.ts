import { carriedIn } from "../carried.ts";
import type { Json, JsonObject } from "../conversation.ts";
import type { WireBlock } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import { Untranslatable } from "../wire.ts";
import { CODEWHISPERER_VENDOR } from "./decoder.ts";

/** What a turn says, apart by kind. */
export interface Content {
  readonly texts: string[];
  readonly images: JsonObject[];
  readonly documents: JsonObject[];
}

/** Adds what blocks say to `content`; those without a form are reported to `drop`. */
export function addBlocks(
  blocks: readonly WireBlock[],
  content: Content,
  path: string,
  drop: (path: string) => void,
): void {
  for (const [index, block] of blocks.entries()) {
    if (!add(block, content)) drop(`${path}.${index}`);
  }
}

function add(block: WireBlock, { texts, images, documents }: Content): boolean {
  const source = recordOf(block.source);
  switch (block.type) {
    case "text":
      texts.push(textOf(block.text) ?? "");
      return true;
    case "image":
      images.push(imageOf(source));
      return true;
    case "document":
      if (source.type === "text") texts.push(textOf(source.data) ?? "");
      else documents.push(documentOf(block, source));
      return true;
    case "audio":
    case "video":
      throw new Untranslatable(`CodeWhisperer takes no ${block.type}: send what is said in it as text.`);
    case "search_result":
      texts.push(`Source: ${textOf(block.title) ?? ""} — ${textOf(block.source) ?? ""}`);
      texts.push(...textsIn(block.content));
      return true;
    default:
      return false;
  }
}

function imageOf(source: Readonly<Record<string, unknown>>): JsonObject {
  const data = textOf(source.data);
  if (source.type !== "base64" || data === undefined)
    throw new Untranslatable("CodeWhisperer takes images only as their bytes: send this one as base64.");
  const format = (textOf(source.media_type) ?? "image/png").replace(/^image\//, "").replace(/^jpg$/, "jpeg");
  return { format, source: { bytes: data.replace(/^data:[^,]*,/, "") } };
}

function documentOf(block: WireBlock, source: Readonly<Record<string, unknown>>): JsonObject {
  const data = textOf(source.data);
  if (source.type !== "base64" || data === undefined)
    throw new Untranslatable("CodeWhisperer takes documents only as their bytes: send this one as base64.");
  const name = (textOf(block.title) ?? "document").replace(/\.pdf$/i, "").replace(/[^\w ()[\]-]/g, "-");
  return { format: "pdf", name, source: { bytes: data } };
}

/** The texts in the content of a result: a text or blocks. */
export function textsIn(content: Json | undefined): readonly string[] {
  if (typeof content === "string") return content === "" ? [] : [content];
  if (!Array.isArray(content)) return [];
  return (content as readonly Json[]).flatMap((it) => {
    if (typeof it === "string") return it;
    const { type, text } = recordOf(it);
    if (type === "image" || type === "document") return [];
    return textOf(text) ?? (type === "text" ? [] : JSON.stringify(it));
  });
}

/** Thinking of this vendor, with the signature it gave; `undefined`: another's. */
export function reasoningOf(blocks: readonly WireBlock[]): JsonObject | undefined {
  for (const block of blocks) {
    const carried = recordOf(
      carriedIn(textOf(block.signature) ?? textOf(block.data) ?? "", CODEWHISPERER_VENDOR),
    );
    const signature = textOf(carried.signature);
    const redactedContent = textOf(carried.redactedContent);
    const text = textOf(block.thinking) ?? "";
    if (block.type === "thinking" && signature !== undefined) return { reasoningText: { text, signature } };
    if (block.type === "redacted_thinking" && redactedContent !== undefined) return { redactedContent };
  }
  return undefined;
}
