import type { SyntaxNode } from "../syntax/tree.ts";
import { smallestAround } from "../syntax/tree.ts";
import type { FileText } from "./engine.ts";
import { namePlacesIn } from "./name-places.ts";
import { type FilePlan, type Plan, type Refusal, refused } from "./plan.ts";
import type { Place, Source } from "./refactoring.ts";
import { spelled } from "./spelling.ts";

/** What is asked of who knows types (a compiler, a language server): another name for what stands at a place. */
export interface TypedRequest {
  readonly file: FileText;
  /** Where the old name begins, in UTF-16 units. */
  readonly at: number;
  readonly name: string;
  /** The other files that have the old name: no others may be changed. */
  readonly others: readonly FileText[];
  /** Absolute paths of the files of these languages below `root`, for what depends on them; they are read from the disk. */
  readonly all: readonly string[];
  /** Absolute path of the folder above which nothing is looked for. */
  readonly root: string;
  /** Whether only the places are wanted: what a change would do elsewhere is not looked at then. */
  readonly isForPlaces?: boolean;
}

/** What would be changed, told by types. */
export interface TypedRename {
  readonly kind: "typed";
  readonly files: readonly FilePlan[];
  /** Sentences about what could not be seen. */
  readonly warnings: readonly string[];
  /** Whether members of something of no known type were left without a word. */
  readonly mayMiss?: boolean;
}

/** What is asked of who knows types: what stands at some places of a file. */
export interface TypesRequest {
  readonly file: FileText;
  /** Where the names begin, in UTF-16 units. */
  readonly at: readonly number[];
  readonly root: string;
}

/** The type of what stands at a place, as it is written in the file. */
export interface ToldType {
  readonly at: number;
  readonly type: string;
}

/** A question to a thread that tells types. */
export type TypeQuestion = { readonly rename: TypedRequest } | { readonly types: TypesRequest };

/** What such a thread answers to the second. */
export interface TypesAnswer {
  readonly kind: "types";
  readonly types: readonly ToldType[];
}

/** Whoever knows the types of some languages. */
export interface TypeKnower {
  /** Whether it knows those of a file with that path. */
  knows(path: string): boolean;
  /** Rejects with the signal's reason only. */
  rename(request: TypedRequest, signal: AbortSignal): Promise<TypedRename | Refusal>;
  /** Those that are known, and can be written in the file. Rejects with the signal's reason only. */
  types(request: TypesRequest, signal: AbortSignal): Promise<readonly ToldType[]>;
}

/**
 * The plan that gives `old` the name that types tell, if the trees agree: each change replaces that very name, whole,
 * and writes the new one, alone, as a text (for a number) or beside the old one (`{ old: name }`, `name as old`).
 */
export function typedPlan(
  old: string,
  given: string,
  typed: TypedRename,
  { source, others = [] }: Place,
): Plan | Refusal {
  const name = spelled(old, given);
  for (const { path, before, changes } of typed.files) {
    const file = [source, ...others].find((it) => it.path === path);
    if (!file || file.text !== before)
      return refused("stale", `"${path}" changed while this was planned. Try again.`);
    const forms = formsOf(old, name);
    const strange = changes.find((it) => !isName(file, it, old) || !forms.includes(it.text));
    if (strange)
      return refused(
        "rename.disagreement",
        `The type checker would change "${file.text.slice(strange.from, strange.to)}" in "${path}", which is not a name "${old}".`,
      );
  }
  const title = `Rename '${old}' to '${name}'`;
  const missed = typed.mayMiss ? missedIn([source, ...others], old, typed.files) : [];
  return { kind: "plan", title, files: typed.files, warnings: [...typed.warnings, ...missed] };
}

/** Members of that name that stay. */
function missedIn(sources: readonly Source[], old: string, files: readonly FilePlan[]): readonly string[] {
  return sources.flatMap((source) => {
    const changes = files.find((it) => it.path === source.path)?.changes ?? [];
    const left = namePlacesIn(source, old).filter(
      ({ kind, from }) => (kind === "member" || kind === "call") && !changes.some((it) => it.from === from),
    );
    const more = left.filter(({ from }) => source.text.charAt(from - 1) === ".");
    return more.length === 0
      ? []
      : [`In "${source.path}" ${timesOf(more.length)} a member "${old}" stays, as one of something else.`];
  });
}

function timesOf(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function formsOf(old: string, name: string): readonly string[] {
  const beside = [`${name}: ${old}`, `${old}: ${name}`, `${name} as ${old}`, `${old} as ${name}`];
  return [name, `"${name}"`, `'${name}'`, ...beside];
}

/** Whether there is one leaf there, with just that text; the text of a string that is a key counts. */
function isName(
  { root, text }: Source,
  { from, to }: { readonly from: number; readonly to: number },
  old: string,
): boolean {
  const leaf: SyntaxNode = smallestAround(root, from, to);
  return text.slice(from, to) === old && leaf.from === from && leaf.to === to;
}
