import type { FileText, Parse } from "../refactor/engine.ts";
import type { Options, Place, Source } from "../refactor/refactoring.ts";
import { languageOf } from "../syntax/language-of.ts";
import type { TextChange } from "../text/changes.ts";
import { lineOf, linesOf } from "../text/lines.ts";
import { type Clone, lineOf as lineOfToken, linesIn, type Run } from "./clones.ts";
import { byPlace, type Finding, type Fix, type Spot } from "./finding.ts";
import { functionsOf } from "./functions.ts";
import { languages } from "./languages/all.ts";
import type { Examined, Found, Limits, Smell, SmellInfo } from "./smell.ts";
import type { SmellRules } from "./smell-rules.ts";
import { smells } from "./smells/all.ts";
import { type TokenFile, tokensOf } from "./tokens.ts";
import { whyNotWritten } from "./written.ts";

/** What is looked for. */
export interface SmellSettings {
  /** Limits that are not their default, by name. */
  readonly limits: Limits;
  /** Ids of smells that are left out. */
  readonly ignored: readonly string[];
}

/** What there is in one file, by place; or why nothing is looked for in it, as a sentence. */
export type Examination =
  | {
      readonly kind: "examined";
      readonly findings: readonly Finding[];
      readonly tokens: TokenFile;
      readonly isDamaged: boolean;
      /** What the file takes from others, where that is not said by their exports. */
      readonly taken: readonly string[];
      /** What takes away what stands twice in the file. */
      readonly united: readonly Union[];
    }
  | { readonly kind: "skipped"; readonly reason: string }
  /** The parser broke down, or was too slow. */
  | { readonly kind: "failed"; readonly reason: string };

/** What takes away a smell that stands at one place of a file because of another in it. */
export interface Union {
  readonly smell: string;
  readonly from: number;
  readonly to: number;
  readonly fix: Fix;
}

/** What there is in files together, by place; and all smells that are known, in the order of reports. */
export interface Compared {
  readonly kind: "compared";
  readonly findings: readonly Finding[];
  readonly smells: readonly SmellInfo[];
}

/** What is asked of refactorings: smells carry none of them. */
export interface Refactored {
  /** A parsed file as they see it; `undefined`: its language is not known to them. */
  readonly sourceOf: (file: Examined["source"]) => Source | undefined;
  /** What one of them, by its id, is called at a place; `undefined`: it is not offered there. */
  readonly offeredAt: (id: string, place: Place) => string | undefined;
  /** What one of them would change in the file of a place. */
  readonly changesAt: (id: string, place: Place, options: Options) => readonly TextChange[];
}

/** What is known of a language, by its id; `undefined`: nothing. */
export function smellRulesOf(language: string): SmellRules | undefined {
  return languages.find((it) => it.languages.includes(language));
}

/** Looks for all smells that one file tells of. */
export function examined(
  { path, text }: FileText,
  settings: SmellSettings,
  parse: Parse,
  refactored: Refactored,
): Examination {
  const language = languageOf(path);
  const rules = language && smellRulesOf(language.id);
  if (!rules) return skipped(`No smells are known in the language of "${path}".`);
  const machine = whyNotWritten(path, text);
  if (machine !== undefined) return skipped(`"${path}" was not written by hand: ${machine}.`);
  const root = parse(language.id, text);
  if (!root) return skipped(`"${path}" is too large or nested too deeply to parse.`);
  const source = { path, text, language: language.id, root };
  const code = refactored.sourceOf(source);
  const lines = linesOf(text);
  const lineAt = (offset: number) => lineOf(lines, offset) + 1;
  const file: Examined = {
    source,
    code,
    offeredAt: (id, from, to) => code && refactored.offeredAt(id, placeIn(code, from, to)),
    rules,
    roleOf: (node) => rules.roleOf(node, text),
    functions: functionsOf(source, rules),
    lineAt,
  };
  const looked = lookedFor(settings).filter((it) => it.isFor?.(rules) ?? true);
  const findings = looked.flatMap((smell) =>
    [...(smell.find?.(file, settings.limits) ?? [])].map((it) => findingOf(smell, it, path, spotIn)),
  );
  const tokens = tokensOf(file);
  return {
    kind: "examined",
    findings: findings.toSorted(byPlace),
    tokens,
    united: code ? looked.flatMap((it) => unionsOf(it, tokens, code, settings.limits, refactored)) : [],
    isDamaged: root.hasError,
    taken: rules.taken?.(file) ?? [],
  };

  function spotIn(from: number, to: number): Spot {
    const place = (offset: number) => ({
      line: lineAt(offset),
      column: offset - (lines[lineOf(lines, offset)]?.from ?? 0) + 1,
    });
    const [start, end] = [place(from), place(to)];
    return { from, to, ...start, endLine: end.line, endColumn: end.column };
  }
}

