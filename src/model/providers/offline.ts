import { type Answer, type Block, type ModelRequest, NO_USAGE } from "../conversation.ts";
import { type OfflineStep, planOf } from "../offline-language.ts";
import type { ModelEvent, ModelInfo, ProviderType } from "../provider.ts";

const OFFLINE: ModelInfo = {
  id: "offline",
  name: "Offline (no language model)",
  contextWindow: 1_000_000,
  maxOutput: 100_000,
  efforts: [],
  images: false,
  rates: { input: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0, output: 0 },
};

/**
 * A model that is none: it understands a few written commands and turns them into the same tool calls a language
 * model would make. It needs no key and no network, and says so.
 */
export const offline: ProviderType = {
  type: "offline",
  claims: (model) => model === OFFLINE.id,
  infoOf: (model) => (model === OFFLINE.id ? OFFLINE : undefined),
  open: () => ({
    name: "offline",
    models: async () => [OFFLINE],
    ask,
  }),
};

async function* ask(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
  const { text, calls, id } = planOf(request.messages);
  yield { type: "started", model: OFFLINE.id, usage: NO_USAGE };
  const content: Block[] = [
    ...(text === "" ? [] : [{ type: "text", text } as const]),
    ...calls.map(toolUse(id)),
  ];
  for (const [index, block] of content.entries()) {
    if (signal.aborted)
      return yield {
        type: "failed",
        failure: { kind: "stopped", message: "stopped" },
        text: "",
        usage: NO_USAGE,
      };
    yield* eventsOf(block, index);
  }
  const stop = calls.length > 0 ? "tool_use" : "end_turn";
  const answer: Answer = {
    id: `offline_${id}`,
    model: OFFLINE.id,
    content,
    stop,
    usage: NO_USAGE,
    badCalls: [],
  };
  yield { type: "done", answer };
}

function toolUse(id: string): (step: OfflineStep, index: number) => Block {
  return ({ tool, input }, index) => ({ type: "tool_use", id: `offline_${id}_${index}`, name: tool, input });
}

function* eventsOf(block: Block, index: number): Generator<ModelEvent> {
  if (block.type === "text") {
    yield { type: "opened", index, block: "text" };
    yield { type: "delta", index, text: block.text };
  } else if (block.type === "tool_use") {
    yield { type: "opened", index, block: "tool_use", id: block.id, name: block.name };
    yield { type: "delta", index, text: JSON.stringify(block.input) };
  }
  yield { type: "closed", index };
}
