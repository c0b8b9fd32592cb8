import type { Json } from "../conversation.ts";
import type { MessagesRequest, WireBlock } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";

/** All that one side said before the other spoke. */
export interface Turn {
  readonly role: "user" | "assistant";
  readonly blocks: readonly WireBlock[];
}

/**
 * The turns of a conversation: user and assistant by turns, the user first and last. Every call has a result in the
 * turn behind it and every result a call in the turn before it; what is missing is said to be so.
 */
export function turnsOf(request: MessagesRequest): readonly Turn[] {
  const merged: Turn[] = [];
  for (const { role, content } of request.messages) {
    const blocks = role === "system" ? content.map(reminder) : content;
    const side = role === "assistant" ? "assistant" : "user";
    const last = merged.at(-1);
    if (last?.role === side) merged[merged.length - 1] = { role: side, blocks: [...last.blocks, ...blocks] };
    else merged.push({ role: side, blocks });
  }
  if (merged[0]?.role !== "user") merged.unshift({ role: "user", blocks: [] });
  if (merged.at(-1)?.role === "assistant") merged.push({ role: "user", blocks: [] });
  return merged.map((turn, index) => (turn.role === "user" ? paired(turn, merged[index - 1]) : turn));
}

/** There is no such role: what the system says in between is marked as its word. */
function reminder(block: WireBlock): WireBlock {
  return { ...block, text: `<system-reminder>\n${textOf(block.text) ?? ""}\n</system-reminder>` };
}

function paired({ role, blocks }: Turn, before: Turn | undefined): Turn {
  const calls = (before?.blocks ?? []).filter((it) => it.type === "tool_use").map((it) => it.id ?? "");
  const seen = new Set<unknown>();
  const kept = blocks.flatMap((it) => {
    if (it.type !== "tool_result") return [it];
    const id = it.tool_use_id ?? "";
    if (!calls.includes(id)) return orphan(it);
    if (seen.has(id)) return [];
    seen.add(id);
    return [it];
  });
  const lost = calls.filter((id) => !seen.has(id)).map(interrupted);
  return { role, blocks: [...lost, ...kept] };
}

function interrupted(id: Json): WireBlock {
  const content = "The call was interrupted and has no result.";
  return { type: "tool_result", tool_use_id: id, content, is_error: true };
}

/** A result of a call that is not there, as what it says. */
function orphan({ content }: WireBlock): readonly WireBlock[] {
  const all: readonly Json[] = Array.isArray(content) ? content : [];
  const blocks = all.filter((it): it is WireBlock => textOf(recordOf(it).type) !== undefined);
  const said = typeof content === "string" ? [{ type: "text", text: content }] : blocks;
  return [{ type: "text", text: "Result of an earlier call:" }, ...said];
}
