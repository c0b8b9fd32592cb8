/** One line of an ignore file. */
export interface IgnoreRule {
  /** As it stands there, without blanks at its end. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** It lets in again what an earlier one hid. */
  readonly isNegated: boolean;
  readonly isForFolders: boolean;
  /** Whether `path`, relative to the file's folder with `/` between its parts, fits it. */
  readonly fits: (path: string) => boolean;
}

/** The rules of an ignore file, in order, as git reads `.gitignore` (git documentation, gitignore, "Pattern format"). */
export function ignoreRules(text: string, isCaseFolded: boolean): readonly IgnoreRule[] {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  return lines.flatMap((line, index) => ruleOf(line, index + 1, isCaseFolded) ?? []);
}

function ruleOf(line: string, number: number, isCaseFolded: boolean): IgnoreRule | undefined {
  if (line.startsWith("#")) return undefined;
  const text = withoutBlanks(line);
  const isNegated = text.startsWith("!");
  const whole = isNegated ? text.slice(1) : text;
  const isForFolders = whole.endsWith("/");
  const pattern = isForFolders ? whole.slice(0, -1) : whole;
  if (pattern === "" || pattern === "/") return undefined;
  const isAnchored = pattern.includes("/");
  const signs = signsOf(pattern.replace(/^\//, ""), isCaseFolded);
  if (!signs) return undefined;
  const fits = (path: string) => {
    const name = isAnchored ? path : path.slice(path.lastIndexOf("/") + 1);
    return fitsSigns(signs, isCaseFolded ? name.toLowerCase() : name);
  };
  return { text, line: number, isNegated, isForFolders, fits };
}

/** Blanks at the end do not count, unless escaped. */
function withoutBlanks(line: string): string {
  let end = line.length;
  while (line[end - 1] === " " && line[end - 2] !== "\\") end--;
  return line.slice(0, end);
}

/** A sign of a pattern: one unit, or a run. `folders`: none or several parts, each with its slash. */
type Sign =
  | { readonly kind: "one"; readonly fits: (char: string) => boolean }
  | { readonly kind: "run" | "folders" | "rest" };

const NO_SLASH: Sign = { kind: "one", fits: (it) => it !== "/" };

/** `undefined`: the pattern is broken and fits nothing. */
function signsOf(pattern: string, isCaseFolded: boolean): readonly Sign[] | undefined {
  const signs: Sign[] = [];
  const one = (char: string) => {
    const wanted = isCaseFolded ? char.toLowerCase() : char;
    signs.push({ kind: "one", fits: (it) => it === wanted });
  };
  for (let at = 0; at < pattern.length; ) {
    const char = pattern.charAt(at);
    const stars = /^\*+/.exec(pattern.slice(at))?.[0].length ?? 0;
    if (stars > 0) {
      const isPart = stars === 2 && (at === 0 || pattern[at - 1] === "/");
      const behind = pattern.charAt(at + stars);
      const isFolders = isPart && behind === "/";
      signs.push({ kind: isFolders ? "folders" : isPart && behind === "" ? "rest" : "run" });
      at += stars + (isFolders ? 1 : 0);
    } else if (char === "[") {
      const group = groupAt(pattern, at, isCaseFolded);
      if (!group) return undefined;
      signs.push(group.sign);
      at = group.end;
    } else if (char === "?") {
      signs.push(NO_SLASH);
      at++;
    } else {
      const isEscape = char === "\\";
      if (isEscape && at + 1 === pattern.length) return undefined;
      one(pattern.charAt(isEscape ? at + 1 : at));
      at += isEscape ? 2 : 1;
    }
  }
  return signs;
}

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  digit: /\d/,
  lower: /[a-z]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /\s/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

/** A bracket expression (POSIX.1-2017, XBD 9.3.5), as git has it: never a slash. */
function groupAt(
  pattern: string,
  from: number,
  isCaseFolded: boolean,
): { readonly sign: Sign; readonly end: number } | undefined {
  const match = /\[([!^]?)((?:\]|\[:[a-z]+:\]|\\[\s\S]|[^\]\\])(?:\[:[a-z]+:\]|\\[\s\S]|[^\]\\])*)\]/y;
  match.lastIndex = from;
  const found = match.exec(pattern);
  if (!found) return undefined;
  const [all, not, body = ""] = found;
  const items = [...body.matchAll(/\[:([a-z]+):\]|(\\?[\s\S])(?:-(\\?[^\]]))?/g)].map(
    ([, name, low, high]) => ({ name, low: low?.slice(-1) ?? "", high: high?.slice(-1) }),
  );
  const holds = (char: string) =>
    items.some(({ name, low, high }) =>
      name !== undefined
        ? (CLASSES[name]?.test(char) ?? false)
        : high === undefined
          ? char === low
          : char >= low && char <= high,
    );
  const either = (char: string) =>
    holds(char) || (isCaseFolded && (holds(char.toLowerCase()) || holds(char.toUpperCase())));
  const sign: Sign = { kind: "one", fits: (it) => it !== "/" && either(it) !== (not !== "") };
  return { sign, end: from + all.length };
}

/**
 * Whether the signs stand for the whole of `path`. Goes through it once with the set of all places where the pattern may
 * be (Thompson, "Regular Expression Search Algorithm", 1968), so that no pattern of a stranger takes long.
 */
function fitsSigns(signs: readonly Sign[], path: string): boolean {
  let places = reachable(signs, [0]);
  for (let at = 0; at < path.length; at++) {
    const char = path.charAt(at);
    const next: number[] = [];
    for (const place of places) next.push(...after(signs[place], place, char));
    // Within folders, the pattern goes on only behind a slash.
    places = reachable(signs, next, char);
    if (places.size === 0) return false;
  }
  return places.has(signs.length);
}

function after(sign: Sign | undefined, place: number, char: string): readonly number[] {
  switch (sign?.kind) {
    case "one":
      return sign.fits(char) ? [place + 1] : [];
    case "run":
      return char === "/" ? [] : [place];
    case "folders":
      return [place];
    case "rest":
      return [place, place + 1];
    case undefined:
      return [];
  }
}

/** `char`: what was read last; undefined at the beginning. */
function reachable(signs: readonly Sign[], places: readonly number[], char = "/"): ReadonlySet<number> {
  const all = new Set(places);
  for (const place of all) {
    const kind = signs[place]?.kind;
    if (kind === "run" || (kind === "folders" && char === "/")) all.add(place + 1);
  }
  return all;
}
