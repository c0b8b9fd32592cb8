import { MODEL_SETTINGS } from "./model-settings.ts";
import { SMELL_SETTINGS } from "./smell-settings.ts";

/** Who may set a setting: "person" ones are never taken from a folder's files, for those may only restrict. */
export type Reach = "person" | "folder";

interface Kinds {
  readonly string: string;
  readonly boolean: boolean;
  readonly number: number;
  readonly list: readonly string[];
  /** Groups of things with names of their own; a reader of its own says what is in them. */
  readonly object: Readonly<Record<string, unknown>>;
}

/** One setting: its type, default and the sentence that describes it in Markdown. */
export interface Setting<K extends keyof Kinds = keyof Kinds> {
  readonly type: K;
  readonly default: Kinds[K];
  readonly reach: Reach;
  readonly description: string;
  /** The values it may have. */
  readonly values?: readonly string[];
  readonly minimum?: number;
}

function setting<K extends keyof Kinds>(
  type: K,
  value: Kinds[K],
  reach: Reach,
  description: string,
  more: Partial<Setting<K>> = {},
): Setting<K> {
  return { type, default: value, reach, description, ...more };
}

/** Every setting by its name below `wheelhouse.` in VS Code and as a path in settings files. */
export const SETTINGS = {
  model: setting(
    "string",
    "",
    "person",
    "Model of new sessions, for example `claude-sonnet-5-5`. Empty: Claude Sonnet when there is an API key, else the offline model.",
  ),
  effort: setting(
    "string",
    "",
    "person",
    "How much the model thinks before it acts. Empty: the model's own default.",
    { values: ["", "low", "medium", "high", "xhigh", "max"] },
  ),
  "permissions.defaultMode": setting(
    "string",
    "default",
    "person",
    "Mode of new sessions: `default` asks about edits and commands, `acceptEdits` about commands only, `plan` changes nothing.",
    {
      values: ["default", "acceptEdits", "plan", "bypassPermissions"],
    },
  ),
  "permissions.allow": setting(
    "list",
    [],
    "person",
    "Calls that run without asking, as rules: `Edit(src/**)`, `Bash(npm test)`. A `Bash` rule allows exactly its own command line.",
  ),
  "permissions.ask": setting(
    "list",
    [],
    "folder",
    "Calls that are always asked about, as rules: `Bash(git push:*)`.",
  ),
  "permissions.deny": setting(
    "list",
    [],
    "folder",
    "Calls that are never made, as rules: `Read(secrets/**)`. Deny beats ask beats allow.",
  ),
  "permissions.allowBypass": setting(
    "boolean",
    false,
    "person",
    "Lets the mode `bypassPermissions` be chosen, in which edits and commands run **without asking**. Only for machines on which nothing can be lost.",
  ),
  "permissions.builtInReads": setting(
    "boolean",
    true,
    "person",
    "Runs commands that can be shown only to read in the workspace, such as `ls` and `git status`, without asking. Off: they ask unless a rule allows them.",
  ),
  "sandbox.mode": setting(
    "string",
    "off",
    "person",
    "Runs commands in a sandbox of the operating system, in which they write in the workspace only, read no secrets and have no network. `off`: not; `on`: in it, and asked about as before; `auto`: in it, and not asked about as long as they stay in it. Needs bubblewrap on Linux; there is none on Windows.",
    { values: ["off", "on", "auto"] },
  ),
  "sandbox.allowedHosts": setting(
    "list",
    [],
    "person",
    "Hosts that commands in the sandbox may reach by HTTP and HTTPS: `registry.example.org`, `*.example.org` for all below, `localhost:8080` for another port than 80 and 443. Empty: no network. On macOS the network stays off.",
  ),
  "sandbox.allowWrite": setting(
    "list",
    [],
    "person",
    "Folders outside the workspace that commands in the sandbox may read and write: `~/.cache/build`.",
  ),
  "anthropic.baseUrl": setting(
    "string",
    "",
    "person",
    "Address of the Anthropic API or of a gateway that speaks it. Empty: the vendor's own.",
  ),
  maxRequestsPerTurn: setting(
    "number",
    200,
    "person",
    "Model calls in one turn after which you are asked whether to go on. 0: no limit.",
    { minimum: 0 },
  ),
  maxCostPerSession: setting("number", 0, "person", "Dollars after which a session stops. 0: no limit.", {
    minimum: 0,
  }),
  attachOpenFile: setting(
    "boolean",
    true,
    "person",
    "Sends the open file's name and your selection along with a message. Each message can leave them out.",
  ),
  "checkpoints.maxSizeMB": setting(
    "number",
    1024,
    "person",
    "Megabytes on disk that earlier texts of changed files may take in all sessions together. Above it, those of the oldest sessions go first; what you have not decided on yet always stays. 0: no limit.",
    { minimum: 0 },
  ),
  "checkpoints.maxAgeDays": setting(
    "number",
    30,
    "person",
    "Days after which a session's earlier texts of changed files go, as far as you have decided on the changes. 0: no limit.",
    { minimum: 0 },
  ),
  ...MODEL_SETTINGS,
  "refactor.besideOthers": setting(
    "boolean",
    false,
    "person",
    "Shows Wheelhouse's refactorings in the editor's own menus also where the language's extension offers the same. Off: there they are in `Wheelhouse: Refactor…` only.",
  ),
  "refactor.preview": setting(
    "boolean",
    true,
    "person",
    "Shows what a refactoring changes in several files, or what there is a warning about, in the editor's Refactor Preview before it is done. Off: it is done at once.",
  ),
  ...SMELL_SETTINGS,
  "review.openDiff": setting(
    "boolean",
    true,
    "person",
    "Shows a proposed edit in the editor's diff as well, without taking the focus.",
  ),
} as const satisfies Record<string, Setting>;

