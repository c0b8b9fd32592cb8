import { REWIND_USAGE } from "./usage.ts";

/** The command line of `wheelhouse rewind`. Numbers are those of messages in the conversation, from 1. */
export interface RewindArguments {
  readonly id: string;
  readonly to: number | undefined;
  readonly files: boolean;
  readonly conversation: boolean;
  /** Files that go back although somebody edited them since. */
  readonly edited: readonly string[];
  readonly compare: { readonly from: number; readonly to: number | undefined } | undefined;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly undo: boolean;
  readonly fork: boolean;
}

const SWITCHES = ["files", "conversation", "dry-run", "yes", "undo", "fork"];
const VALUES = ["to", "edited", "compare"];

/** The command line read, or a sentence saying what is wrong with it. */
export function rewindArguments(argv: readonly string[]): RewindArguments | string {
  const words: string[] = [];
  const switches = new Set<string>();
  const values = new Map<string, readonly string[]>();
  const rest = [...argv];
  for (let it = rest.shift(); it !== undefined; it = rest.shift()) {
    const [, name = "", inline] = /^--([a-z-]+)(?:=([\s\S]*))?$/.exec(it) ?? [];
    if (it === "-y") switches.add("yes");
    else if (SWITCHES.includes(name) && inline === undefined) switches.add(name);
    else if (VALUES.includes(name)) {
      const value = inline ?? rest.shift();
      if (value === undefined) return `--${name} needs a value.`;
      values.set(name, [...(values.get(name) ?? []), value]);
    } else if (it.startsWith("-")) return `There is no flag ${it} here. See wheelhouse rewind --help.`;
    else words.push(it);
  }
  const [id] = words;
  if (id === undefined || words.length > 1) return REWIND_USAGE;
  const to = numberIn(values.get("to")?.at(-1));
  const [from, until, ...more] = values.get("compare")?.at(-1)?.split("..").map(numberIn) ?? [];
  if (Number.isNaN(to)) return "--to must be the number of a message: wheelhouse rewind ID lists them.";
  if (Number.isNaN(from) || Number.isNaN(until) || more.length > 0)
    return "--compare must be the number of a message, or two as in 2..5.";
  const wrong = misfit(switches, values);
  if (wrong !== undefined) return wrong;
  return {
    id,
    to,
    files: switches.has("files"),
    conversation: switches.has("conversation"),
    edited: values.get("edited") ?? [],
    compare: from === undefined ? undefined : { from, to: until },
    dryRun: switches.has("dry-run"),
    yes: switches.has("yes"),
    undo: switches.has("undo"),
    fork: switches.has("fork"),
  };
}

/** What each of the ways takes along; the first that is named counts. */
const WAYS: readonly (readonly [string, readonly string[]])[] = [
  ["undo", ["edited", "yes"]],
  ["compare", []],
  ["fork", ["to", "yes"]],
  ["to", ["files", "conversation", "edited", "dry-run", "yes"]],
];

/** Flags that mean nothing together, as a sentence. */
function misfit(switches: ReadonlySet<string>, values: ReadonlyMap<string, unknown>): string | undefined {
  const given = [...switches, ...values.keys()];
  const way = WAYS.find(([name]) => given.includes(name));
  if (given.includes("fork") && !given.includes("to")) return "--fork needs --to N.";
  if (!way) return given[0] === undefined ? undefined : `--${given[0]} needs --to N.`;
  const other = given.find((it) => it !== way[0] && !way[1].includes(it));
  return other === undefined ? undefined : `--${way[0]} and --${other} mean nothing together.`;
}

/** NaN when it is no whole number above 0. */
function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN;
}
