import type { Condition, RuleSetting } from "./configuration.ts";
import { isPlain, matcher, prefixOf } from "./pattern.ts";
import type { Signals } from "./signals.ts";

/** The first rule that holds, with its number in the settings from 1; `undefined`: none does. */
export type CompiledRules = (
  signals: Signals,
  isBackground: (model: string) => boolean,
) => { readonly rule: RuleSetting; readonly number: number } | undefined;

interface Compiled {
  readonly rule: RuleSetting;
  readonly number: number;
  readonly holds: (signals: Signals, isBackground: (model: string) => boolean) => boolean;
}

type ByText = Map<string, Compiled[]>;

/** Members by which a rule is found without looking at the others. */
const KEYS = ["model", "user", "project", "client"] as const;

/**
 * Rules by what they name exactly, or by the beginning of a model's name, so that a decision looks only at those that
 * may hold; the few that name nothing so are looked at in their order.
 */
export function compileRules(rules: readonly RuleSetting[]): CompiledRules {
  if (rules.length === 0) return () => undefined;
  const exact: Readonly<Record<(typeof KEYS)[number], ByText>> = {
    model: new Map(),
    user: new Map(),
    project: new Map(),
    client: new Map(),
  };
  const prefixes: ByText = new Map();
  const others: Compiled[] = [];
  for (const [index, rule] of rules.entries()) {
    const compiled = { rule, number: rule.number ?? index + 1, holds: holding(rule.when) };
    const key = KEYS.find((it) => rule.when[it] !== undefined && isPlain(rule.when[it] ?? "*"));
    const prefix = prefixOf(rule.when.model ?? "");
    if (key !== undefined) put(exact[key], (rule.when[key] ?? "").toLowerCase(), compiled);
    else if (prefix) put(prefixes, prefix, compiled);
    else others.push(compiled);
  }
  const lengths = [...new Set([...prefixes.keys()].map((it) => it.length))];
  return (signals, isBackground) => {
    const model = signals.model.toLowerCase();
    let first: Compiled | undefined;
    const look = (candidates: readonly Compiled[] | undefined) => {
      for (const it of candidates ?? []) {
        // Candidates stand in their order.
        if (first !== undefined && it.number > first.number) return;
        if (it.holds(signals, isBackground)) {
          first = it;
          return;
        }
      }
    };
    for (const key of KEYS) look(exact[key].get(signals[key].toLowerCase()));
    for (const length of lengths) look(prefixes.get(model.slice(0, length)));
    look(others);
    return first;
  };
}

function put(map: ByText, key: string, rule: Compiled): void {
  const there = map.get(key);
  if (there) there.push(rule);
  else map.set(key, [rule]);
}

function holding(when: Condition): Compiled["holds"] {
  const tests: Compiled["holds"][] = [];
  for (const name of KEYS) {
    const pattern = when[name];
    if (pattern === undefined) continue;
    const fits = matcher([pattern]);
    tests.push((it) => fits(it[name]));
  }
  for (const name of ["thinking", "search", "images", "subagent"] as const) {
    const wanted = when[name];
    if (wanted !== undefined) tests.push((it) => it[name] === wanted);
  }
  const { tool, tokensAbove, tokensBelow, background } = when;
  if (background !== undefined) tests.push((it, isBackground) => isBackground(it.model) === background);
  if (tool !== undefined) {
    const fits = matcher([tool]);
    tests.push((it) => it.tools.some(fits));
  }
  if (tokensAbove !== undefined) tests.push((it) => it.tokens() > tokensAbove);
  if (tokensBelow !== undefined) tests.push((it) => it.tokens() < tokensBelow);
  return (signals, isBackground) => tests.every((it) => it(signals, isBackground));
}
