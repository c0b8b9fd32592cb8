import type { JsonObject } from "../conversation.ts";
import { countOf, recordOf, textOf } from "../record.ts";

/**
 * The length of context at Ollama. Its endpoint for Chat Completions takes no `options`, so a request cannot set
 * `num_ctx`: what is too long is cut at the front without a word. It can be read from `POST /api/show`, of loaded models
 * from `GET /api/ps` (https://docs.ollama.com/api/ps, `context_length`), and raised by deriving a model with another
 * parameter through `POST /api/create`
 * (https://github.com/ollama/ollama/blob/main/docs/openai.md, "Setting the context size"; docs/api.md).
 */
export interface OllamaContext {
  /** Tokens with which the model is run; `undefined`: the server's own default, which it does not tell. */
  readonly inEffect: number | undefined;
  /** Tokens the model was made for. */
  readonly possible: number | undefined;
}

/** A request of Ollama's own API, beside the one for Chat Completions. */
export interface OllamaCall {
  readonly path: string;
  /** Absent: it is only read. */
  readonly body?: JsonObject;
}

/** Asks what is known of a model. */
export function showModel(model: string): OllamaCall {
  return { path: "/api/show", body: { model } };
}

/** The context in an answer of `/api/show`. */
export function contextOf(shown: unknown): OllamaContext {
  const { model_info, parameters } = recordOf(shown);
  const possible = Object.entries(recordOf(model_info)).find(([key]) => key.endsWith(".context_length"))?.[1];
  const set = /^num_ctx\s+(\d+)\s*$/m.exec(textOf(parameters) ?? "")?.[1];
  return {
    inEffect: set === undefined ? undefined : Number(set),
    possible: typeof possible === "number" ? possible : undefined,
  };
}

/** The tokens with which a loaded model is run, in an answer of `/api/ps`; `undefined`: it is not loaded. */
export function contextIn(running: unknown, model: string): number | undefined {
  const { models } = recordOf(running);
  const name = /:[^/]*$/.test(model) ? model : `${model}:latest`;
  const found = (Array.isArray(models) ? models : [])
    .map(recordOf)
    .find(({ name: its, model: also }) => [its, also].some((it) => it === name || it === model));
  return countOf(found?.["context_length"]);
}

/** Loads a model, without asking it anything. */
export function loadModel(model: string): OllamaCall {
  return { path: "/api/generate", body: { model, stream: false } };
}

/** Derives a model that is run with so many tokens of context; it shares its weights with the first. */
export function deriveModel(model: string, tokens: number): OllamaCall & { readonly name: string } {
  const name = `${model.replace(/[:/]/g, "-")}-${tokens}`;
  return {
    name,
    path: "/api/create",
    body: { model: name, from: model, parameters: { num_ctx: tokens }, stream: false },
  };
}
