import {
  BACKGROUND_MODELS,
  type CategorySetting,
  type Condition,
  type RoutingSetting,
  type RuleSetting,
  type Target,
} from "./configuration.ts";
import { type Complain, type Members, membersOf } from "./members.ts";

const ROUTING_MEMBERS = ["rules", "script", "backgroundModels"];

/** The setting `routing`; what is wrong in it is complained about, and the rest holds. `isProvider`: whether targets may name it. */
export function routingOf(it: Members, isProvider: (name: string) => boolean): RoutingSetting {
  const names = Object.keys(it.all).filter((name) => !ROUTING_MEMBERS.includes(name));
  const categories = names.flatMap((name): (readonly [string, CategorySetting])[] => {
    const read = categoryOf(it.group(name), isProvider);
    return read === undefined ? [] : [[name, read]];
  });
  const known = new Map(categories);
  return {
    categories: known,
    rules: rulesOf(it, known, isProvider),
    script: it.text("script"),
    backgroundModels: it.texts("backgroundModels") ?? BACKGROUND_MODELS,
  };
}

function categoryOf(it: Members, isProvider: (name: string) => boolean): CategorySetting | undefined {
  const first = targetOf(it, isProvider);
  if (first === undefined) return undefined;
  const fallback = it.items("fallback").flatMap((next) => {
    if (typeof next === "string") return it.complain(`"fallback" has targets: {"provider", "model"}`) ?? [];
    return targetOf(next, isProvider) ?? [];
  });
  const threshold = it.number("threshold", 1);
  return { targets: [first, ...fallback], ...(threshold !== undefined && { threshold }) };
}

function targetOf(it: Members, isProvider: (name: string) => boolean): Target | undefined {
  const [provider, model] = [it.text("provider"), it.text("model")];
  if (provider === undefined || model === undefined) {
    it.complain(`must name a "provider" and a "model"`);
    return undefined;
  }
  if (isProvider(provider)) return { provider, model };
  it.complain(`there is no provider "${provider}"`);
  return undefined;
}

/** Names that a rule may use. */
export interface KnownNames {
  /** Categories that are set. */
  readonly categories: Pick<ReadonlySet<string>, "has">;
  readonly providers: Pick<ReadonlySet<string>, "has">;
}

/** What is wrong with a rule. */
export interface RuleProblem {
  /** The member it is about, such as `when.tokensAbove`; "": the rule as a whole. */
  readonly at: string;
  readonly words: string;
}

/** What is wrong with a value among the rules, in the words in which the settings are complained about; none: it counts. */
export function ruleProblems(value: unknown, known: KnownNames): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const complain: Complain = (problem) => {
    const colon = problem.indexOf(": ");
    problems.push({ at: problem.slice(1, Math.max(1, colon)), words: problem.slice(colon + 2) });
  };
  ruleOf(membersOf(value ?? null, "", complain), 1, known.categories, (name) => known.providers.has(name));
  return problems;
}

/** The conditions a rule may have, by what they are compared with: patterns, tokens, true or false. */
export const CONDITIONS = {
  texts: ["model", "client", "user", "project", "tool"],
  numbers: ["tokensAbove", "tokensBelow"],
  flags: ["thinking", "search", "images", "background", "subagent"],
} as const;

function rulesOf(
  it: Members,
  categories: ReadonlyMap<string, CategorySetting>,
  isProvider: (name: string) => boolean,
): readonly RuleSetting[] {
  return it.items("rules").flatMap((rule, index) => {
    if (typeof rule !== "string") return ruleOf(rule, index + 1, categories, isProvider);
    return it.complain(`"rules" has rules: {"when", "use"}`) ?? [];
  });
}

function ruleOf(
  it: Members,
  number: number,
  categories: KnownNames["categories"],
  isProvider: (name: string) => boolean,
): readonly RuleSetting[] {
  const when = conditionOf(it.all["when"], it.group("when"));
  const name = it.isText("use") ? it.text("use") : undefined;
  const use = name ?? targetOf(it.group("use"), isProvider);
  if (typeof use === "string" && !categories.has(use))
    return it.complain(`there is no category "${use}"`) ?? [];
  return use === undefined || when === undefined ? [] : [{ number, when, use }];
}

/** `undefined` when anything of it is not understood: without that condition the rule would hold more often than was meant. */
function conditionOf(given: unknown, it: Members): Condition | undefined {
  const known: readonly string[] = [...CONDITIONS.texts, ...CONDITIONS.numbers, ...CONDITIONS.flags];
  const strange = Object.keys(it.all).filter((name) => !known.includes(name));
  for (const name of strange) it.complain(`"${name}" is no condition; these are: ${known.join(", ")}`);
  const found = [
    ...CONDITIONS.texts.map((name) => [name, it.text(name)] as const),
    ...CONDITIONS.numbers.map((name) => [name, it.number(name, 0)] as const),
    ...CONDITIONS.flags.map((name) => [name, it.flag(name)] as const),
  ].filter(([, value]) => value !== undefined);
  const isObject = given === undefined || given === it.all;
  const isWhole = isObject && found.length === Object.keys(it.all).length;
  return isWhole ? (Object.fromEntries(found) as Condition) : undefined;
}
