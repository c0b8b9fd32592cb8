import type { ModelRequest } from "./conversation.ts";
import { NO_USAGE } from "./conversation.ts";
import type { Failure } from "./failure.ts";
import type { Ledger } from "./ledger.ts";
import { type Listing, modelsOf, named } from "./list-models.ts";
import type { ModelEvent, ModelInfo } from "./provider.ts";
import { type AskerLimiter, limited } from "./routing/asker-limits.ts";
import { type AttemptParts, attempt, type Begin, type Begun, type Heard } from "./routing/attempts.ts";
import { infoAt, type OpenedProvider, servingTargets } from "./routing/candidates.ts";
import type { BudgetSetting, RoutingSetting, Target } from "./routing/configuration.ts";
import { compileRouting, type Decision, type RouteScript } from "./routing/decide.ts";
import { type Asker, type Signals, signalsOfTurn } from "./routing/signals.ts";
import { isLimited, type Underway, underwayOver } from "./routing/underway.ts";

/** What a router is made of. */
export interface RouterParts {
  readonly providers: readonly OpenedProvider[];
  readonly routing: RoutingSetting;
  readonly budget: BudgetSetting;
  readonly ledger: Ledger;
  readonly now: () => number;
  readonly calendar: AttemptParts["calendar"];
  /** An id for a record, unlike any other. */
  readonly newId: () => string;
  /** The person's own code, where there is some. */
  readonly script?: RouteScript | undefined;
  /** Who asks when it is our own agent. */
  readonly asker: Asker;
  /** Told once of a provider whose vendor's list of models cannot be had. */
  readonly unlisted?: (sentence: string) => void;
  /** How long a vendor may take to list its models, in milliseconds; absent: as long as is usual. */
  readonly listMs?: number;
  /** Holds the limits of users and projects; absent: they have none. */
  readonly limiter?: AskerLimiter | undefined;
  /** What is under way beside this router, such as one of earlier settings; absent: it is alone. */
  readonly underway?: Underway;
}

