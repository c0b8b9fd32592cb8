import type { AnswerSoFar, OpenBlock } from "./anthropic-stream.ts";
import type { Answer, BadCall, Block, JsonObject, Stop, ToolUseBlock } from "./conversation.ts";
import { recordOf, textOf } from "./record.ts";
import { readToolInput } from "./tool-input.ts";

/**
 * The answer made of a whole stream. Calls that cannot be trusted are named in `badCalls`; they are kept, with a
 * usable name and id and an empty input where theirs cannot be read, because the conversation must show them answered.
 */
export function assemble(
  soFar: AnswerSoFar,
  usedIds: ReadonlySet<string>,
  requestId: string | undefined,
): Answer {
  const { stop, detail } = stopOf(soFar);
  const used = new Set(usedIds);
  const badCalls: BadCall[] = [];
  const content: Block[] = [];
  for (const [index, block] of [...soFar.blocks].sort(([a], [b]) => a - b)) {
    if (block.kind !== "tool_use") content.push(...plainBlock(block));
    else {
      const { call, bad } = readCall(block, index, used, stop);
      used.add(call.id);
      content.push(call);
      if (bad !== undefined) badCalls.push({ id: call.id, raw: block.input, why: bad });
    }
  }
  return {
    id: soFar.id,
    model: soFar.model,
    content,
    stop,
    ...(detail !== undefined && { stopDetail: detail }),
    usage: soFar.usage,
    badCalls,
    ...(requestId !== undefined && { requestId }),
  };
}

const STOPS: Readonly<Record<Exclude<Stop, "unknown">, true>> = {
  end_turn: true,
  tool_use: true,
  max_tokens: true,
  stop_sequence: true,
  pause_turn: true,
  refusal: true,
  model_context_window_exceeded: true,
};

function stopOf(soFar: AnswerSoFar): { readonly stop: Stop; readonly detail: string | undefined } {
  const reason = soFar.stopReason ?? "";
  if (!Object.hasOwn(STOPS, reason)) return { stop: "unknown", detail: reason };
  const category = textOf(recordOf(soFar.stopDetails).category);
  return { stop: reason as Stop, detail: reason === "refusal" ? category : undefined };
}

function plainBlock({ kind, raw, text, signature, input }: OpenBlock): readonly Block[] {
  if (kind === "text") return text === "" ? [] : [{ type: "text", text }];
  if (kind === "thinking") return [{ type: "thinking", thinking: text, signature }];
  return [{ type: "opaque", raw: { ...(raw as JsonObject), ...grown(raw, text, signature, input) } }];
}

/** What deltas added to a block we do not look into, under the names its start gave them. */
function grown(raw: OpenBlock["raw"], text: string, signature: string, input: string): JsonObject {
  const field = "thinking" in raw ? "thinking" : "text";
  const parsed = input === "" ? undefined : readToolInput(input);
  return {
    ...(text !== "" && { [field]: (textOf(raw[field]) ?? "") + text }),
    ...(signature !== "" && { signature }),
    ...(parsed?.kind === "input" && { input: parsed.input }),
  };
}

/** Why no call of an answer that stopped so is run. */
const CUT: Partial<Record<Stop, string>> = {
  max_tokens:
    "The answer was cut off at the output limit, so nothing of it was run. Send the call again, in smaller pieces.",
  model_context_window_exceeded:
    "The answer was cut off because the context is full, so nothing of it was run.",
  refusal: "The answer ended in a refusal, so nothing of it was run.",
  unknown: "The answer ended in a way that is not known, so nothing of it was run.",
};

function readCall(
  block: OpenBlock,
  index: number,
  used: ReadonlySet<string>,
  stop: Stop,
): { readonly call: ToolUseBlock; readonly bad: string | undefined } {
  const id = textOf(block.raw.id) ?? "";
  const name = textOf(block.raw.name) ?? "";
  const read = readInput(block);
  const bad =
    CUT[stop] ??
    (!block.closed ? "This call never ended, so nothing was run. Send it again." : undefined) ??
    (used.has(id) || !/^[\w-]{1,200}$/.test(id)
      ? "This call has no id of its own, so nothing was run. Send it again."
      : undefined) ??
    (!NAME.test(name) ? "This call has no usable tool name, so nothing was run." : undefined) ??
    (read.kind === "bad" ? read.why : undefined);
  const call = {
    ...extras(block.raw),
    type: "tool_use" as const,
    id: usableId(id, index, used),
    name: NAME.test(name) ? name : "unnamed_tool",
    // Thinking behind the call is bound to its input, so what could be read is kept even where nothing is run.
    input: read.kind === "input" ? read.input : {},
  };
  return { call, bad };
}

const NAME = /^[a-zA-Z0-9_-]{1,128}$/;

/** Gateways may give the whole input with the block's start and no deltas. */
function readInput({ input, raw }: OpenBlock): ReturnType<typeof readToolInput> {
  const whole = raw.input;
  if (input !== "" || typeof whole !== "object" || whole === null) return readToolInput(input);
  return readToolInput(JSON.stringify(whole));
}

/** Members of a call's start that later versions add; they are sent back as they came. */
function extras(raw: OpenBlock["raw"]): object {
  return Object.fromEntries(Object.entries(raw).filter(([key, value]) => !OWN.has(key) && value !== null));
}

const OWN: ReadonlySet<string> = new Set(["type", "id", "name", "input"]);

function usableId(id: string, index: number, used: ReadonlySet<string>): string {
  const plain = id.replace(/[^\w-]/g, "_").slice(0, 100);
  if (plain === id && id !== "" && !used.has(id)) return id;
  let usable = `${plain || "call"}_${index}`;
  while (used.has(usable)) usable += "_again";
  return usable;
}
