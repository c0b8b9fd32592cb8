import { EDITOR_TYPE } from "../model/editor-only.ts";
import type {
  KeyShown,
  ModelsShown,
  ProviderShown,
  RouteShown,
  RulesShown,
  TypeShown,
} from "../model/models-screen.ts";
import type { ModelInfo } from "../model/provider.ts";
import { providerTypes } from "../model/providers/all.ts";
import type { OpenedProvider } from "../model/routing/candidates.ts";
import type { RoutingSetting } from "../model/routing/configuration.ts";
import { healthWords } from "../model/routing/health-words.ts";
import type { Instance } from "../model/routing/pool.ts";
import { hasOwnKey, type KeySource, secretBehind } from "../node/key-source.ts";

/** What the page is made of. */
export interface ShownParts {
  readonly providers: readonly OpenedProvider[];
  readonly routing: RoutingSetting;
  /** The rules as they stand. */
  readonly rules: Pick<RulesShown, "items" | "isOurs">;
  readonly problems: readonly string[];
  readonly models: readonly ModelInfo[];
  readonly keys: KeySource;
  readonly gateway: string | undefined;
  /** Names of the providers in the editor's own settings. */
  readonly ours: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Everything on the page but the usage; no key is in it. */
export function modelsShown(parts: ShownParts): ModelsShown {
  const { providers, routing, problems, models, gateway } = parts;
  return {
    providers: providers.map((it) => providerShown(it, parts)),
    types: TYPES,
    models,
    routes: routesOf(routing),
    rules: {
      ...parts.rules,
      categories: [...routing.categories.keys()],
      // A type that is reached by its own key bears its own name.
      providers: [...new Set([...providers.map((it) => it.setting.name), ...PROVIDER_TYPES])],
    },
    gateway,
    problems,
  };
}

const NAMES: Readonly<Record<string, string>> = {
  anthropic: "Anthropic (Messages)",
  codewhisperer: "Amazon CodeWhisperer, Kiro",
  gemini: "Gemini",
  openai: "OpenAI (Responses)",
  "openai-chat": "Compatible with OpenAI (Chat Completions)",
};

const PROVIDER_TYPES: readonly string[] = [...providerTypes.map((it) => it.type), EDITOR_TYPE];

const TYPES: readonly TypeShown[] = [
  ...providerTypes
    .filter((it) => it.wired !== undefined)
    .map(({ type, wired }) => ({ type, name: NAMES[type] ?? type, address: wired?.address ?? "" })),
  { type: EDITOR_TYPE, name: "Models of VS Code (no thinking, no prices)", address: "" },
];

function providerShown(opened: OpenedProvider, parts: ShownParts): ProviderShown {
  const { setting, type, pool } = opened;
  return {
    name: setting.name,
    type: setting.type,
    address: setting.baseUrl ?? type.wired?.address ?? "",
    keys:
      type.wired === undefined ? [] : pool.instances.map((it, index) => keyShown(it, index, opened, parts)),
    models: parts.models.filter((it) => it.provider === setting.name).length,
    isOurs: parts.ours.has(setting.name),
  };
}

function keyShown(
  instance: Instance,
  index: number,
  { setting, type }: OpenedProvider,
  { keys, now, ours }: ShownParts,
): KeyShown {
  const reference = setting.keys[index] ?? "";
  const secret = secretBehind(reference, setting.type);
  const isStored = secret !== undefined && keys.stored?.().has(secret) === true;
  const isThere = reference === "" ? hasOwnKey(type, keys) : isStored || isInPlainSight(reference, keys);
  const needsNone = reference === "" && type.wired?.keysIn.length === 0;
  const { health } = instance;
  return {
    id: instance.id,
    label: reference === "" && !isStored ? ownLabel(type.wired?.keysIn ?? [], keys) : instance.label,
    state: isThere || needsNone ? health.state : "missing",
    words: isThere || needsNone ? healthWords(health, now) : "no key is set",
    maySet: secret !== undefined,
    mayRemove: setting.keys.length > 1 ? ours.has(setting.name) : isStored,
  };
}

/** Of keys that stand in the settings themselves or in a variable. */
function isInPlainSight(reference: string, { env }: KeySource): boolean {
  if (reference.startsWith("secret:")) return false;
  return !reference.startsWith("env:") || Boolean(env[reference.slice(4)]);
}

function ownLabel(keysIn: readonly string[], { env }: KeySource): string {
  const name = keysIn.find((it) => env[it]);
  return name === undefined ? "own key" : `env:${name}`;
}

const ABOUT: Readonly<Record<string, string>> = {
  default: "Everything for which nothing else is set",
  background: "Small work: titles, summaries, what clients ask small models for",
  thinking: "Requests in which thinking is asked for",
  longcontext: "Requests with more tokens than the threshold",
  search: "Requests with a tool that searches the web",
  subagent: "Requests of subagents",
};

/** The categories there always are, set or not, and behind them the person's own. */
function routesOf({ categories }: RoutingSetting): readonly RouteShown[] {
  const names = new Set([...Object.keys(ABOUT), ...categories.keys()]);
  return [...names].map((category) => ({
    category,
    about: ABOUT[category] ?? "Requests that name it, and those of rules",
    targets: categories.get(category)?.targets ?? [],
    threshold: categories.get(category)?.threshold,
  }));
}
