import type { Options } from "../refactor/refactoring.ts";
import { REFACTOR_USAGE } from "./usage.ts";

/** The command line of `wheelhouse refactor`. */
export interface RefactorArguments {
  /** The refactoring; `undefined`: list what there is. */
  readonly id: string | undefined;
  readonly path: string;
  /** "LINE:COL" or "LINE:COL-LINE:COL". */
  readonly selection: string;
  readonly options: Options;
  /** Flags, and keys of `--set`, that no refactoring here takes. */
  readonly unsupported: readonly string[];
  readonly write: boolean;
  readonly diff: boolean;
  readonly json: boolean;
}

const SWITCHES = ["write", "diff", "json"];
const VALUES = ["name", "to", "set"];

/** The command line read, or a sentence saying what is wrong with it. */
export function refactorArguments(argv: readonly string[]): RefactorArguments | string {
  const words: string[] = [];
  const switches = new Set<string>();
  const values = new Map<string, readonly string[]>();
  const rest = [...argv];
  for (let it = rest.shift(); it !== undefined; it = rest.shift()) {
    const [, name = "", inline] = /^--([a-z]+)(?:=([\s\S]*))?$/.exec(it) ?? [];
    if (SWITCHES.includes(name) && inline === undefined) switches.add(name);
    else if (VALUES.includes(name)) {
      const value = inline ?? rest.shift();
      if (value === undefined) return `--${name} needs a value.`;
      values.set(name, [...(values.get(name) ?? []), value]);
    } else if (it.startsWith("--")) return `There is no flag ${it} here. See wheelhouse refactor --help.`;
    else words.push(it);
  }
  const [verb, ...given] = words;
  const id = verb === "apply" ? given.shift() : undefined;
  if (!(verb === "list" || (verb === "apply" && id !== undefined)) || given.length !== 1)
    return REFACTOR_USAGE;
  const changing = [...switches, ...values.keys()].find((it) => it !== "json");
  if (verb === "list" && changing !== undefined) return `--${changing} means nothing with list.`;
  const place = /^([\s\S]+?):(\d+:\d+(?:-\d+:\d+)?)$/.exec(given[0] ?? "");
  if (!place)
    return `"${given[0]}" names no place: it must be FILE:LINE:COL or FILE:LINE:COL-LINE:COL, counted from 1.`;
  const [, path = "", selection = ""] = place;
  const set = setIn(values.get("set") ?? []);
  if (typeof set === "string") return set;
  const name = values.get("name")?.at(-1);
  const to = values.get("to")?.at(-1);
  const options = { ...set.options, ...(name !== undefined && { name }), ...(to !== undefined && { to }) };
  const unsupported = set.unsupported.map((it) => `--set ${it}`);
  const [write, diff, json] = SWITCHES.map((it) => switches.has(it));
  const how = { write: write === true, diff: diff === true, json: json === true };
  return { id, path, selection, options, unsupported, ...how };
}

/** What `--set` may say, and the kind of value it takes; `undefined`: it is for refactorings that are not there yet. */
const KEYS: Readonly<Record<string, keyof Options | undefined>> = {
  replaceAll: "replaceAll",
  allCalls: "allCalls",
  reorder: undefined,
  add: undefined,
  remove: undefined,
  scope: undefined,
};

interface Set {
  readonly options: Options;
  readonly unsupported: readonly string[];
}

function setIn(given: readonly string[]): Set | string {
  const options: Record<string, boolean> = {};
  const unsupported: string[] = [];
  for (const it of given) {
    const [, key = "", text = ""] = /^([^=]*)=([\s\S]*)$/.exec(it) ?? [];
    if (!Object.hasOwn(KEYS, key))
      return `--set takes key=value with one of the keys ${Object.keys(KEYS).join(", ")}; "${it}" has none.`;
    if (KEYS[key] === undefined) unsupported.push(key);
    else if (text !== "true" && text !== "false") return `--set ${key} must be true or false, not "${text}".`;
    else options[key] = text === "true";
  }
  return { options, unsupported };
}
