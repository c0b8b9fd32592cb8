import type { ModelInfo } from "./provider.ts";
import type { Target } from "./routing/configuration.ts";
import type { Decision } from "./routing/decide.ts";
import type { Signals } from "./routing/signals.ts";
import type { UsageBy, UsageRow, UsageTotals } from "./usage-report.ts";

/** A key as the page for models shows it; never the key itself. */
export interface KeyShown {
  /** The instance, `provider#number`. */
  readonly id: string;
  /** Where it comes from. */
  readonly label: string;
  readonly state: "healthy" | "cooling" | "disabled" | "missing";
  /** Its state in words: until when, and why. */
  readonly words: string;
  /** Whether it can be set here: keys of the environment cannot. */
  readonly maySet: boolean;
  readonly mayRemove: boolean;
}

/** A provider as the page shows it. */
export interface ProviderShown {
  readonly name: string;
  readonly type: string;
  /** "" for one that is reached in no plain way, such as the offline model. */
  readonly address: string;
  readonly keys: readonly KeyShown[];
  /** Number of its models. */
  readonly models: number;
  /** Whether it stands in the editor's settings, so that it can be changed here. */
  readonly isOurs: boolean;
}

/** Where requests of a category go, as the page shows it. */
export interface RouteShown {
  readonly category: string;
  /** Which requests these are. */
  readonly about: string;
  /** None: the category is not set. */
  readonly targets: readonly Target[];
  /** Tokens from which it holds; `undefined`: it has no such number. */
  readonly threshold: number | undefined;
}

/** The rules of the settings, which go before the categories. */
export interface RulesShown {
  /** As they stand in the settings, valid or not. */
  readonly items: readonly unknown[];
  /** Whether they stand in the editor's settings; a change takes them there from the file they stand in otherwise. */
  readonly isOurs: boolean;
  /** Names of the categories they may use: those that are set. */
  readonly categories: readonly string[];
  /** Names of the providers they may use. */
  readonly providers: readonly string[];
}

/** A request that nobody makes, to see where it would go. */
export type Supposed = Pick<
  Signals,
  "model" | "client" | "user" | "project" | "tools" | "thinking" | "search" | "images" | "subagent"
> & { readonly tokens: number };

/** Everything on the page but the usage. */
export interface ModelsShown {
  readonly providers: readonly ProviderShown[];
  /** Types that a new provider may have. */
  readonly types: readonly TypeShown[];
  readonly models: readonly ModelInfo[];
  readonly routes: readonly RouteShown[];
  readonly rules: RulesShown;
  /** The gateway's address; `undefined`: it does not run. */
  readonly gateway: string | undefined;
  /** What is wrong with the settings. */
  readonly problems: readonly string[];
}

/** A type of providers. */
export interface TypeShown {
  readonly type: string;
  readonly name: string;
  /** The vendor's own address; "": there is none. */
  readonly address: string;
}

/** What has been used, grouped. */
export interface UsageShown {
  readonly by: UsageBy;
  /** Days back from now; 0: all. */
  readonly days: number;
  readonly totals: UsageTotals;
  readonly rows: readonly UsageRow[];
  /** Rows that are left out, for there are too many. */
  readonly more: number;
}

/** Host to page. */
export type ToModelsPage =
  | { readonly type: "shown"; readonly shown: ModelsShown }
  | { readonly type: "usage"; readonly usage: UsageShown }
  /** What came of trying a key. */
  | { readonly type: "tried"; readonly key: string; readonly words: string; readonly isGood: boolean }
  /** A `setRules` is done, or could not be; the rules as they are then come before it. */
  | { readonly type: "rulesSet" }
  /** Where the last supposed request would go. */
  | { readonly type: "decided"; readonly decision: Decision }
  /** Something the person asked for is done, or could not be. */
  | { readonly type: "said"; readonly sentence: string };

/** Page to host. Keys are asked for by the editor, so none is ever in the page. */
export type FromModelsPage =
  | { readonly type: "ready" }
  | { readonly type: "tryKey" | "setKey" | "removeKey"; readonly key: string }
  | { readonly type: "addKey" | "removeProvider"; readonly provider: string }
  | {
      readonly type: "addProvider";
      readonly name: string;
      readonly providerType: string;
      /** "": the vendor's own. */
      readonly address: string;
      readonly hasKey: boolean;
    }
  /** Without targets the category is unset. */
  | {
      readonly type: "setRoute";
      readonly category: string;
      readonly targets: readonly Target[];
      readonly threshold?: number;
    }
  /** Takes effect only while the rules are still those that `was` says. */
  | { readonly type: "setRules"; readonly was: readonly unknown[]; readonly rules: readonly unknown[] }
  | { readonly type: "decide"; readonly of: Supposed }
  | { readonly type: "usage"; readonly by: UsageBy; readonly days: number }
  | {
      readonly type: "exportUsage";
      readonly by: UsageBy;
      readonly days: number;
      readonly format: "csv" | "json";
    }
  | { readonly type: "startGateway" | "stopGateway" | "copyGatewayKey" | "openSettings" };
