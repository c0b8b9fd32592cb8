import { classify } from "../model/classify.ts";
import type { Failure } from "../model/failure.ts";
import type { ModelEvent, ModelInfo } from "../model/provider.ts";
import type { OpenedProvider, Way } from "../model/routing/candidates.ts";
import { sentenceOf } from "../model/sentence.ts";

/** What came of trying a key, in a sentence without the key. */
export interface Tried {
  readonly isGood: boolean;
  readonly words: string;
}

/** Statuses of an address that has no list of models. */
const NO_LIST: ReadonlySet<number> = new Set([404, 405, 501]);

/**
 * Tries one key of a provider: the vendor's list of models is asked for with it, or a few tokens where there is no
 * list. A key that is good is taken back in.
 */
export async function tryKey(
  opened: OpenedProvider,
  id: string,
  send: typeof fetch,
  signal: AbortSignal,
): Promise<Tried> {
  const index = opened.pool.instances.findIndex((it) => it.id === id);
  const way = opened.ways[index];
  if (way === undefined) return { isGood: false, words: `There is no key ${id} any more.` };
  const found = (await tryList(opened, way, send, signal)) ?? (await byAsking(opened, way, signal));
  if (typeof found !== "string")
    return { isGood: false, words: sentenceOf(found, { model: opened.setting.name }) };
  opened.pool.restore(id);
  return { isGood: true, words: found };
}

/**
 * Asks for the list of models with a key, which costs nothing: a sentence about what came, or why nothing did.
 * `undefined`: there is no list.
 */
export async function tryList(
  { setting, type }: OpenedProvider,
  way: Way,
  send: typeof fetch,
  signal: AbortSignal,
): Promise<string | Failure | undefined> {
  const { wired } = type;
  if (wired?.wire.list === undefined) return undefined;
  const { wire, address, keysIn } = wired;
  const { list } = wired.wire;
  try {
    const key = await way.key();
    if (!key && keysIn.length > 0 && setting.baseUrl === undefined)
      return { kind: "no-key", message: "there is none" };
    const answer = await send(`${setting.baseUrl ?? address}${list.path}`, {
      headers: { "content-type": "application/json", ...(key ? wire.authorize(key) : {}), ...list.headers },
      redirect: "error",
      signal,
    });
    if (NO_LIST.has(answer.status)) return undefined;
    if (answer.ok) return listed(list.read(await answer.json()));
    return wire.failure({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: (await answer.text()).slice(0, MOST_REFUSAL),
    });
  } catch (error) {
    return signal.aborted ? LATE : classify(error);
  }
}

const MOST_REFUSAL = 100_000;
const LATE: Failure = { kind: "timeout", message: "nothing came in time" };

function listed(models: readonly ModelInfo[]): string {
  return `It works: ${models.length} model${models.length === 1 ? " is" : "s are"} listed.`;
}

/** Some vendors take no fewer. */
const FEW_TOKENS = 16;

async function byAsking(
  { setting, type }: OpenedProvider,
  { provider }: Way,
  signal: AbortSignal,
): Promise<string | Failure> {
  const models = await provider.models(signal).catch(() => []);
  const model = setting.models[0]?.id ?? models[0]?.id;
  if (model === undefined) return { kind: "model-unknown", message: `${type.type} lists no model to ask` };
  let last: ModelEvent | undefined;
  const question = { role: "user", content: [{ type: "text", text: "Say yes." }] } as const;
  const request = { model, system: "", tools: [], messages: [question], effort: undefined, session: "" };
  const asked = provider.ask({ ...request, maxTokens: FEW_TOKENS, withoutThinking: true }, signal);
  for await (const event of asked) last = event;
  if (last?.type === "done") return `It works: ${model} has answered.`;
  return last?.type === "failed" && !signal.aborted ? last.failure : LATE;
}
