import { absolute } from "../../text/paths.ts";
import type { Files } from "../../world.ts";
import type { Word } from "./line.ts";

/** Most names a pattern may stand for. */
const MAX_NAMES = 500;

/** The paths a word stands for in a folder, as the command would get them; a string says why that cannot be told. */
export async function expanded(
  word: Word,
  folder: string,
  files: Pick<Files, "list">,
): Promise<readonly string[] | string> {
  if (word.kind !== "glob") return [word.text];
  const [first = "", ...rest] = word.text.split("/");
  let found: readonly string[] = word.text.startsWith("/") ? ["/"] : [""];
  for (const segment of word.text.startsWith("/") ? rest : [first, ...rest]) {
    const next: string[] = [];
    for (const it of found) {
      next.push(...(await matching(it, segment, folder, files)));
      if (next.length > MAX_NAMES) return `${word.text} stands for more than ${MAX_NAMES} names`;
    }
    found = next;
  }
  const flag = found.find((it) => it.startsWith("-"));
  if (flag !== undefined) return `${word.text} stands for ${flag}, which the program would take for a flag`;
  // What fits nothing is given as it stands.
  return [...found, word.text.replace(/\\(.)/g, "$1")];
}

async function matching(
  base: string,
  segment: string,
  folder: string,
  files: Pick<Files, "list">,
): Promise<readonly string[]> {
  const join = (name: string) => (base === "" ? name : base.endsWith("/") ? base + name : `${base}/${name}`);
  const pattern = patternOf(segment);
  if (pattern === undefined) return [join(segment.replace(/\\(.)/g, "$1"))];
  const entries = await files.list(base === "" ? folder : absolute(base, folder));
  const names = entries.map((it) => it.path.split(/[\\/]/).at(-1) ?? "");
  // A dot at the beginning must be said.
  const isHidden = /^\\?\./.test(segment);
  return names.filter((it) => (isHidden || !it.startsWith(".")) && pattern.test(it)).map(join);
}

/**
 * What a segment takes in (Bash Reference Manual, 3.5.8.1); `undefined` when it holds no pattern. Brackets take in any
 * character: rather too many names than one too few.
 */
function patternOf(segment: string): RegExp | undefined {
  let source = "";
  let isPattern = false;
  for (let at = 0; at < segment.length; at++) {
    const sign = segment[at] ?? "";
    const bracket = sign === "[" ? BRACKET.exec(segment.slice(at))?.[0] : undefined;
    isPattern ||= sign === "*" || sign === "?" || bracket !== undefined;
    if (bracket) {
      source += ".";
      at += bracket.length - 1;
    } else if (sign === "*") source += ".*";
    else if (sign === "?") source += ".";
    else if (sign === "\\") source += quoted(segment[++at] ?? "");
    else source += quoted(sign);
  }
  return isPattern ? new RegExp(`^${source}$`, "su") : undefined;
}

const BRACKET = /^\[[!^]?\]?(\[[:.=][^\]]*\]|\\.|[^\]\\])*\]/;

function quoted(sign: string): string {
  return sign.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