/** All models as one, for whoever holds a conversation. */
export interface Models {
  /** The models of all providers, each provider's best first, the providers in their order. */
  models(signal: AbortSignal): Promise<readonly ModelInfo[]>;
  /** As `Provider.ask`; a model that no provider serves fails as "model-unknown". */
  ask(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
  /** What is known of a model, from the last list or its provider's table; `undefined`: nothing. */
  infoOf(model: string): ModelInfo | undefined;
  /** Name of the provider that serves a model; "" when none does. */
  providerOf(model: string): string;
}

/** All providers as one, and the ways there. */
export interface Router extends Models {
  readonly providers: readonly OpenedProvider[];
  readonly routing: RoutingSetting;
  /** Where a request goes, and why. */
  decide(signals: Signals): Decision;
  /** Asks, in any form, whoever is to be asked, until one begins to answer. */
  begin<T>(signals: Signals, begin: Begin<T>, heard: Heard, signal: AbortSignal): Promise<Begun<T> | Failure>;
}

/** A router over providers. */
export function openRouter(parts: RouterParts): Router {
  const { providers } = parts;
  const byName = new Map(providers.map((it) => [it.setting.name, it]));
  const listed = new Map<string, ModelInfo>();
  const hasListed = (provider: string, model: string) => listed.has(`${provider}/${model}`);
  const serving = (model: string) => servingTargets(providers, model, hasListed);
  const decide = compileRouting(parts.routing, (name) => byName.has(name), serving, parts.script);
  const first = (model: string) => decide(plainSignals(model, parts.asker)).targets[0];
  // A model has its own price wherever requests that name it go.
  const infos = infosOf(providers, listed, (model) => serving(model)[0] ?? first(model));
  const underway = parts.underway ?? underwayOver(parts.ledger);
  const budget = isLimited(parts.budget) ? parts.budget : undefined;
  const listing = listingFor(parts);
  const attempting: AttemptParts = {
    ...parts,
    budget,
    underway,
    providers: byName,
    infoAt: infos.at,
    infoOf: infos.of,
    isNews: newsFilter(),
  };
  const ready = readiness(providers);
  const asked: Router["begin"] = (signals, way, heard, signal) => {
    const ask = () => attempt(attempting, signals, decide(signals), way, heard, signal);
    return ready.waits === undefined ? ask() : ready.waits.then(ask);
  };
  const begin = parts.limiter === undefined ? asked : limited(asked, parts.limiter);
  return {
    providers,
    routing: parts.routing,
    async models(signal) {
      const found = await modelsOf(providers, listing, signal);
      for (const it of found) listed.set(`${it.provider}/${it.id}`, it);
      infos.forget();
      return named(found);
    },
    ask: (request, signal) => ask(begin, request, signalsOfTurn(request, parts.asker), signal),
    infoOf: infos.of,
    providerOf: (model) => first(model)?.provider ?? "",
    decide,
    begin,
  };
}

/** What is known of models: at a provider, and of one that is only named, which `target` then finds. */
function infosOf(
  providers: readonly OpenedProvider[],
  listed: ReadonlyMap<string, ModelInfo>,
  target: (model: string) => Target | undefined,
) {
  const places = new Map(
    providers.map((it) => {
      const { name } = it.setting;
      return [name, remembering((model) => infoAt(it, model, listed.get(`${name}/${model}`)))];
    }),
  );
  const at = ({ provider, model }: Target) => places.get(provider)?.of(model);
  const named = remembering((model) => {
    const it = target(model);
    return it && at(it);
  });
  const forget = () => {
    for (const it of [named, ...places.values()]) it.forget();
  };
  return { at, of: named.of, forget };
}

/** What is known of models by their names, which is asked with every request and changes with lists only. */
function remembering(look: (model: string) => ModelInfo | undefined) {
  const known = new Map<string, ModelInfo>();
  return {
    of(model: string): ModelInfo | undefined {
      const there = known.get(model);
      if (there !== undefined) return there;
      const info = look(model);
      // Clients may ask for whatever they like.
      if (known.size >= MOST_MODELS) known.clear();
      if (info !== undefined) known.set(model, info);
      return info;
    },
    forget: () => known.clear(),
  };
}

/** Most models of which something is remembered. */
const MOST_MODELS = 1_000;

/** Resolves when what is known of all keys has been read; then there is nothing to wait for. */
function readiness(providers: readonly OpenedProvider[]): { waits: Promise<void> | undefined } {
  const ready: { waits: Promise<void> | undefined } = { waits: undefined };
  ready.waits = Promise.all(providers.map((it) => it.ready)).then(() => {
    ready.waits = undefined;
  });
  return ready;
}

/** Most warnings that are remembered. */
const MOST_WARNINGS = 10_000;

/** Whether a session has not been told a sentence yet, whatever the numbers in it. */
function newsFilter(): (session: string, sentence: string) => boolean {
  const told = new Set<string>();
  return (session, sentence) => {
    const news = `${session} ${sentence.replace(/[\d.]+/g, "")}`;
    if (told.has(news)) return false;
    if (told.size >= MOST_WARNINGS) told.clear();
    told.add(news);
    return true;
  };
}

/** How lists are made: that one could not be had is said once. */
function listingFor({ listMs, unlisted }: RouterParts): Listing {
  const isNews = newsFilter();
  const say = (provider: string, sentence: string) => isNews(provider, sentence) && unlisted?.(sentence);
  return { listMs, unlisted: say };
}

/** A request of which only the model is known. */
function plainSignals(model: string, asker: Asker): Signals {
  return { ...asker, model, tokens: () => 0, thinking: false, search: false, images: false, tools: [] };
}

interface Stream {
  /** What came before the first words. */
  readonly held: readonly ModelEvent[];
  readonly rest: AsyncIterator<ModelEvent>;
}

/** The agent's own way of asking: events are held back until somebody says something. */
async function* ask(
  begin: Router["begin"],
  request: ModelRequest,
  signals: Signals,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  const told: ModelEvent[] = [];
  let spent = NO_USAGE;
  const heard: Heard = {
    moved: (from, to, failure) => void told.push({ type: "moved", from, to, failure }),
    warned: (sentence) => void told.push({ type: "warned", sentence }),
  };
  const begun = await begin<Stream>(
    signals,
    async ({ way, target }, stop) => {
      const result = await beginStream(way.provider.ask({ ...request, model: target.model }, stop));
      if ("failure" in result) spent = result.usage;
      return result;
    },
    heard,
    signal,
  );
  yield* told;
  if ("kind" in begun) return yield { type: "failed", failure: begun, text: "", usage: spent };
  const { held, rest } = begun.value;
  try {
    yield* held;
    const seen = held.at(-1);
    if (seen !== undefined && isEnd(seen)) return settle(begun, seen);
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      // Before it is handed on: whoever takes the end may not come back.
      if (isEnd(next.value)) settle(begun, next.value);
      yield next.value;
    }
  } finally {
    await rest.return?.();
    begun.settle({ usage: NO_USAGE, stop: "", failure: { kind: "stopped", message: "stopped" } });
  }
}

async function beginStream(events: AsyncIterable<ModelEvent>): ReturnType<Begin<Stream>> {
  const rest = events[Symbol.asyncIterator]();
  const held: ModelEvent[] = [];
  for (;;) {
    const { done, value } = await rest.next();
    if (done)
      return { failure: { kind: "cut", message: "the stream ended without an end" }, usage: NO_USAGE };
    if (value.type === "failed") return { failure: value.failure, usage: value.usage };
    held.push(value);
    if (value.type !== "started") return { value: { held, rest } };
  }
}

function isEnd(event: ModelEvent): boolean {
  return event.type === "done" || event.type === "failed";
}

function settle(begun: Begun<Stream>, end: ModelEvent): void {
  if (end.type === "done") {
    const { usage, stop, requestId } = end.answer;
    begun.settle({ usage, stop, ...(requestId !== undefined && { requestId }) });
  } else if (end.type === "failed") begun.settle({ usage: end.usage, stop: "", failure: end.failure });
}
