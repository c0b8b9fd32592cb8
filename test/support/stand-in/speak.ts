import type { Bound } from "./binding.ts";
import type { PromptUsage } from "./cache.ts";
import type { Spoken } from "./stream.ts";
import type { Said, Turn } from "./turns.ts";
import type { Asked, WireBlock } from "./wire.ts";

type AnswerTurn = Extract<Turn, { readonly blocks: readonly Said[] }>;

/** A scripted turn as the answer to a request: thinking signed, calls given ids, tokens counted. */
export function speak(
  turn: AnswerTurn,
  asked: Asked,
  {
    bound,
    prompt,
    id,
    newCallId,
  }: { bound: Bound; prompt: PromptUsage; id: string; newCallId: () => string },
): Spoken {
  const shown = asked.thinking?.display === "summarized" || asked.thinking?.display === "updates";
  const raws = new Map<number, string>();
  const blocks = turn.blocks.map((said, place) => {
    if ("calls" in said && said.raw !== undefined) raws.set(place, said.raw);
    return bound.seal(blockOf(said, shown, newCallId), place);
  });
  const called = blocks.some((it) => it.type === "tool_use");
  return {
    id,
    model: asked.model,
    blocks,
    raws,
    stop: turn.stop ?? (called ? "tool_use" : "end_turn"),
    stopDetails: turn.stopDetails,
    prompt,
    output: turn.outputTokens ?? Math.ceil(JSON.stringify(turn.blocks).length / 4),
    transformations: bound.transformations,
  };
}

function blockOf(said: Said, shown: boolean, newCallId: () => string): WireBlock {
  if ("says" in said) return { type: "text", text: said.says };
  if ("thinks" in said) return { type: "thinking", thinking: shown ? said.thinks : "", signature: "" };
  if ("redacts" in said) return { type: "redacted_thinking", data: "" };
  if ("opaque" in said) return said.opaque;
  return { type: "tool_use", id: said.id ?? newCallId(), name: said.calls, input: said.input ?? {} };
}
