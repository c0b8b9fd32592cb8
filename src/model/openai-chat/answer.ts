import { type MessagesAnswer, NO_WIRE_USAGE, type WireBlock } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import { type Reading, Unreadable } from "../wire.ts";
import {
  endingOf,
  failedEnding,
  firstChoice,
  hasEndedCalls,
  reasoningOf,
  usageOf,
  wordsOf,
} from "./choice.ts";
import { toldFailure } from "./failure.ts";
import { answerId, type CallIds, callIds } from "./ids.ts";
import { inputOf, repairedInput } from "./input.ts";
import { type ChatReading, chatReading } from "./reading.ts";
import { detailsOf } from "./reasoning-details.ts";
import { textCalls } from "./text-calls.ts";

/** A whole answer of Chat Completions. Throws `Unreadable` for an error, or a body without a choice. */
export function chatAnswer(body: unknown, given: Reading): MessagesAnswer {
  const reading = chatReading(given);
  const choice = firstChoice(body);
  const failure = toldFailure(body) ?? failedEnding(choice);
  if (failure !== undefined) throw new Unreadable(failure);
  const message = choice?.["message"];
  if (typeof message !== "object" || message === null) {
    throw new Unreadable({ kind: "server", message: "the host's answer holds no message" });
  }
  const { id, model, usage } = recordOf(body);
  const own = answerId(id, body);
  const ids = callIds(own);
  const words = wordsOf(message);
  const calls = callsOf(message, hasEndedCalls(choice?.["finish_reason"]), ids, reading);
  const spoken = spokenBlocks(words.text, ids, reading, calls.blocks.length > 0);
  const thinking = reasoningOf(message);
  const details = detailsOf(reading.model);
  details.add(message);
  const signature = details.take() ?? "";
  const content = [
    ...(thinking === "" && signature === "" ? [] : [{ type: "thinking", thinking, signature }]),
    ...spoken,
    ...calls.blocks,
  ];
  const ending = endingOf(
    choice,
    content.some((it) => it.type === "tool_use"),
    words.isRefused,
  );
  return {
    id: own,
    type: "message",
    role: "assistant",
    model: textOf(model) ?? reading.model,
    content,
    stop_reason: calls.hasBroken && ending.stop === "tool_use" ? "max_tokens" : ending.stop,
    stop_sequence: ending.sequence,
    usage: usageOf(usage, reading.reasoningBeside) ?? NO_WIRE_USAGE,
  };
}

/** The words, with the calls a model wrote among them. Blank words stand only before a call. */
function spokenBlocks(
  text: string,
  ids: CallIds,
  reading: ChatReading,
  isBeforeCall: boolean,
): readonly WireBlock[] {
  const finder = textCalls(reading.textCalls);
  const blocks: WireBlock[] = [];
  let run = "";
  const endRun = (isKept: boolean) => {
    if (run.trim() !== "" || (run !== "" && isKept)) blocks.push({ type: "text", text: run });
    run = "";
  };
  for (const piece of [...finder.take(text), ...finder.end()]) {
    if (piece.kind === "text") run += piece.text;
    else {
      endRun(false);
      const { name, input } = piece;
      blocks.push({ type: "tool_use", id: ids.next(undefined, name), name: reading.nameOf(name), input });
    }
  }
  endRun(isBeforeCall);
  return blocks;
}

function callsOf(
  message: object,
  mayRepair: boolean,
  ids: CallIds,
  reading: Reading,
): { readonly blocks: readonly WireBlock[]; readonly hasBroken: boolean } {
  const { tool_calls, function_call } = recordOf(message);
  const calls: readonly unknown[] = Array.isArray(tool_calls) ? tool_calls : [];
  // The old form; some hosts leave it, empty, beside the calls.
  const all = calls.length > 0 ? calls : [{ function: function_call }];
  let hasBroken = false;
  const blocks = all.flatMap((it) => {
    const called = recordOf(recordOf(it)["function"]);
    const name = textOf(called["name"]);
    if (name === undefined) return [];
    const input = mayRepair ? repairedInput(called["arguments"]) : inputOf(called["arguments"]);
    if (input === undefined) hasBroken = true;
    const id = ids.next(textOf(recordOf(it)["id"]), name);
    return [{ type: "tool_use", id, name: reading.nameOf(name), input: input ?? {} }];
  });
  return { blocks, hasBroken };
}
