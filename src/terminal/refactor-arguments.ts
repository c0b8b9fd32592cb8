import type { Options } from "../refactor/refactoring.ts";
import { SIGNATURE_OPTIONS, signatureOptions } from "../refactor/signature/options.ts";
import { REFACTOR_USAGE } from "./usage.ts";

/** The command line of `wheelhouse refactor`. */
export interface RefactorArguments {
  /** The refactoring; `undefined`: list what there is. */
  readonly id: string | undefined;
  /** The place: a path, and "LINE:COL" or "LINE:COL-LINE:COL"; "" where whole files are meant. */
  readonly path: string;
  readonly selection: string;
  /** Paths or patterns of whole files; empty where a place is meant. */
  readonly files: readonly string[];
  readonly options: Options;
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
  if (!(verb === "list" || (verb === "apply" && id !== undefined)) || given.length === 0)
    return REFACTOR_USAGE;
  const changing = [...switches, ...values.keys()].find((it) => it !== "json");
  if (verb === "list" && changing !== undefined) return `--${changing} means nothing with list.`;
  const place = PLACE.exec(given[0] ?? "");
  const isWhole = verb === "apply" && !given.some((it) => /:\d+/.test(it));
  if (!isWhole && (!place || given.length > 1))
    return given.length > 1
      ? `Several files are refactored as a whole, and one at a place: "${given.join(" ")}" is neither.`
      : `"${given[0]}" names no place: it must be FILE:LINE:COL or FILE:LINE:COL-LINE:COL, counted from 1.`;
  const [, path = "", selection = ""] = isWhole ? [] : (place ?? []);
  const set = setIn(values.get("set") ?? []);
  if (typeof set === "string") return set;
  const name = values.get("name")?.at(-1);
  const to = values.get("to")?.at(-1);
  const options = { ...set, ...(name !== undefined && { name }), ...(to !== undefined && { to }) };
  const [write, diff, json] = SWITCHES.map((it) => switches.has(it));
  const how = { write: write === true, diff: diff === true, json: json === true };
  return { id, path, selection, files: isWhole ? given : [], options, ...how };
}

const PLACE = /^([\s\S]+?):(\d+:\d+(?:-\d+:\d+)?)$/;

/** What `--set` may say that is true or false. */
const FLAGS = ["replaceAll", "allCalls"];
const KEYS: readonly string[] = [...FLAGS, "scope", ...SIGNATURE_OPTIONS];

function setIn(given: readonly string[]): Options | string {
  const flags: Record<string, boolean> = {};
  const others: Record<string, unknown> = {};
  let scope: string | undefined;
  for (const it of given) {
    const [, key = "", text = ""] = /^([^=]*)=([\s\S]*)$/.exec(it) ?? [];
    if (!KEYS.includes(key))
      return `--set takes key=value with one of the keys ${KEYS.join(", ")}; "${it}" has none.`;
    if (key === "scope") {
      const value = jsonIn(text);
      scope = typeof value === "string" ? value : text;
    } else if (!FLAGS.includes(key)) {
      const value = jsonIn(text);
      if (value === undefined) return `--set ${key} must be JSON, not "${text}".`;
      others[key] = value;
    } else if (text !== "true" && text !== "false")
      return `--set ${key} must be true or false, not "${text}".`;
    else flags[key] = text === "true";
  }
  const signature = signatureOptions(others);
  if (typeof signature === "string") return `--set ${signature}.`;
  return { ...flags, ...(scope !== undefined && { scope }), ...signature };
}

/** `undefined`: it is none. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
