import type { CategorySetting, RoutingSetting, RuleSetting, Target } from "./configuration.ts";
import { matcher } from "./pattern.ts";
import { type CompiledRules, compileRules } from "./rules.ts";
import type { Signals } from "./signals.ts";

/** Where a request goes, and why. */
export interface Decision {
  readonly category: string;
  /** One sentence for people. */
  readonly why: string;
  /** In the order in which they are tried; empty when nothing serves the request. */
  readonly targets: readonly Target[];
}

/** What decides about all requests. */
export type Decide = (signals: Signals) => Decision;

/** Who serves a model that no category was asked for; in the order of the settings. */
export type Serving = (model: string) => readonly Target[];

/** Tokens from which a context is long when the settings do not say. */
const LONG_CONTEXT = 200_000;

/**
 * The person's own code: a category's name or `provider/model` for a request, or `undefined` to leave it to the rules.
 * It must not throw.
 */
export type RouteScript = (signals: Signals) => string | undefined;

/**
 * A decision in one pass, without anything from outside. In this order: a provider named with the model, the model a
 * session was given, the person's script, their rules, a category that the client names, subagents, search, thinking, length, background, default.
 */
export function compileRouting(
  setting: RoutingSetting,
  isProvider: (name: string) => boolean,
  serving: Serving,
  script: RouteScript = () => undefined,
): Decide {
  const rules = compileRules(setting.rules);
  const isBackground = matcher(setting.backgroundModels);
  const { categories } = setting;
  return (signals) => {
    const pinned = pinnedIn(signals.model, isProvider);
    if (pinned !== undefined)
      return { category: "explicit", why: "the model is named with its provider", targets: [pinned] };
    const chosen = signals.pinned && !categories.has(signals.model) ? serving(signals.model) : [];
    if (chosen.length > 0) return { category: "session", why: "the session has this model", targets: chosen };
    return (
      byScript(script(signals), categories, isProvider) ??
      byRule(rules, signals, categories, isBackground) ??
      byCategory(signals, categories, isBackground) ?? {
        category: "default",
        why: `"${signals.model}" is served there, and no category is set for it`,
        targets: serving(signals.model),
      }
    );
  };
}

/** `provider/model` of a provider there is; models' own names may have slashes too. */
function pinnedIn(model: string, isProvider: (name: string) => boolean): Target | undefined {
  const slash = model.indexOf("/");
  const provider = slash === -1 ? "" : model.slice(0, slash);
  return provider !== "" && isProvider(provider) ? { provider, model: model.slice(slash + 1) } : undefined;
}

function byScript(
  said: string | undefined,
  categories: ReadonlyMap<string, CategorySetting>,
  isProvider: (name: string) => boolean,
): Decision | undefined {
  if (said === undefined) return undefined;
  const why = "your script says so";
  const set = categories.get(said);
  if (set !== undefined) return { category: said, why, targets: set.targets };
  const target = pinnedIn(said, isProvider);
  return target && { category: "script", why, targets: [target] };
}

function byRule(
  rules: CompiledRules,
  signals: Signals,
  categories: ReadonlyMap<string, CategorySetting>,
  isBackground: (model: string) => boolean,
): Decision | undefined {
  const found = rules(signals, isBackground);
  if (found === undefined) return undefined;
  const { rule, number } = found;
  const targets = typeof rule.use === "string" ? categories.get(rule.use)?.targets : [rule.use];
  return {
    category: typeof rule.use === "string" ? rule.use : "rule",
    why: `rule ${number} holds: ${wordsOf(rule)}`,
    targets: targets ?? [],
  };
}

function wordsOf({ when }: RuleSetting): string {
  return Object.entries(when)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");
}

function byCategory(
  signals: Signals,
  categories: ReadonlyMap<string, CategorySetting>,
  isBackground: (model: string) => boolean,
): Decision | undefined {
  const named = signals.category ?? (categories.has(signals.model) ? signals.model : undefined);
  const taken = (category: string, why: string): Decision | undefined => {
    const set = categories.get(category);
    return set && { category, why, targets: set.targets };
  };
  const long = categories.get("longcontext");
  const threshold = long?.threshold ?? LONG_CONTEXT;
  return (
    (named !== undefined ? taken(named, "the client names it") : undefined) ??
    (signals.subagent ? taken("subagent", "a subagent asks") : undefined) ??
    // Some signals cost a look through the whole request, which is for nothing where no category asks for it.
    (categories.has("search") && signals.search
      ? taken("search", "one of the tools searches the web")
      : undefined) ??
    (categories.has("thinking") && signals.thinking
      ? taken("thinking", "thinking is asked for")
      : undefined) ??
    (long !== undefined && signals.tokens() > threshold
      ? taken("longcontext", `about ${signals.tokens()} tokens are more than ${threshold}`)
      : undefined) ??
    (categories.has("background") && isBackground(signals.model)
      ? taken("background", `"${signals.model}" is a model for small work`)
      : undefined) ??
    taken("default", "nothing else holds")
  );
}
