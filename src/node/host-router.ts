import { join, resolve } from "node:path";
import { EDITOR_TYPE, editorOnly } from "../model/editor-only.ts";
import type { Ledger } from "../model/ledger.ts";
import { memoryLedger } from "../model/memory-ledger.ts";
import type { ProviderType } from "../model/provider.ts";
import { providerTypes } from "../model/providers/all.ts";
import { openRouter, type Router } from "../model/router.ts";
import { type AskerLimiter, askerLimiter, hasAskerLimits } from "../model/routing/asker-limits.ts";
import type { ModelConfiguration } from "../model/routing/configuration.ts";
import { type HealthCheckParts, type HealthChecks, healthChecks } from "../model/routing/health-checks.ts";
import type { UsedLimits } from "../model/routing/pool.ts";
import { readConfiguration } from "../model/routing/read-configuration.ts";
import { type Asker, NOBODY, type Signals } from "../model/routing/signals.ts";
import { type Underway, underwayOver } from "../model/routing/underway.ts";
import type { Settings } from "../settings.ts";
import { messageOf } from "../std/error-message.ts";
import { calendarOf } from "./calendar.ts";
import { checkKey } from "./check-key.ts";
import { type HealthFile, openHealthFile } from "./health-file.ts";
import { type Ids, openIds } from "./ids.ts";
import type { KeySource } from "./key-source.ts";
import { openLedger } from "./ledger.ts";
import type { Metrics } from "./metrics.ts";
import { openProviders, reachedTypes } from "./open-providers.ts";
import { loadRouteScript } from "./route-script.ts";

/** What a host's router is made of. */
export interface HostRouterParts {
  readonly settings: () => Settings;
  readonly keys: KeySource;
  /** Where the ledger and the keys' states are kept. */
  readonly home: string;
  readonly asker?: Partial<Asker>;
  readonly types?: readonly ProviderType[];
  /** Called with a sentence about what cannot be kept or read. */
  readonly complain: (sentence: string) => void;
  /** Whether code of the person's settings may run here; absent: it may. */
  readonly mayRunScripts?: () => boolean;
  /** Counts what the ledger records. */
  readonly metrics?: Metrics;
  /** Called whenever the state of a key has changed. */
  readonly onHealth?: () => void;
  /** Whether many records are gathered for a moment before they are written. */
  readonly lazily?: boolean;
  /** Milliseconds since 1970; absent: the machine's clock. */
  readonly now?: () => number;
  /** Checks by itself, by these timers, whether keys that are out could be asked again; absent: only requests find out. */
  readonly checksBy?: HealthCheckParts["later"] | undefined;
}

/** A router that follows the settings. */
export interface HostRouter extends Router {
  readonly configuration: () => ModelConfiguration;
  readonly ledger: Ledger;
  readonly close: () => Promise<void>;
}

/** The router of a host: settings are read at every request, keys when they are needed; what runs goes on as it began. */
export function hostRouter(parts: HostRouterParts): HostRouter {
  const health = openHealthFile(join(parts.home, "health.json"));
  const ledger = lazyLedger(parts);
  const limiter = askerLimiter(parts.now ?? Date.now);
  const ids = openIds();
  // What runs goes on as it began, and budgets of new settings count it.
  const underway = underwayOver(ledger);
  const usedLimits = new Map<string, UsedLimits>();
  const snapshot = following(parts.settings, parts.keys, (settings) => {
    const types = hostTypes(parts.types);
    const configuration = configurationOf(settings, types);
    for (const it of configuration.problems) parts.complain(it);
    limiter.use(configuration.limits);
    const lasting = { ...parts, types, health, ledger, limiter, ids, underway, usedLimits };
    const router = routerWith(configuration, settings, lasting);
    return { configuration, router };
  });
  const now = () => snapshot().router;
  const checks = checksOf(parts, () => now().providers);
  const used = checks?.used ?? (() => undefined);
  return {
    models: (signal) => now().models(signal),
    ask(request, signal) {
      used();
      return now().ask(request, signal);
    },
    infoOf: (model) => now().infoOf(model),
    providerOf: (model) => now().providerOf(model),
    get providers() {
      return now().providers;
    },
    get routing() {
      return now().routing;
    },
    decide: (signals) => now().decide(signals),
    begin(signals, begin, heard, signal) {
      used();
      return now().begin(signals, begin, heard, signal);
    },
    configuration: () => snapshot().configuration,
    ledger,
    async close() {
      checks?.close();
      ledger.close();
      await health.close();
    },
  };
}

