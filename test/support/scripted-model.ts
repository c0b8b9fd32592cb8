import type { Answer, Block, JsonObject, ModelRequest, Stop } from "../../src/model/conversation.ts";
import { NO_USAGE } from "../../src/model/conversation.ts";
import type { Failure, FailureKind } from "../../src/model/failure.ts";
import type { ModelEvent } from "../../src/model/provider.ts";
import type { Models } from "../../src/model/router.ts";

/** What the scripted model does with one request. */
export type Act = (request: ModelRequest, signal: AbortSignal) => AsyncIterable<ModelEvent>;

/** A model that follows a script; at its end it says "done". `asked` are the requests so far. */
export function scripted(acts: readonly Act[] | Act): Models & { readonly asked: readonly ModelRequest[] } {
  const asked: ModelRequest[] = [];
  return {
    asked,
    ask(request, signal) {
      asked.push(request);
      const act = typeof acts === "function" ? acts : (acts[asked.length - 1] ?? says("done"));
      return act(request, signal);
    },
    models: async () => [],
    infoOf: () => undefined,
    providerOf: () => "scripted",
  };
}

/** A call of a tool with an id of its own. */
export function call(
  name: string,
  input: JsonObject,
  id: string = `call_${name}_${JSON.stringify(input)}`,
): Block {
  return { type: "tool_use", id, name, input };
}

/** Answers with text. */
export function says(text: string): Act {
  return answers([{ type: "text", text }]);
}

/** Answers with calls. */
export function calls(...blocks: readonly Block[]): Act {
  return answers(blocks);
}

/** Answers with these blocks; `stop` as the calls among them suggest. */
export function answers(content: readonly Block[], stop?: Stop, more: Partial<Answer> = {}): Act {
  return async function* () {
    yield { type: "started", model: "test", usage: NO_USAGE };
    for (const [index, block] of content.entries()) yield* streamOf(block, index);
    yield { type: "done", answer: answerOf(content, stop, more) };
  };
}

export function answerOf(content: readonly Block[], stop?: Stop, more: Partial<Answer> = {}): Answer {
  const natural = content.some((it) => it.type === "tool_use") ? "tool_use" : "end_turn";
  return { id: "msg", model: "test", content, stop: stop ?? natural, usage: NO_USAGE, badCalls: [], ...more };
}

function* streamOf(block: Block, index: number): Generator<ModelEvent> {
  if (block.type === "text") {
    yield { type: "opened", index, block: "text" };
    yield { type: "delta", index, text: block.text };
  } else if (block.type === "tool_use") {
    yield { type: "opened", index, block: "tool_use", id: block.id, name: block.name };
    yield { type: "delta", index, text: JSON.stringify(block.input) };
  }
  yield { type: "closed", index };
}

/** Fails after `text`. */
export function fails(kind: FailureKind, more: Partial<Failure> = {}, text = ""): Act {
  return async function* () {
    yield { type: "started", model: "test", usage: NO_USAGE };
    if (text !== "") yield* streamOf({ type: "text", text }, 0);
    yield { type: "failed", failure: { kind, message: "scripted", ...more }, text, usage: NO_USAGE };
  };
}

/** Says `text` and then nothing until it is stopped. */
export function hangs(text = ""): Act {
  return async function* (_, signal) {
    yield { type: "opened", index: 0, block: "text" };
    yield { type: "delta", index: 0, text };
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    yield { type: "failed", failure: { kind: "stopped", message: "stopped" }, text, usage: NO_USAGE };
  };
}

/** Does as `act` says, once `until` has resolved. */
export function waits(until: Promise<unknown>, act: Act): Act {
  return async function* (request, signal) {
    await until;
    yield* act(request, signal);
  };
}
