import type { Json, JsonObject } from "../conversation.ts";
import type { WireBlock } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import { blocksOf, type Part, partsOf } from "./parts.ts";
import { type SignatureMemory, signatureOf, signatureOfNext, UNKNOWN_SIGNATURE } from "./signatures.ts";
import type { Paired, Placed, Turn } from "./turns.ts";

/** What the encoding of one conversation goes by. */
export interface Encoding {
  readonly nameOf: (name: string) => string;
  readonly memory: SignatureMemory;
  /** Whether the model wants thought signatures back, and takes media within responses. */
  readonly isGemini3: boolean;
  /** Whether ids of calls are sent. */
  readonly ids: boolean;
  /** Is told what is left out. */
  readonly drop: (path: string) => void;
}

interface Content {
  readonly role: "user" | "model";
  readonly parts: Part[];
}

/**
 * `contents` of a conversation: sides alternate, the user begins, no content is empty, and behind the calls of a turn
 * stand their responses (https://ai.google.dev/gemini-api/docs/function-calling).
 */
export function contentsOf(turns: readonly Turn[], encoding: Encoding): readonly JsonObject[] {
  const contents: Content[] = [];
  for (const turn of turns) {
    const role = turn.role === "assistant" ? "model" : "user";
    add(contents, role, role === "model" ? modelParts(turn, encoding) : userParts(turn, encoding));
    if (turn.calls.length > 0) add(contents, "user", responsesOf(turn.calls, encoding));
  }
  if (contents[0]?.role !== "user") contents.unshift({ role: "user", parts: [{ text: "Continue." }] });
  return contents.map((it) => ({ ...it }));
}

function add(contents: Content[], role: Content["role"], parts: readonly Part[]): void {
  const last = contents.at(-1);
  if (last?.role === role) last.parts.push(...parts);
  else if (parts.length > 0) contents.push({ role, parts: [...parts] });
}

function userParts({ blocks }: Turn, { drop }: Encoding): readonly Part[] {
  return blocks.flatMap(({ block, path }) => {
    if (block.type === "tool_result") return orphan(block, path, drop);
    return partsOf(block, path) ?? dropped(path, drop);
  });
}

function dropped(path: string, drop: Encoding["drop"]): readonly Part[] {
  drop(path);
  return [];
}

/** A result whose call is not there any more: what it says must not be lost. */
function orphan(block: WireBlock, path: string, drop: Encoding["drop"]): readonly Part[] {
  const { text, media } = resultParts(block, path, drop);
  const said = `Result of a call that is no longer in this conversation:\n${text}`;
  return text.trim() === "" ? media : [{ text: said }, ...media];
}

function modelParts({ blocks }: Turn, encoding: Encoding): readonly Part[] {
  let isFirst = true;
  let next: string | undefined;
  return blocks.flatMap((placed) => {
    const { block } = placed;
    const brought = next;
    next = signatureOfNext(block);
    if (next !== undefined) return [];
    if (block.type !== "tool_use") return withSignature(saidParts(placed, encoding), brought);
    const signature = callSignature(block, isFirst, brought, encoding);
    isFirst = false;
    return [callPart(block, signature, encoding)];
  });
}

/** The first part with a signature that was brought for it, unless it has its own. */
function withSignature(parts: readonly Part[], signature: string | undefined): readonly Part[] {
  const [first, ...others] = parts;
  return first === undefined || signature === undefined
    ? parts
    : [{ thoughtSignature: signature, ...first }, ...others];
}

function saidParts({ block, path }: Placed, { drop }: Encoding): readonly Part[] {
  if (block.type !== "thinking") return partsOf(block, path) ?? dropped(path, drop);
  const signature = signatureOf(block);
  // Thoughts without a signature, or with another vendor's, mean nothing to it.
  if (signature === undefined) return dropped(path, drop);
  return [{ text: textOf(block["thinking"]) ?? "", thought: true, thoughtSignature: signature }];
}

/** Of parallel calls only the first has to have one. */
function callSignature(
  block: WireBlock,
  isFirst: boolean,
  brought: string | undefined,
  { memory, isGemini3 }: Encoding,
): string | undefined {
  const known = signatureOf(block) ?? brought ?? memory.recall(textOf(block["id"]) ?? "");
  return known ?? (isFirst && isGemini3 ? UNKNOWN_SIGNATURE : undefined);
}

function callPart(block: WireBlock, signature: string | undefined, encoding: Encoding): Part {
  const input = block["input"];
  const args = typeof input === "object" && input !== null && !Array.isArray(input) ? input : {};
  return {
    functionCall: { ...idOf(block["id"], encoding), name: sentName(block, encoding), args },
    ...(signature !== undefined && { thoughtSignature: signature }),
  };
}

function sentName(block: WireBlock, { nameOf }: Encoding): string {
  return nameOf(textOf(block["name"]) ?? "unnamed");
}

function idOf(id: Json | undefined, { ids }: Encoding): JsonObject {
  const text = textOf(id);
  return ids && text !== undefined ? { id: text } : {};
}

/** All responses of one turn, then the media that cannot stand in them. */
function responsesOf(calls: readonly Paired[], encoding: Encoding): readonly Part[] {
  const answers = calls.map(({ call, result }) => {
    const { text, media } = result
      ? resultParts(result.block, result.path, encoding.drop)
      : { text: INTERRUPTED, media: [] };
    const inside = encoding.isGemini3 && media.length > 0;
    const isError = result === undefined || result.block["is_error"] === true;
    const functionResponse = {
      ...idOf(call.block["id"], encoding),
      name: sentName(call.block, encoding),
      response: responseOf(text, isError),
      ...(inside && { parts: media }),
    };
    return { part: { functionResponse }, beside: inside ? [] : media };
  });
  return [...answers.map((it) => it.part), ...answers.flatMap((it) => it.beside)];
}

const INTERRUPTED = "interrupted: this call gave no result";

function resultParts(
  block: WireBlock,
  path: string,
  drop: Encoding["drop"],
): { readonly text: string; readonly media: readonly Part[] } {
  const { content } = block;
  if (typeof content === "string") return { text: content, media: [] };
  const parts = blocksOf(content).flatMap((it, at) => {
    const place = `${path}.content.${at}`;
    return partsOf(it, place) ?? dropped(place, drop);
  });
  const texts = parts.filter((it) => "text" in it).map((it) => String(it["text"]));
  return { text: texts.join("\n"), media: parts.filter((it) => !("text" in it)) };
}

/** `response` is an object: a result that is one goes as it is, anything else under a name. */
function responseOf(text: string, isError: boolean): JsonObject {
  const value = valueIn(text);
  if (isError) return { error: value ?? text };
  if (value === undefined || Array.isArray(value)) return { result: value ?? text };
  return value as JsonObject;
}

/** The object or list that a text is, if nothing of it is lost: long numbers, doubled keys and unusual escapes would be. */
function valueIn(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value = JSON.parse(text) as Json;
    const packed = text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, "$1");
    return JSON.stringify(value) === packed && recordOf(value) === value ? value : undefined;
  } catch {
    // Begins like JSON and is a text.
    return undefined;
  }
}
