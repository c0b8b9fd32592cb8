import type { WireBlock, WireMessage } from "../messages.ts";
import { textOf } from "../record.ts";

/** A block with its place in the request, for what is told of it. */
export interface Placed {
  readonly block: WireBlock;
  readonly path: string;
}

/** A call, and the result that answers it; `undefined`: there is none. */
export interface Paired {
  readonly call: Placed;
  readonly result: Placed | undefined;
}

/** What one side said in a row. Of a user's turn, results are only those that answer no call, each once. */
export interface Turn {
  readonly role: "user" | "assistant";
  readonly blocks: readonly Placed[];
  /** The calls of an assistant's turn in their order, with their results wherever they stood behind it. */
  readonly calls: readonly Paired[];
}

/** A conversation in turns that alternate. Messages of role "system" are told by the user. */
export function turnsOf(messages: readonly WireMessage[]): readonly Turn[] {
  const rows = rowsOf(messages);
  const taken = new Set<WireBlock>();
  const answered = new Set<string>();
  const paired = rows.map((row, at) => (row.role === "assistant" ? pairsOf(rows, at, taken, answered) : []));
  return rows.map((row, at) => ({
    role: row.role,
    calls: paired[at] ?? [],
    blocks: row.role === "user" ? unanswered(row.blocks, taken, answered) : row.blocks,
  }));
}

/** Messages of role "system" that begin a conversation belong before it; here they are, and what is left. */
export function openingOf(messages: readonly WireMessage[]): {
  readonly system: readonly WireBlock[];
  readonly messages: readonly WireMessage[];
  readonly skipped: number;
} {
  const end = messages.findIndex((it) => it.role !== "system");
  const skipped = end === -1 ? messages.length : end;
  return {
    system: messages.slice(0, skipped).flatMap((it) => it.content),
    messages: messages.slice(skipped),
    skipped,
  };
}

interface Row {
  readonly role: "user" | "assistant";
  readonly blocks: Placed[];
}

function rowsOf(messages: readonly WireMessage[]): readonly Row[] {
  const rows: Row[] = [];
  for (const [index, { role, content }] of messages.entries()) {
    const side = role === "assistant" ? "assistant" : "user";
    const blocks = content.map((it, at) => ({
      block: role === "system" ? reminder(it) : it,
      path: `messages.${index}.content.${at}`,
    }));
    const last = rows.at(-1);
    if (last?.role === side) last.blocks.push(...blocks);
    else rows.push({ role: side, blocks });
  }
  return rows;
}

/** There is no such role among contents. */
function reminder(block: WireBlock): WireBlock {
  const text = block.type === "text" ? textOf(block["text"]) : undefined;
  if (text === undefined || text.trim() === "") return block;
  return { ...block, text: `<system-reminder>\n${text}\n</system-reminder>` };
}

function pairsOf(
  rows: readonly Row[],
  at: number,
  taken: Set<WireBlock>,
  answered: Set<string>,
): readonly Paired[] {
  const calls = rows[at]?.blocks.filter((it) => it.block.type === "tool_use") ?? [];
  return calls.map((call) => {
    const result = resultOf(rows, at, call.block["id"], taken);
    if (result !== undefined) taken.add(result.block);
    answered.add(String(call.block["id"]));
    return { call, result };
  });
}

/** The first result of a call behind its turn, as long as its id names no later call. */
function resultOf(
  rows: readonly Row[],
  from: number,
  id: unknown,
  taken: ReadonlySet<WireBlock>,
): Placed | undefined {
  for (const row of rows.slice(from + 1)) {
    if (row.blocks.some((it) => it.block.type === "tool_use" && it.block["id"] === id)) return undefined;
    const found = row.blocks.find(
      ({ block }) => block.type === "tool_result" && block["tool_use_id"] === id && !taken.has(block),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A second result for a call says nothing new. */
function unanswered(
  blocks: readonly Placed[],
  taken: ReadonlySet<WireBlock>,
  answered: ReadonlySet<string>,
): readonly Placed[] {
  return blocks.filter(
    ({ block }) =>
      block.type !== "tool_result" || (!taken.has(block) && !answered.has(String(block["tool_use_id"]))),
  );
}