/** Name of a setting below `wheelhouse.`. */
export type SettingName = keyof typeof SETTINGS;

type Widened<T> = T extends string
  ? string
  : T extends boolean
    ? boolean
    : T extends number
      ? number
      : T extends readonly unknown[]
        ? readonly string[]
        : Readonly<Record<string, unknown>>;
/** The value of every setting. */
export type Settings = { readonly [Name in SettingName]: Widened<(typeof SETTINGS)[Name]["default"]> };

/** Settings of one place, with a sentence for each that is wrong; the rest holds all the same. */
export interface Layer {
  readonly values: Partial<Settings>;
  readonly problems: readonly string[];
  /** Those of the problems by which something that should protect does not hold, or may not: who cannot ask must not begin. */
  readonly broken?: readonly string[];
}

/** The settings of somebody who set nothing. */
export const DEFAULTS = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, it]) => [name, it.default]),
) as Settings;

/** Reads settings out of a nested or dotted object. `source` names the place in messages, such as a file. */
export function readLayer(value: unknown, source: string, reach: Reach): Layer {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return brokenLayer(`${source}: expected an object of settings`);
  const flat = flatten(value);
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  const broken: string[] = [];
  for (const [name, given] of flat) {
    const known: Setting | undefined = Object.hasOwn(SETTINGS, name)
      ? SETTINGS[name as SettingName]
      : undefined;
    const wrong = known ? wrongWith(known, given) : unknownName(name);
    if (wrong) problems.push(`${source}: "${name}" ${wrong}`);
    if (wrong && PROTECTING.includes(name)) broken.push(...problems.slice(-1));
    if (wrong || !known) continue;
    if (reach === "folder" && known.reach === "person")
      problems.push(
        `${source}: "${name}" is not taken from a folder's files, which may only restrict; set it in your own settings`,
      );
    else values[name] = given;
  }
  return { values: values as Partial<Settings>, problems, broken };
}

/** The layer of a place whose settings cannot be read at all: nothing holds, and what should protect might be in it. */
export function brokenLayer(problem: string): Layer {
  return { values: {}, problems: [problem], broken: [problem] };
}

/** Settings without which less is asked. */
const PROTECTING: readonly string[] = [
  "permissions.ask",
  "permissions.deny",
  "permissions.defaultMode",
  "permissions.builtInReads",
];

/** Other programs' settings may stand beside ours; but a slip among the permissions must not go unseen. */
function unknownName(name: string): string | undefined {
  return name.startsWith("permissions.") ? "is no setting" : undefined;
}

function flatten(value: object, prefix = ""): readonly (readonly [string, unknown])[] {
  return Object.entries(value).flatMap(([key, it]) => {
    const name = prefix + key;
    const isGroup =
      typeof it === "object" && it !== null && !Array.isArray(it) && !Object.hasOwn(SETTINGS, name);
    return isGroup ? flatten(it, `${name}.`) : [[name, it] as const];
  });
}

function wrongWith({ type, values, minimum }: Setting, given: unknown): string | undefined {
  const isRight =
    type === "list"
      ? Array.isArray(given) && given.every((it) => typeof it === "string")
      : type === "object"
        ? isGroup(given)
        : typeof given === type && (type !== "number" || Number.isFinite(given));
  if (!isRight) return `must be ${WANTED[type] ?? `a ${type}`}`;
  if (values && !values.includes(String(given)))
    return `must be one of ${values.filter((it) => it !== "").join(", ")}`;
  if (minimum !== undefined && Number(given) < minimum) return `must be at least ${minimum}`;
  return undefined;
}

const WANTED: Readonly<Record<string, string>> = { list: "a list of texts", object: "an object" };

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What all layers say together, from the defaults on. Later layers win; lists of rules add up, and groups by their members. */
export function mergeLayers(layers: readonly Partial<Settings>[]): Settings {
  return { ...DEFAULTS, ...addedUp([DEFAULTS, ...layers]) };
}

/** Layers as one. Later ones win; lists of rules add up. */
export function addedUp(layers: readonly Partial<Settings>[]): Partial<Settings> {
  const lists = LISTS.flatMap((name) => {
    const given = layers.flatMap((it) => it[name] ?? []);
    return given.length === 0 ? [] : [[name, [...new Set(given)]] as const];
  });
  const groups = GROUPS.flatMap((name) => {
    const given = layers.flatMap((it) => it[name] ?? []);
    return given.length === 0 ? [] : [[name, Object.assign({}, ...given)] as const];
  });
  return { ...Object.assign({}, ...layers), ...Object.fromEntries([...lists, ...groups]) };
}

/** Whose members each come from the last place that has them. */
const GROUPS = ["providers", "routing", "budget", "limits", "server"] as const;

const LISTS = ["permissions.allow", "permissions.ask", "permissions.deny"] as const;
