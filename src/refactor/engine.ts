import { languageOf } from "../syntax/language-of.ts";
import type { SyntaxNode } from "../syntax/tree.ts";
import type { TextChange } from "../text/changes.ts";
import { type Plan, type Refusal, refused, type Sought } from "./plan.ts";
import type { Loaded, Options, Place, Source } from "./refactoring.ts";
import { refactorings } from "./refactorings/all.ts";
import { trimmed, wordAt } from "./selection.ts";
import { nearSource, rulesOf, sourceOf } from "./source.ts";
import type { ToldType, TypedRename } from "./typed.ts";
import { verified } from "./verify.ts";

/** Parses a text of a language by its id; `undefined` when that takes too long or it is nested too deeply. */
export type Parse = (language: string, text: string) => SyntaxNode | undefined;

/** What a refactoring, by its id, is called at a place; `undefined`: it is not offered there. */
export function offeredAt(id: string, place: Place): string | undefined {
  return refactorings.find((it) => it.id === id)?.offer(place);
}

/** What a refactoring, by its id, would change in the file of a place, not yet verified; nothing where it refuses. */
export function changesAt(id: string, place: Place, options: Options): readonly TextChange[] {
  const plan = refactorings.find((it) => it.id === id)?.plan(place, options);
  const own = plan?.kind === "plan" ? plan.files.find((it) => it.path === place.source.path) : undefined;
  return own?.changes ?? [];
}