function placeIn(source: Source, from: number, to: number): Place {
  return { source, from, to, parsed: () => undefined };
}

/** Places of a file that are tried, and the length of one in which they are: each costs a look through all of it, at every pause in typing. */
const MOST_TRIED = 5;
const LONGEST_TRIED = 60_000;

/** What leaves one of two places that are the same, where both would become a call. */
function unionsOf(
  { id: smell, across, unitedBy: id }: Smell,
  tokens: TokenFile,
  code: Source,
  limits: Limits,
  { offeredAt, changesAt }: Refactored,
): readonly Union[] {
  if (!across || id === undefined || code.text.length > LONGEST_TRIED) return [];
  return across([tokens], limits)
    .slice(0, MOST_TRIED)
    .flatMap(({ earlier, later }) => {
      const { from, to } = spotOf(later);
      const place = placeIn(code, from, to);
      const title = offeredAt(id, place);
      const changes = title === undefined ? [] : changesAt(id, place, { replaceAll: true });
      const isGone = (it: Run) => {
        const spot = spotOf(it);
        return changes.some(
          (change) => change.from < change.to && change.from <= spot.from && spot.to <= change.to,
        );
      };
      if (title === undefined || !isGone(earlier) || !isGone(later)) return [];
      return [{ smell, from, to, fix: { kind: "refactoring", id, title, from, to, replaceAll: true } }];
    });
}

/** Looks for the smells that only files together tell of. */
export function compared(files: readonly TokenFile[], settings: SmellSettings): Compared {
  const inOrder = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const findings = lookedFor(settings).flatMap((smell) =>
    (smell.across?.(inOrder, settings.limits) ?? []).map((it) => cloneFinding(smell, it, settings.limits)),
  );
  const known = smells.map(({ id, title, meaning, level, limits }) => ({
    id,
    title,
    meaning,
    level,
    limits,
  }));
  return { kind: "compared", findings: findings.toSorted(byPlace), smells: known };
}

function lookedFor({ ignored }: SmellSettings): readonly Smell[] {
  return smells.filter((it) => !ignored.includes(it.id));
}

function skipped(reason: string): Examination {
  return { kind: "skipped", reason };
}

function findingOf(
  smell: Smell,
  { from, to, related, ...rest }: Found,
  path: string,
  spotIn: (from: number, to: number) => Spot,
): Finding {
  const places = related?.map((it) => ({ ...spotIn(it.from, it.to), path, message: it.message }));
  return { ...rest, ...spotIn(from, to), smell: smell.id, path, ...(places && { related: places }) };
}

function cloneFinding(smell: Smell, { earlier, later }: Clone, limits: Limits): Finding {
  const limit = smell.limits[0] && (limits[smell.limits[0].name] ?? smell.limits[0].default);
  const value = later.count;
  const message = `${linesIn(later)} lines (${value} tokens) stand in another place, too; the limit is ${limit} tokens.`;
  const other = { ...spotOf(earlier), path: earlier.file.path, message: "The same code." };
  return {
    ...spotOf(later),
    smell: smell.id,
    path: later.file.path,
    message,
    value,
    ...(limit !== undefined && { limit }),
    related: [other],
  };
}

function spotOf({ file, first, count }: Run): Spot {
  const [from, to] = [file.from[first] ?? 0, file.to[first + count - 1] ?? 0];
  const [line, endLine] = [lineOfToken(file, from), lineOfToken(file, to)];
  const column = (offset: number, at: number) => offset - (file.lines[at - 1] ?? 0) + 1;
  return { from, to, line, column: column(from, line), endLine, endColumn: column(to, endLine) };
}
