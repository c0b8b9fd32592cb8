import { classify } from "../classify.ts";
import { NO_USAGE } from "../conversation.ts";
import type { Failure } from "../failure.ts";
import type { ModelEvent, Provider, ProviderSetup } from "../provider.ts";
import { estimatedTokens } from "../routing/signals.ts";
import { ollamaHost } from "./ollama-host.ts";

/** The provider with the context of its models asked and set where its server is Ollama. */
export function withOllama(inner: Provider, setup: ProviderSetup): Provider {
  const host = ollamaHost(setup);
  return {
    ...inner,
    models: async (signal) => await host.described(await inner.models(signal), signal),
    placed: host.placed,
    async *ask(request, signal) {
      const { system, tools, messages, model } = request;
      const tokens = () => estimatedTokens([system, tools, messages]);
      const name = await host.placed(model, tokens, signal).catch((error: unknown) => classify(error));
      if (signal.aborted) return yield failed({ kind: "stopped", message: "stopped" });
      if (typeof name !== "string") return yield failed(name);
      for await (const event of inner.ask({ ...request, model: name }, signal))
        yield name === model ? event : named(event, name, model);
    },
  };
}

function failed(failure: Failure): ModelEvent {
  return { type: "failed", failure, text: "", usage: NO_USAGE };
}

/** The event with the name that was asked for. */
function named(event: ModelEvent, name: string, model: string): ModelEvent {
  if (event.type === "started" && event.model === name) return { ...event, model };
  if (event.type === "done" && event.answer.model === name)
    return { ...event, answer: { ...event.answer, model } };
  return event;
}
