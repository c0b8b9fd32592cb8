import { isCarried } from "../carried.ts";
import type { JsonObject } from "../conversation.ts";
import type { MessagesRequest, WireBlock, WireMessage } from "../messages.ts";
import { textOf } from "../record.ts";
import { type Encoding, sentId } from "./encoding.ts";
import { blocksOf, citedSources, contentOf, markedText, type Part, partsOf, textPart } from "./parts.ts";
import { detailsIn, isOfDetails } from "./reasoning-details.ts";
import { orphanParts, resultMessage } from "./results.ts";

/** The messages of a request: the system prompt, and turns in which every call has its result right behind it. */
export function chatMessages(request: MessagesRequest, encoding: Encoding): readonly JsonObject[] {
  const turns = turnsOf(request.messages);
  const written = turns.flatMap((turn, index) => {
    const isPrefill = index === turns.length - 1 && turn.following.length === 0;
    return turnMessages(turn, isPrefill && !encoding.options.prefill, encoding);
  });
  return [...systemMessages(request.system, encoding), ...written];
}

/** A block and where it stands. */
interface Placed {
  readonly block: WireBlock;
  readonly path: string;
}

/** What an assistant said, in however many messages, and what stands before it says something again. */
interface Turn {
  readonly said: readonly Placed[];
  readonly following: readonly { readonly role: string; readonly blocks: readonly Placed[] }[];
}

function turnsOf(messages: readonly WireMessage[]): readonly Turn[] {
  const turns: { said: Placed[]; following: { role: string; blocks: Placed[] }[] }[] = [];
  for (const [index, { role, content }] of messages.entries()) {
    const blocks = content.map((block, place) => ({ block, path: `messages.${index}.content.${place}` }));
    const last = turns.at(-1);
    if (role !== "assistant") {
      if (last) last.following.push({ role, blocks });
      else turns.push({ said: [], following: [{ role, blocks }] });
    } else if (last && last.following.length === 0) last.said.push(...blocks);
    else turns.push({ said: blocks, following: [] });
  }
  return turns;
}

function systemMessages(system: readonly WireBlock[], encoding: Encoding): readonly JsonObject[] {
  const parts = system.flatMap((block, index) =>
    partsOf(index === 0 ? withoutBilling(block) : block, `system.${index}`, encoding),
  );
  return parts.length === 0 ? [] : [{ role: "system", content: contentOf(parts) }];
}

/** Claude Code's first line for billing differs in every request, so no cache would ever hold behind it. */
function withoutBilling(block: WireBlock): WireBlock {
  const text = textOf(block["text"]);
  if (text === undefined || !text.startsWith("x-anthropic-billing-header:")) return block;
  return { ...block, text: text.replace(/^[^\r\n]*[\r\n]*/, "") };
}

function turnMessages(turn: Turn, withoutPrefill: boolean, encoding: Encoding): readonly JsonObject[] {
  const calls = turn.said.filter((it) => it.block.type === "tool_use");
  if (withoutPrefill && turn.said.length > 0 && calls.length === 0) {
    encoding.drop(pathOfMessage(turn.said[0]?.path ?? "messages"));
    return followingMessages(turn, [], encoding);
  }
  return [...assistantMessage(turn.said, calls, encoding), ...followingMessages(turn, calls, encoding)];
}

function pathOfMessage(path: string): string {
  return path.split(".").slice(0, 2).join(".");
}

function assistantMessage(
  said: readonly Placed[],
  calls: readonly Placed[],
  encoding: Encoding,
): readonly JsonObject[] {
  const { options } = encoding;
  const content = spokenText(said, encoding);
  if (content === "" && calls.length === 0) return [];
  const marked = said.findLast(({ block }) => block.type === "text" && block["cache_control"] != null);
  const reasoning = options.reasoningReplay && calls.length > 0 ? thoughtOf(said) : undefined;
  const details = said.flatMap(({ block }) => detailsIn(signatureOf(block), encoding.model) ?? []);
  return [
    {
      role: "assistant",
      ...(content !== "" || calls.length === 0
        ? { content: markedText(content, marked?.block, encoding) }
        : emptyContent(options.nullContent)),
      ...(reasoning !== undefined && { reasoning_content: reasoning }),
      ...(details.length > 0 && { reasoning_details: details }),
      ...(calls.length > 0 && { tool_calls: calls.map(({ block }) => callOf(block, encoding)) }),
    },
  ];
}

