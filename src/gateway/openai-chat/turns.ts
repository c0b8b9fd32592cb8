import type { WireBlock, WireMessage } from "../../model/messages.ts";

/** What answers a call whose result was never given. */
const INTERRUPTED = "[interrupted: this call gave no result]";

/**
 * The same conversation with neighbours of one role as one turn, and every call answered once at the beginning of the
 * turn behind it. A result whose call is not there is told as text.
 */
export function withResults(messages: readonly WireMessage[]): readonly WireMessage[] {
  const written: WireMessage[] = [];
  for (let at = 0; at < messages.length; ) {
    const said: WireBlock[] = [];
    for (; messages[at]?.role === "assistant"; at++) said.push(...(messages[at]?.content ?? []));
    const following: WireMessage[] = [];
    for (let it = messages[at]; it !== undefined && it.role !== "assistant"; it = messages[++at])
      following.push(it);
    if (said.length > 0) written.push({ role: "assistant", content: said });
    written.push(...answering(said, following));
  }
  return merged(written);
}

function answering(said: readonly WireBlock[], following: readonly WireMessage[]): readonly WireMessage[] {
  const results = following.flatMap((it) => it.content).filter((it) => it.type === "tool_result");
  const calls = new Set(said.flatMap((it) => (it.type === "tool_use" ? [it["id"]] : [])));
  const answers = [...calls].map(
    (id): WireBlock =>
      results.find((it) => it["tool_use_id"] === id) ?? {
        type: "tool_result",
        tool_use_id: id ?? "",
        content: INTERRUPTED,
        is_error: true,
      },
  );
  const others = following.map(({ role, content }) => ({
    role,
    content: content.flatMap((it) =>
      it.type === "tool_result" ? orphan(it, calls.has(it["tool_use_id"])) : [it],
    ),
  }));
  return [{ role: "user" as const, content: answers }, ...others].filter((it) => it.content.length > 0);
}

function orphan({ content }: WireBlock, isAnswered: boolean): readonly WireBlock[] {
  if (isAnswered) return [];
  const label = { type: "text", text: "[result of an earlier call]" };
  if (!Array.isArray(content)) return [{ ...label, text: `${label.text}\n${String(content ?? "")}` }];
  return [label, ...(content as readonly WireBlock[])];
}

function merged(messages: readonly WireMessage[]): readonly WireMessage[] {
  const turns: WireMessage[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (last?.role !== message.role) turns.push(message);
    else turns[turns.length - 1] = { role: last.role, content: [...last.content, ...message.content] };
  }
  return turns;
}
