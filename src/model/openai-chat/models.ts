import { OPENAI_MODELS, openaiModel } from "../openai-models.ts";
import type { ModelInfo } from "../provider.ts";
import { countOf, recordOf, textOf } from "../record.ts";

/**
 * The models of an answer of `/models` that can hold a conversation: those of the table first, in its order. Of others
 * it is known what their host says beyond OpenAI's reference (OpenRouter, vLLM, Groq, Mistral).
 */
export function chatModels(body: unknown): readonly ModelInfo[] {
  const { data, models } = recordOf(body);
  const listed: readonly unknown[] = Array.isArray(data)
    ? data
    : Array.isArray(models)
      ? models
      : Array.isArray(body)
        ? body
        : [];
  const found = listed.flatMap((it) => infoOf(recordOf(it)) ?? []);
  return found.toSorted((a, b) => placeOf(a.id) - placeOf(b.id));
}

/** Kinds of models that share OpenAI's list and answer no chat. */
const OTHER_KINDS =
  /embed|whisper|tts|dall-e|moderation|gpt-image|chatgpt-image|sora|realtime|transcribe|(^|-)audio|babbage|davinci|rerank/i;

/** What is assumed where nobody says it. */
const UNKNOWN_CONTEXT = 128_000;

function infoOf(it: Readonly<Record<string, unknown>>): ModelInfo | undefined {
  const id = textOf(it["id"]) ?? textOf(it["model"]);
  if (id === undefined || OTHER_KINDS.test(id)) return undefined;
  const known = openaiModel(id);
  if (known !== undefined) return { ...known.info, id };
  const top = recordOf(it["top_provider"]);
  const context =
    countOf(it["context_length"]) ??
    countOf(it["max_model_len"]) ??
    countOf(it["context_window"]) ??
    countOf(it["max_context_length"]) ??
    UNKNOWN_CONTEXT;
  const inputs = recordOf(it["architecture"])["input_modalities"];
  return {
    id,
    name: textOf(it["name"]) ?? id,
    contextWindow: context,
    maxOutput: countOf(top["max_completion_tokens"]) ?? countOf(it["max_completion_tokens"]) ?? context,
    efforts: takesEffort(it) ? ["low", "medium", "high"] : [],
    images: Array.isArray(inputs) ? inputs.includes("image") : false,
    rates: undefined,
  };
}

function takesEffort(it: Readonly<Record<string, unknown>>): boolean {
  const parameters = it["supported_parameters"];
  return (
    Array.isArray(parameters) && (parameters.includes("reasoning") || parameters.includes("reasoning_effort"))
  );
}

function placeOf(id: string): number {
  const known = openaiModel(id);
  return known === undefined ? OPENAI_MODELS.length : OPENAI_MODELS.indexOf(known);
}