/** The types that only a host has, with what stands for the editor's own where the host is none. */
function hostTypes(types: readonly ProviderType[] = []): readonly ProviderType[] {
  return types.some((it) => it.type === EDITOR_TYPE) ? types : [...types, editorOnly];
}

function checksOf(
  { checksBy: later, now = Date.now }: HostRouterParts,
  providers: HealthCheckParts["providers"],
): HealthChecks | undefined {
  return later && healthChecks({ providers, check: checkKey, now, random: Math.random, later });
}

/** What lives longer than one state of the settings. */
interface Lasting {
  readonly health: HealthFile;
  readonly ledger: Ledger;
  readonly limiter: AskerLimiter;
  readonly ids: Ids;
  readonly underway: Underway;
  readonly usedLimits: Map<string, UsedLimits>;
}

function routerWith(
  { providers, routing, budget, limits }: ModelConfiguration,
  settings: Settings,
  parts: HostRouterParts & Lasting,
): Router {
  const {
    keys,
    health,
    ledger,
    limiter,
    ids,
    underway,
    usedLimits,
    types = [],
    onHealth,
    now = Date.now,
  } = parts;
  return openRouter({
    providers: openProviders(providers, baseUrlOf(settings, keys), {
      keys,
      health,
      now,
      fetch,
      types,
      usedLimits,
      ...(onHealth && { onHealth }),
    }),
    routing,
    budget,
    ledger: parts.metrics?.counting(ledger) ?? ledger,
    now,
    calendar: calendarOf,
    newId: () => ids.growing(now()),
    script: scriptOf(routing.script, parts),
    asker: { ...NOBODY, ...parts.asker },
    unlisted: parts.complain,
    limiter: hasAskerLimits(limits) ? limiter : undefined,
    underway,
  });
}

/** What the settings say of models; types that only a host has count, too. */
function configurationOf(settings: Settings, types: readonly ProviderType[]): ModelConfiguration {
  return readConfiguration(
    settings,
    [...providerTypes, ...types].map((it) => it.type),
  );
}

function scriptOf(path: string | undefined, { home, complain, mayRunScripts = () => true }: HostRouterParts) {
  if (path === undefined) return undefined;
  const script = loadRouteScript(resolve(home, path), complain);
  return script && ((signals: Signals) => (mayRunScripts() ? script(signals) : undefined));
}

function baseUrlOf(settings: Settings, { env }: KeySource): string | undefined {
  return settings["anthropic.baseUrl"] || env["ANTHROPIC_BASE_URL"] || undefined;
}

/** The result of `make`, made anew when what it depends on has changed. */
function following<T>(settings: () => Settings, keys: KeySource, make: (settings: Settings) => T): () => T {
  let made:
    | {
        readonly from: Settings;
        readonly stored: ReadonlySet<string> | undefined;
        readonly text: string;
        readonly value: T;
      }
    | undefined;
  return () => {
    const [now, stored] = [settings(), keys.stored?.()];
    if (made?.from === now && made.stored === stored) return made.value;
    const { providers, routing, budget, limits } = now;
    const reached = reachedTypes(keys).map((it) => it.type);
    const text = JSON.stringify([providers, routing, budget, limits, now["anthropic.baseUrl"], reached]);
    made = { from: now, stored, text, value: made?.text === text ? made.value : make(now) };
    return made.value;
  };
}

/** The file is opened with the first that is to be kept. */
function lazyLedger({ home, complain, lazily }: HostRouterParts): Ledger & { readonly close: () => void } {
  let opened: (Ledger & { readonly close?: () => void }) | undefined;
  const failed = (error: unknown) => complain(`The cost of a call could not be written: ${messageOf(error)}`);
  const use = () => (opened ??= open());
  const open = () => {
    try {
      return openLedger(join(home, "ledger.sqlite"), lazily ? { failed } : undefined);
    } catch (error) {
      complain(`What models cost cannot be kept, so budgets hold in this process only: ${messageOf(error)}`);
      return memoryLedger();
    }
  };
  return {
    record(attempt) {
      try {
        use().record(attempt);
      } catch (error) {
        failed(error);
      }
    },
    spent(of) {
      try {
        return use().spent(of);
      } catch (error) {
        complain(`What was spent cannot be read: ${messageOf(error)}`);
        return Number.NaN;
      }
    },
    close() {
      try {
        opened?.close?.();
      } catch (error) {
        failed(error);
      }
    },
  };
}
