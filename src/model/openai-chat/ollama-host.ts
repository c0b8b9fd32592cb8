import { untilAborted } from "../../std/abort.ts";
import type { Failure } from "../failure.ts";
import type { ModelInfo, ProviderSetup } from "../provider.ts";
import { recordOf, textOf } from "../record.ts";
import { contextIn, contextOf, deriveModel, loadModel, type OllamaCall, showModel } from "./ollama.ts";

/** A server that may be Ollama, asked by Ollama's own API. */
export interface OllamaHost {
  /** The models of its list, with the context they are run with, and those that the settings name without a tag. */
  described(models: readonly ModelInfo[], signal: AbortSignal): Promise<readonly ModelInfo[]>;
  /**
   * The name by which a model is asked so that it has the context that the settings want; its own at any other server.
   * A failure when a request of about `tokens` does not fit into the context, since Ollama would cut its beginning off.
   */
  placed(model: string, tokens: () => number, signal: AbortSignal): Promise<string | Failure>;
}

/** How long a server may take to say what it is, and what its models are, in milliseconds. */
const PROBE_MS = 2_000;
const DESCRIBE_MS = 3_000;

/** The server of an opened provider. */
export function ollamaHost(setup: ProviderSetup): OllamaHost {
  const { ollama } = setup.options ?? {};
  let known = typeof ollama === "boolean" ? ollama : setup.baseUrl === undefined ? false : undefined;
  const asking = (signal: AbortSignal): Asking => ({ setup, signal });
  return {
    async described(models, signal) {
      if (!(await isOllama(signal))) return models;
      // The list is not to be lost because a word about it is late.
      const within = asking(AbortSignal.any([signal, AbortSignal.timeout(DESCRIBE_MS)]));
      const loaded = await asked(within, RUNNING);
      const named = [...models, ...untagged(models, setup)];
      return await Promise.all(named.map((it) => withContext(it, loaded, within)));
    },
    async placed(model, tokens, signal) {
      return (await isOllama(signal)) ? await placed(model, tokens, asking(signal)) : model;
    },
  };

  /** Asked once, and only of hosts that want no key: those that do are somebody else's for the most part. */
  async function isOllama(signal: AbortSignal): Promise<boolean> {
    if (known !== undefined) return known;
    if ((await untilAborted(setup.key(), signal)) !== undefined) return false;
    const within = AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)]);
    const told = await asked(asking(within), { path: "/api/version" });
    signal.throwIfAborted();
    known = textOf(recordOf(told)["version"]) !== undefined;
    return known;
  }
}

interface Asking {
  readonly setup: ProviderSetup;
  readonly signal: AbortSignal;
}

const RUNNING: OllamaCall = { path: "/api/ps" };

/** What it answers; `undefined`: nothing that can be used. */
async function asked({ setup, signal }: Asking, { path, body }: OllamaCall): Promise<unknown> {
  try {
    const key = await untilAborted(setup.key(), signal);
    const answer = await setup.fetch(`${(setup.baseUrl ?? "").replace(/\/v1$/, "")}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: "manual",
      signal,
    });
    const text = await untilAborted(answer.text(), signal);
    return answer.ok ? JSON.parse(text) : undefined;
  } catch {
    // What cannot be had of it, the request itself will tell of.
    return undefined;
  }
}

/** Models that the settings name as Ollama's own commands do, without the tag `latest`. */
function untagged(models: readonly ModelInfo[], { models: named = [] }: ProviderSetup): readonly ModelInfo[] {
  return named.flatMap(({ id }) => {
    const tagged = models.find((it) => it.id === `${id}:latest`);
    return tagged === undefined ? [] : [{ ...tagged, id }];
  });
}

async function withContext(model: ModelInfo, loaded: unknown, asking: Asking): Promise<ModelInfo> {
  const { inEffect, possible } = contextOf(await asked(asking, showModel(model.id)));
  const wanted = wantedFor(model.id, possible, asking.setup);
  const real = wanted ?? inEffect ?? contextIn(loaded, model.id);
  const contextWindow = real ?? possible ?? model.contextWindow;
  const sized = { ...model, contextWindow, maxOutput: Math.min(model.maxOutput, contextWindow) };
  return real === undefined ? { ...sized, note: NOT_LOADED } : sized;
}

const NOT_LOADED =
  'Ollama tells how much context it gives this model only once it is loaded; "contextWindow" in the settings sets it.';

/** The context that the settings want, but no more than the model was made for; `undefined`: they want none. */
function wantedFor(
  model: string,
  possible: number | undefined,
  { models = [] }: ProviderSetup,
): number | undefined {
  const wanted = models.find((it) => it.id === model)?.contextWindow;
  return wanted === undefined ? undefined : Math.min(wanted, possible ?? wanted);
}

async function placed(model: string, tokens: () => number, asking: Asking): Promise<string | Failure> {
  const shown = await asked(asking, showModel(model));
  // One that is not there: the request itself will say so.
  if (shown === undefined) return model;
  const { inEffect, possible } = contextOf(shown);
  const has = inEffect ?? contextIn(await asked(asking, RUNNING), model);
  const wanted = wantedFor(model, possible, asking.setup);
  if (wanted !== undefined && (has ?? 0) < wanted) {
    const name = await made(model, wanted, asking);
    if (name !== undefined) return fits(model, wanted, tokens) ?? name;
  }
  return fits(model, has ?? (await contextLoaded(model, asking)), tokens) ?? model;
}

/** The name of the model with so much context, which is made where it is not there yet; `undefined`: it cannot be. */
async function made(model: string, size: number, asking: Asking): Promise<string | undefined> {
  const { name, ...create } = deriveModel(model, size);
  if (contextOf(await asked(asking, showModel(name))).inEffect === size) return name;
  return (await asked(asking, create)) === undefined ? undefined : name;
}

/** The context of a model that is loaded for it, as the request would have done; `undefined`: it is not told. */
async function contextLoaded(model: string, asking: Asking): Promise<number | undefined> {
  await asked(asking, loadModel(model));
  return contextIn(await asked(asking, RUNNING), model);
}

function fits(model: string, size: number | undefined, tokens: () => number): Failure | undefined {
  if (size === undefined) return undefined;
  const needed = tokens();
  if (needed <= size) return undefined;
  const message = `the request has about ${needed} tokens, and Ollama runs ${model} with a context of ${size}: it would cut the beginning off. "contextWindow" of the model in the settings sets a longer one`;
  return { kind: "context-full", message };
}
