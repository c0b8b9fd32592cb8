import type { JsonObject } from "../conversation.ts";

/** How a provider's keys share its requests. */
export type Strategy = "round_robin" | "weighted" | "health_best" | "smart";
/** All strategies. */
export const STRATEGIES: readonly Strategy[] = ["round_robin", "weighted", "health_best", "smart"];

/** Most requests or tokens within a time, and at once; absent: no limit. */
export interface Limits {
  readonly requestsPerMinute?: number;
  readonly requestsPerHour?: number;
  readonly requestsPerDay?: number;
  readonly tokensPerMinute?: number;
  readonly tokensPerHour?: number;
  readonly tokensPerDay?: number;
  /** Requests at one time. */
  readonly concurrent?: number;
}

/** Limits of those of one kind, each of whom has an account of its own. */
export interface LimitsByName {
  /** Of each. */
  readonly each: Limits;
  /** Of those whose name fits the pattern, in which `*` stands for anything; the first that fits goes before `each`. */
  readonly named: readonly { readonly pattern: string; readonly limits: Limits }[];
}

/** The setting `limits`: those of who asks, whatever is asked. */
export interface AskerLimits {
  readonly users: LimitsByName;
  readonly projects: LimitsByName;
}

/** What the settings say about a model of a provider; absent members are as the vendor or our table says. */
export interface ModelSetting {
  readonly id: string;
  readonly contextWindow?: number;
  readonly maxOutput?: number;
  /** Dollars per million tokens. */
  readonly price?: {
    readonly input: number;
    readonly output: number;
    readonly cacheRead?: number;
    readonly cacheWrite?: number;
  };
}

/** One entry of the setting `providers`. */
export interface ProviderSetting {
  readonly name: string;
  /** An entry of the shelf of providers. */
  readonly type: string;
  /** `undefined`: the vendor's own address. */
  readonly baseUrl: string | undefined;
  /** `env:NAME`, `secret:NAME` or the key itself, each an instance of its own; none: the type's own variable, or no key. */
  readonly keys: readonly string[];
  /** One for each key; missing ones are 1. */
  readonly weights: readonly number[];
  readonly strategy: Strategy;
  /** Whether a session stays on the key that has its cache. */
  readonly sticky: boolean;
  readonly limits: Limits;
  /** Time without a byte in an answer after which its vendor counts as dead, in milliseconds; twice that before it begins. Absent: what is usual. */
  readonly silenceMs?: number;
  /** Models it is asked for by name; empty: those its type claims. */
  readonly models: readonly ModelSetting[];
  /** Members that only the type's wire reads. */
  readonly options: JsonObject;
}

/** A model at a provider. */
export interface Target {
  readonly provider: string;
  readonly model: string;
}

/** Where requests of a category go: the first, and in its place the next while nothing has been said. */
export interface CategorySetting {
  readonly targets: readonly Target[];
  /** Tokens from which the category `longcontext` holds. */
  readonly threshold?: number;
}

/** What a request must be like for a rule; all that is named must hold. Texts are patterns in which `*` stands for anything. */
export interface Condition {
  readonly model?: string;
  readonly client?: string;
  readonly user?: string;
  readonly project?: string;
  /** One of the request's tools. */
  readonly tool?: string;
  readonly tokensAbove?: number;
  readonly tokensBelow?: number;
  readonly thinking?: boolean;
  readonly search?: boolean;
  readonly images?: boolean;
  readonly background?: boolean;
  readonly subagent?: boolean;
}

/** A rule of the person; the first that holds decides. */
export interface RuleSetting {
  /** Its place among the rules of the settings, from 1, where others may be invalid; absent: its place in the list. */
  readonly number?: number;
  readonly when: Condition;
  /** A category's name, or a target. */
  readonly use: string | Target;
}

/** The setting `routing`. */
export interface RoutingSetting {
  readonly categories: ReadonlyMap<string, CategorySetting>;
  readonly rules: readonly RuleSetting[];
  /** A JavaScript file that decides what rules cannot say; relative to where our state is kept. */
  readonly script: string | undefined;
  /** Patterns of model names that are for small work in the background. */
  readonly backgroundModels: readonly string[];
}

/** Dollars that may be spent; absent: no limit. */
export interface BudgetSetting {
  readonly perTask?: number;
  readonly perDay?: number;
  readonly perMonth?: number;
  readonly perProject?: number;
  readonly perKey?: number;
  readonly total?: number;
  /** Part of a limit from which a warning is given, 0 to 1. */
  readonly warnAt: number;
}

/** All of it. */
export interface ModelConfiguration {
  readonly providers: readonly ProviderSetting[];
  readonly routing: RoutingSetting;
  readonly budget: BudgetSetting;
  readonly limits: AskerLimits;
  /** What is wrong, a sentence each; the rest holds all the same. */
  readonly problems: readonly string[];
}

/** Names of models that vendors sell as small and fast. */
export const BACKGROUND_MODELS: readonly string[] = [
  "*haiku*",
  "*-mini*",
  "*-nano*",
  "*flash-lite*",
  "*-luna*",
];

/** Routing of somebody who set none: a request goes where its model is served. */
export const NO_ROUTING: RoutingSetting = {
  categories: new Map(),
  rules: [],
  script: undefined,
  backgroundModels: BACKGROUND_MODELS,
};