/** A file as it is now. */
export interface FileText {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** Where something is to be refactored. */
export interface RefactorRequest {
  readonly file: FileText;
  /** UTF-16 units; equal: a cursor. */
  readonly from: number;
  readonly to: number;
  /** See `Place.others`. */
  readonly others?: readonly FileText[];
  /** See `Place.sought`. */
  readonly sought?: Sought;
  /** See `Place.loaded`. */
  readonly loaded?: { readonly files: readonly FileText[]; readonly isAll: boolean };
  /** See `Place.typed`. */
  readonly typed?: TypedRename;
  /** Whether only the places count, and nothing will be changed: see `TypedRequest`. */
  readonly isForPlaces?: boolean;
  /** Types of what stands at places of the file, where a plan said that it would write them. */
  readonly told?: readonly ToldType[];
}

/** What a person can choose from. */
export interface RefactorOffer {
  readonly id: string;
  readonly title: string;
  /** VS Code's kind of code action. */
  readonly kind: string;
  /** A text to be edited first, for `Options.answer`. */
  readonly asks?: string;
  /** See `Refactoring.target`. */
  readonly target?: string;
  /** See `Refactoring.repeats`. */
  readonly repeats?: boolean;
}

/** What can be done at a place, or why nothing can be told about it. */
export type Offered = { readonly kind: "offers"; readonly offers: readonly RefactorOffer[] } | Refusal;

/** What makes sense at a place; some of it may still be refused when it is planned. */
export function offersAt(request: RefactorRequest, parse: Parse): Offered {
  const made = placeOf({ ...request, others: [] }, parse);
  if (made.kind === "refused") return made;
  const place = near(made.place);
  const offers = refactorings.flatMap((it) => {
    const title = it.offer(place);
    if (title === undefined) return [];
    const [asks, target] = [it.asks?.(place), it.target?.(place)];
    const more = {
      ...(asks !== undefined && { asks }),
      ...(target !== undefined && { target }),
      ...(it.repeats && { repeats: true }),
    };
    return [{ id: it.id, title, kind: it.kind, ...more }];
  });
  return { kind: "offers", offers };
}

/** The changes of a refactoring, verified on the texts that they lead to; or why it is not done. */
export function planned(
  id: string,
  request: RefactorRequest,
  options: Options,
  parse: Parse,
): Plan | Refusal {
  const refactoring = refactorings.find((it) => it.id === id);
  const known = refactorings.map((it) => it.id).join(", ");
  if (!refactoring) return refused("unknown", `There is no refactoring "${id}"; there are ${known}.`);
  const made = placeOf(request, parse);
  if (made.kind === "refused") return made;
  const { place } = made;
  const damage = damaged(place);
  if (damage) return damage;
  const { needs } = refactoring;
  if (needs !== undefined && place.source.rules[needs] === undefined)
    return refused(`${id}.language`, `"${refactoring.title}" is not there for this language.`);
  const plan = refactoring.plan(place, options);
  return plan.kind === "refused" ? plan : verified(plan, place, parse, refactoring.check);
}

/**
 * The place with the names of its own statement at the top of the file only or, where that does not declare the name at
 * the cursor, of all statements that have the word: those are told much sooner, and nothing else can be about the name.
 * What the rest of the file does to other names is looked at when it is planned.
 */
function near(place: Place): Place {
  const { source, from, to } = place;
  const own = nearSource(source, (it) => it.from <= from && to <= it.to);
  const isCursor = trimmed(place).from === trimmed(place).to;
  const leaf = isCursor ? wordAt(place) : undefined;
  const { text } = source;
  if (!leaf || own.bindings().at(leaf)?.scope.parent) return { ...place, source: own };
  const word = text.slice(leaf.from, leaf.to);
  const isAbout = (it: SyntaxNode) => text.slice(it.from, it.to).includes(word);
  return { ...place, source: nearSource(source, isAbout) };
}

type Placed = { readonly kind: "place"; readonly place: Place } | Refusal;

function placeOf(request: RefactorRequest, parse: Parse): Placed {
  const { file, from, to, others, sought, loaded, typed, told } = request;
  const source = parsed(file, parse);
  if ("kind" in source) return source;
  const there: Source[] = [];
  for (const it of others ?? []) {
    const other = parsed(it, parse);
    if ("kind" in other) return other;
    there.push(other);
  }
  const inside = (offset: number) => Math.max(0, Math.min(offset, file.text.length));
  const another = (text: string) => {
    const it = parsed({ ...file, text }, parse);
    return "kind" in it || it.root.hasError ? undefined : it;
  };
  const place = {
    source,
    from: inside(from),
    to: inside(to),
    parsed: another,
    ...(sought && { sought }),
    ...(typed && { typed }),
    ...(told && { told }),
    ...(loaded && { loaded: loadedOf(loaded, parse) }),
  };
  return { kind: "place", place: others === undefined ? place : { ...place, others: there } };
}

/** What cannot be parsed is left out. */
function loadedOf({ files, isAll }: NonNullable<RefactorRequest["loaded"]>, parse: Parse): Loaded {
  const sources = files.flatMap((it) => {
    const made = parsed(it, parse);
    return "kind" in made ? [] : [made];
  });
  return { sources, isAll: isAll && sources.length === files.length };
}

function parsed({ path, text }: FileText, parse: Parse): Source | Refusal {
  const language = languageOf(path);
  const rules = language && rulesOf(language.id);
  if (!language || !rules)
    return refused("language", `Nothing is refactored in "${path}": its language is not among those known.`);
  const root = parse(language.id, text);
  if (!root)
    return refused("too-large", `Cannot refactor "${path}": it is too large or nested too deeply to parse.`);
  return sourceOf({ path, text, language: language.id, root, rules });
}

/** A syntax error anywhere may hide names or blocks: nothing is certain then. */
function damaged({ source, others }: Place): Refusal | undefined {
  const broken = [source, ...(others ?? [])].find((it) => it.root.hasError);
  if (broken)
    return refused(
      "syntax-error",
      `"${broken.path}" has a syntax error, so who is who in it is not certain.`,
    );
  const [odd] = [source, ...(others ?? [])].filter((it) => it.rules.misread?.(it) !== undefined);
  return (
    odd && refused("misread", `In "${odd.path}" a text goes on with the line before it, which has no end.`)
  );
}
