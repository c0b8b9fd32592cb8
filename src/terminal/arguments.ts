/** What a flag takes: nothing, one value, or all values up to the next flag. */
type Kind = "none" | "one" | "many";

/** Flags of the agent, as in `claude -p` where that has them, with the sentence that `--help` shows. */
export const FLAGS: Readonly<
  Record<
    string,
    {
      readonly kind: Kind;
      readonly values?: readonly string[];
      readonly shows?: string;
      readonly help: string;
    }
  >
> = {
  print: {
    kind: "none",
    help: "run without asking anything, print the answer and leave (-p); the prompt may also come from standard input",
  },
  "output-format": { kind: "one", values: ["text", "json", "stream-json"], help: "what is printed with -p" },
  "input-format": {
    kind: "one",
    values: ["text", "stream-json"],
    help: "what is read from standard input with -p",
  },
  verbose: { kind: "none", help: "with -p: name every call on standard error, and how it ended" },
  model: { kind: "one", shows: "M", help: "model of this session" },
  effort: {
    kind: "one",
    values: ["low", "medium", "high", "xhigh", "max"],
    help: "how much the model thinks",
  },
  "fallback-model": { kind: "one", shows: "M", help: "model to go on with when the first is overloaded" },
  "permission-mode": {
    kind: "one",
    values: ["default", "acceptEdits", "plan", "bypassPermissions"],
    help: "how calls that change something are treated",
  },
  allowedTools: {
    kind: "many",
    shows: "RULE...",
    help: 'calls that run without asking: Read, "Edit(src/**)", "Bash(npm test)"',
  },
  disallowedTools: { kind: "many", shows: "RULE...", help: "calls that are never made" },
  "add-dir": { kind: "many", shows: "DIR...", help: "further folders of the workspace" },
  resume: { kind: "one", shows: "ID", help: "go on with that session" },
  continue: { kind: "none", help: "go on with the newest session of this folder (-c)" },
  "fork-session": { kind: "none", help: "with --resume or --continue: go on in a copy" },
  "max-turns": { kind: "one", shows: "N", help: "model calls after which it stops" },
  "max-budget-usd": { kind: "one", shows: "X", help: "dollars after which it stops" },
  "append-system-prompt": { kind: "one", shows: "TEXT", help: "added to the system prompt of a new session" },
  settings: { kind: "one", shows: "FILE|JSON", help: "settings that go before all files" },
  cwd: { kind: "one", shows: "DIR", help: "folder to work in" },
  help: { kind: "none", help: "show this (-h)" },
  version: { kind: "none", help: "show the version (-v)" },
};

const SHORT: Readonly<Record<string, string>> = {
  p: "print",
  c: "continue",
  r: "resume",
  h: "help",
  v: "version",
};

/** A command line taken apart. */
export interface Arguments {
  readonly flags: ReadonlyMap<string, readonly string[]>;
  /** What is no flag, in order. */
  readonly words: readonly string[];
}

/** The command line taken apart, or a sentence saying what is wrong with it. */
export function parseArguments(argv: readonly string[]): Arguments | string {
  const flags = new Map<string, readonly string[]>();
  const words: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const given = argv[at] ?? "";
    if (given === "--") {
      words.push(...argv.slice(at + 1));
      break;
    }
    if (!given.startsWith("-") || given === "-") {
      words.push(given);
      continue;
    }
    const [name = "", inline] = split(given);
    const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
    if (!flag) return `There is no flag ${given}. See wheelhouse --help.`;
    if (flag.kind === "none" && inline !== undefined)
      return `--${name} takes no value: leave out "=${inline}".`;
    const values = inline === undefined ? valuesAfter(argv, at, flag.kind) : [inline];
    if (flag.kind !== "none" && values.length === 0) return `--${name} needs a value.`;
    const wrong = values.find((it) => flag.values && !flag.values.includes(it));
    if (wrong !== undefined) return `--${name} must be one of ${flag.values?.join(", ")}, not "${wrong}".`;
    flags.set(name, [...(flags.get(name) ?? []), ...values]);
    if (inline === undefined) at += values.length;
  }
  return contradiction({ flags, words }) ?? { flags, words };
}

/** A value may begin with a dash, as texts do, but it may not be a flag. */
function valuesAfter(argv: readonly string[], at: number, kind: Kind): readonly string[] {
  if (kind === "none") return [];
  const next = argv[at + 1];
  if (kind === "one") return next === undefined || isFlag(next) ? [] : [next];
  const until = argv.findIndex((it, index) => index > at && it.startsWith("-") && it !== "-");
  return argv.slice(at + 1, until === -1 ? argv.length : until);
}

function isFlag(given: string): boolean {
  return given === "--" || (given.startsWith("-") && Object.hasOwn(FLAGS, split(given)[0]));
}

/** What cannot be meant together; `undefined` when all can. */
function contradiction({ flags, words }: Arguments): string | undefined {
  const has = (name: string) => flags.has(name);
  if (has("continue") && has("resume"))
    return "--continue goes on with the newest session and --resume with a named one: give one of them.";
  if (has("fork-session") && !has("continue") && !has("resume"))
    return "--fork-session copies a session: say which with --resume ID or --continue.";
  if (flags.get("input-format")?.at(-1) === "stream-json" && words.length > 0)
    return "With --input-format stream-json the prompts come from standard input: leave out the other one.";
  return undefined;
}

/** The flag's full name and its value behind "=". */
function split(given: string): readonly [name: string, value?: string] {
  const [, name = "", , value] = /^--?([^=]+)(=([\s\S]*))?$/.exec(given) ?? [];
  const full = given.startsWith("--") ? name : (SHORT[name] ?? name);
  return value === undefined ? [full] : [full, value];
}

/** The one value of a flag; `undefined` when it is not given. */
export function flagOf({ flags }: Arguments, name: string): string | undefined {
  return flags.get(name)?.at(-1);
}

/** A flag's number, or a sentence; `undefined` when it is not given. */
export function numberOf(given: Arguments, name: string): number | string | undefined {
  const text = flagOf(given, name);
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) && value > 0 ? value : `--${name} must be a number above 0, not "${text}".`;
}
