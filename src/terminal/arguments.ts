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
  verbose: { kind: "none", help: "say more on standard error" },
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
    if (given === "--") return { flags, words: [...words, ...argv.slice(at + 1)] };
    if (!given.startsWith("-") || given === "-") {
      words.push(given);
      continue;
    }
    const [spelled = "", inline] = split(given);
    const name = SHORT[spelled] ?? spelled;
    const flag = FLAGS[name];
    if (!flag) return `There is no flag ${given}. See wheelhouse --help.`;
    const until = argv.findIndex((it, index) => index > at && it.startsWith("-") && it !== "-");
    const following = argv.slice(at + 1, until === -1 ? argv.length : until);
    const values =
      inline !== undefined
        ? [inline]
        : flag.kind === "none"
          ? []
          : flag.kind === "one"
            ? argv.slice(at + 1, at + 2)
            : following;
    if (flag.kind !== "none" && values.length === 0) return `--${name} needs a value.`;
    const wrong = values.find((it) => flag.values && !flag.values.includes(it));
    if (wrong !== undefined) return `--${name} must be one of ${flag.values?.join(", ")}, not "${wrong}".`;
    flags.set(name, [...(flags.get(name) ?? []), ...values]);
    if (inline === undefined) at += values.length;
  }
  return { flags, words };
}

function split(given: string): readonly [string, string?] {
  const [, name = "", , value] = /^--?([^=]+)(=([\s\S]*))?$/.exec(given) ?? [];
  return value === undefined ? [name] : [name, value];
}

/** The one value of a flag; `undefined` when it is not given. */
export function flagOf({ flags }: Arguments, name: string): string | undefined {
  return flags.get(name)?.at(-1);
}

/** A flag's number, or a sentence; `undefined` when it is not given. */
export function numberOf(given: Arguments, name: string): number | string | undefined {
  const text = flagOf(given, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : `--${name} must be a number above 0, not "${text}".`;
}
