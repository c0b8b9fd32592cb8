/** The flags and words of a command of its own. */
export interface Given {
  readonly values: ReadonlyMap<string, string>;
  /** Flags without a value. */
  readonly switches: ReadonlySet<string>;
  readonly words: readonly string[];
  readonly help: boolean;
}

/**
 * A command line with flags that take a value (`--name value` or `--name=value`) and switches that take none, or a
 * sentence about what is wrong with it. Behind `--` all are words.
 */
export function flagsIn(
  argv: readonly string[],
  valued: readonly string[],
  switches: readonly string[] = [],
): Given | string {
  const values = new Map<string, string>();
  const on = new Set<string>();
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
    const [name = "", ...rest] = given.replace(/^--?/, "").split("=");
    if (name === "help" || name === "h") on.add("help");
    else if (switches.includes(name) && rest.length === 0) on.add(name);
    else if (!valued.includes(name)) return `there is no flag ${given.split("=")[0]}`;
    else {
      const value = rest.length > 0 ? rest.join("=") : argv[++at];
      if (value === undefined) return `--${name} needs a value`;
      values.set(name, value);
    }
  }
  return { values, switches: on, words, help: on.has("help") };
}