function emptyContent(form: Encoding["options"]["nullContent"]): JsonObject {
  return form === "absent" ? {} : { content: form === "null" ? null : "" };
}

/** The texts of a turn in their order: adjacent ones are pieces of one, others are kept apart by a blank line. */
function spokenText(said: readonly Placed[], { drop }: Encoding): string {
  const runs: string[] = [];
  let isRunning = false;
  for (const { block, path } of said) {
    const text = block.type === "text" ? (textOf(block["text"]) ?? "") : undefined;
    if (text === undefined) {
      isRunning = false;
      if (block.type !== "tool_use") drop(path);
    } else if (isRunning) runs.push((runs.pop() ?? "") + text);
    else {
      runs.push(text);
      isRunning = true;
    }
  }
  const sources = citedSources(said.filter(({ block }) => block.type === "text").map(({ block }) => block));
  return [...runs.filter((it) => it.trim() !== ""), ...(sources === "" ? [] : [sources])].join("\n\n");
}

/** What was thought in a turn, without what other vendors keep closed; such hosts refuse a turn with calls and without any. */
function thoughtOf(said: readonly Placed[]): string {
  const open = said.filter(
    ({ block }) =>
      block.type === "thinking" &&
      (!isCarried(signatureOf(block)) || (isOfDetails(signatureOf(block)) && block["thinking"] !== "")),
  );
  return open.map(({ block }) => textOf(block["thinking"]) ?? "").join("\n\n") || "[reasoning unavailable]";
}

function signatureOf(block: WireBlock): string {
  return block.type === "thinking" ? (textOf(block["signature"]) ?? "") : "";
}

function callOf(block: WireBlock, encoding: Encoding): JsonObject {
  const input = block["input"];
  const isObject = typeof input === "object" && input !== null && !Array.isArray(input);
  return {
    id: sentId(textOf(block["id"]) ?? "", encoding),
    type: "function",
    function: {
      name: encoding.names.sent(textOf(block["name"]) ?? ""),
      arguments: JSON.stringify(isObject ? input : {}),
    },
  };
}

/** The results in the order of their calls, then everything else in its own order. */
function followingMessages(turn: Turn, calls: readonly Placed[], encoding: Encoding): readonly JsonObject[] {
  const results = turn.following
    .flatMap((it) => it.blocks)
    .filter(({ block }) => block.type === "tool_result");
  const used = new Set<Placed>();
  const answers = calls.map(({ block }) => {
    const id = textOf(block["id"]) ?? "";
    const found = results.find((it) => it.block["tool_use_id"] === block["id"] && !used.has(it));
    if (found) used.add(found);
    return resultMessage(id, found, encoding);
  });
  const isTold = (it: Placed) => used.has(it) || (results.length > used.size && saysAgain(it, used));

  let beside: readonly Part[] = answers.flatMap((it) => it.beside);
  const rest: JsonObject[] = [];
  for (const { role, blocks } of turn.following) {
    const parts = blocks.flatMap((it) => userParts(it, isTold, encoding));
    if (role === "system") rest.push(...instruction(parts, encoding));
    else if (parts.length + beside.length > 0) {
      rest.push({ role: "user", content: contentOf([...beside, ...parts]) });
      beside = [];
    }
  }
  return [...answers.map((it) => it.message), ...rest];
}

/** Whether a result says what another for the same call has said: then it adds nothing. */
function saysAgain({ block }: Placed, used: ReadonlySet<Placed>): boolean {
  const content = JSON.stringify(block["content"]);
  return [...used].some(
    (it) =>
      it.block["tool_use_id"] === block["tool_use_id"] && JSON.stringify(it.block["content"]) === content,
  );
}

function userParts(it: Placed, isTold: (it: Placed) => boolean, encoding: Encoding): readonly Part[] {
  if (it.block.type !== "tool_result") return partsOf(it.block, it.path, encoding);
  return isTold(it) ? [] : orphanParts(it.block, it.path, encoding);
}

/** An instruction of the system behind the first message, where the host takes none as the reminder of a user. */
function instruction(parts: readonly Part[], encoding: Encoding): readonly JsonObject[] {
  if (parts.length === 0) return [];
  if (encoding.options.systemInMessages) return [{ role: "system", content: contentOf(parts) }];
  const text = blocksOf(parts)
    .flatMap((it) => textOf(it["text"]) ?? [])
    .join("\n\n");
  const reminder = textPart(`<system-reminder>\n${text}\n</system-reminder>`, undefined, encoding);
  return [{ role: "user", content: contentOf(reminder) }];
}
