import type { JsonObject } from "../conversation.ts";
import { recordOf } from "../record.ts";
import {
  type AskerLimits,
  type BudgetSetting,
  type Limits,
  type LimitsByName,
  type ModelConfiguration,
  type ModelSetting,
  type ProviderSetting,
  STRATEGIES,
} from "./configuration.ts";
import { type Complain, type Members, membersOf } from "./members.ts";
import { routingOf } from "./read-routing.ts";

/** What `providers`, `routing`, `budget` and `limits` of the settings say. `types` are those that a provider can have. */
export function readConfiguration(
  settings: {
    readonly providers: unknown;
    readonly routing: unknown;
    readonly budget: unknown;
    readonly limits: unknown;
  },
  types: readonly string[],
): ModelConfiguration {
  const problems: string[] = [];
  const complain: Complain = (problem) => void problems.push(problem);
  const providers = Object.entries(recordOf(settings.providers)).flatMap(([name, value]) => {
    const read = providerOf(name, membersOf(value, `providers.${name}`, complain), types);
    return read === undefined ? [] : [read];
  });
  // A type that is reached by its own key bears its own name.
  const names = new Set([...providers.map((it) => it.name), ...types]);
  const routing = routingOf(membersOf(settings.routing, "routing", complain), (name) => names.has(name));
  const budget = budgetOf(membersOf(settings.budget, "budget", complain));
  const limits = askerLimitsOf(membersOf(settings.limits, "limits", complain));
  return { providers, routing, budget, limits, problems };
}

const PROVIDER_MEMBERS = [
  "type",
  "baseUrl",
  "keys",
  "weights",
  "strategy",
  "sticky",
  "limits",
  "silenceSeconds",
  "models",
] as const;

function providerOf(name: string, it: Members, types: readonly string[]): ProviderSetting | undefined {
  if (!/^[\w.-]+$/.test(name)) {
    it.complain("a provider's name has letters, digits, “-”, “_” and “.” only");
    return undefined;
  }
  const type = it.word("type", types);
  if (type === undefined) {
    if (!it.has("type")) it.complain(`"type" is missing: one of ${types.join(", ")}`);
    return undefined;
  }
  const options = Object.entries(it.all).filter(
    ([key]) => !(PROVIDER_MEMBERS as readonly string[]).includes(key),
  );
  const silence = it.number("silenceSeconds", LEAST_SILENCE);
  return {
    name,
    type,
    ...(silence !== undefined && { silenceMs: Math.round(silence * 1_000) }),
    baseUrl: addressOf(it),
    keys: it.texts("keys") ?? [],
    weights: it.numbers("weights") ?? [],
    strategy: it.word("strategy", STRATEGIES) ?? "smart",
    sticky: it.flag("sticky") ?? true,
    limits: limitsOf(it.group("limits")),
    models: it.items("models").flatMap(modelOf),
    options: Object.fromEntries(options) as JsonObject,
  };
}

/** Seconds; no network answers reliably within less. */
const LEAST_SILENCE = 0.1;

function addressOf(it: Members): string | undefined {
  const address = it.text("baseUrl");
  if (address === undefined) return undefined;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol))
    return address.replace(/\/+$/, "");
  it.complain(`"baseUrl" must be an address that begins with http:// or https://`);
  return undefined;
}

const LIMITS = [
  "requestsPerMinute",
  "requestsPerHour",
  "requestsPerDay",
  "tokensPerMinute",
  "tokensPerHour",
  "tokensPerDay",
  "concurrent",
] as const;

/** Limits of a key, a user or a project. */
export function limitsOf(it: Members): Limits {
  for (const name of Object.keys(it.all)) {
    // A limit that is not understood would be thought to hold.
    if (!LIMITS.some((known) => known === name)) it.complain(`"${name}" is none of ${LIMITS.join(", ")}`);
  }
  return Object.fromEntries(
    LIMITS.flatMap((name) => {
      const value = it.number(name, 1);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

const ASKER_MEMBERS = ["perUser", "perProject", "users", "projects"];

function askerLimitsOf(it: Members): AskerLimits {
  for (const name of Object.keys(it.all)) {
    if (!ASKER_MEMBERS.includes(name))
      it.complain(`"${name}" is none of ${ASKER_MEMBERS.join(", ")}; a key's limits stand at its provider`);
  }
  return {
    users: limitsByName(it, "perUser", "users"),
    projects: limitsByName(it, "perProject", "projects"),
  };
}

function limitsByName(it: Members, each: string, named: string): LimitsByName {
  const group = it.group(named);
  return {
    each: limitsOf(it.group(each)),
    named: Object.keys(group.all).map((pattern) => ({ pattern, limits: limitsOf(group.group(pattern)) })),
  };
}

function modelOf(it: Members | string): readonly ModelSetting[] {
  if (typeof it === "string") return [{ id: it }];
  const id = it.text("id");
  if (id === undefined) {
    it.complain(`"id" is missing`);
    return [];
  }
  const price = it.has("price") ? it.group("price") : undefined;
  const [input, output] = [price?.number("input", 0), price?.number("output", 0)];
  const rates = { cacheRead: price?.number("cacheRead", 0), cacheWrite: price?.number("cacheWrite", 0) };
  const given = Object.entries({
    contextWindow: it.number("contextWindow", 1),
    maxOutput: it.number("maxOutput", 1),
  }).filter(([, value]) => value !== undefined);
  return [
    {
      id,
      ...Object.fromEntries(given),
      ...(input !== undefined &&
        output !== undefined && {
          price: {
            input,
            output,
            ...Object.fromEntries(Object.entries(rates).filter(([, value]) => value !== undefined)),
          },
        }),
    },
  ];
}

const BUDGETS = ["perTask", "perDay", "perMonth", "perProject", "perKey", "total"] as const;
const BUDGET_MEMBERS: readonly string[] = [...BUDGETS, "warnAt", "currency"];

function budgetOf(it: Members): BudgetSetting {
  // As with limits: a mistyped one would be thought to hold.
  for (const name of Object.keys(it.all))
    if (!BUDGET_MEMBERS.includes(name)) it.complain(`"${name}" is none of ${BUDGET_MEMBERS.join(", ")}`);
  const limits = BUDGETS.flatMap((name) => {
    const value = it.number(name, 0);
    return value === undefined ? [] : [[name, value] as const];
  });
  it.word("currency", ["USD"]);
  return { ...Object.fromEntries(limits), warnAt: Math.min(1, it.number("warnAt", 0) ?? 0.8) };
}
