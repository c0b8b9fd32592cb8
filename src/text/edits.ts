import { lineAt } from "./lines.ts";
import { disjoint, findMatch, findPlaces, type How, type Match, type Place } from "./match.ts";
import type { Nearest } from "./nearest.ts";

/** A replacement by text. */
export interface TextEdit {
  readonly old: string;
  readonly new: string;
  /** Every place instead of the only one. */
  readonly all: boolean;
}

/** The text after its edits, or a sentence for the model. */
export type Applied =
  /** `how`: the loosest rung of the ladder that was needed. */
  | { readonly kind: "applied"; readonly text: string; readonly how: How; readonly places: number }
  /** Nothing was applied; a sentence for the model. */
  | { readonly kind: "refused"; readonly reason: string };

/** `text` after all `edits` in order, each on the text the one before it left; all or nothing. */
export function applyEdits(text: string, edits: readonly TextEdit[]): Applied {
  let how: How = "exact";
  let places = 0;
  for (const [index, edit] of edits.entries()) {
    const applied = applyEdit(text, edit);
    if (applied.kind === "refused") {
      const which = edits.length > 1 ? `Edit ${index + 1} of ${edits.length}: ` : "";
      return { kind: "refused", reason: which + applied.reason };
    }
    text = applied.text;
    places += applied.places;
    if (RUNGS.indexOf(applied.how) > RUNGS.indexOf(how)) how = applied.how;
  }
  return { kind: "applied", text, how, places };
}

const RUNGS: readonly How[] = ["exact", "blanks", "indent"];

function applyEdit(text: string, edit: TextEdit): Applied {
  if (edit.old === edit.new)
    return refused("old_string and new_string are equal: there is nothing to change.");
  if (edit.old === "") return refused("old_string is empty: name the text to replace, or use Write.");
  if (edit.all) return applyAll(text, edit);
  const match = findMatch(text, edit.old);
  if (match.kind !== "found") return refused(sentence(match));
  return applied(text, edit, [match], match.how);
}

function applyAll(text: string, edit: TextEdit): Applied {
  const { how, places } = findPlaces(text, edit.old);
  if (places.length === 0) return refused(sentence(findMatch(text, edit.old)));
  return applied(text, edit, disjoint(places), how);
}

function applied(text: string, edit: TextEdit, places: readonly Place[], how: How): Applied {
  const parts: string[] = [];
  let end = 0;
  for (const place of places) {
    parts.push(text.slice(end, place.from), place.replacement(edit.new));
    end = place.to;
  }
  const after = parts.join("") + text.slice(end);
  if (after === text)
    return refused(`Line ${lineAt(text, places[0]?.from ?? 0)} already reads so: nothing to change.`);
  return { kind: "applied", text: after, how, places: places.length };
}

function refused(reason: string): Applied {
  return { kind: "refused", reason };
}

function sentence(match: Match): string {
  if (match.kind === "several") {
    const lines = match.lines.slice(0, 20).join(", ");
    const more = match.lines.length > 20 ? ` and ${match.lines.length - 20} more` : "";
    return (
      `old_string stands in ${match.lines.length} places, at lines ${lines}${more}. ` +
      "Give more of the lines around the one you mean, or set replace_all."
    );
  }
  const nearest = match.kind === "none" ? match.nearest : [];
  if (nearest.length === 0)
    return "old_string is not in the file, nor anything like it. Read the file again.";
  return `old_string is not in the file. Nearest:\n${nearest.map(region).join("\n")}`;
}

function region({ line, text, firstDifference: it }: Nearest): string {
  const end = "the end of the line";
  const wanted = it.wanted === "" ? end : JSON.stringify(it.wanted);
  const found = it.found === "" ? end : JSON.stringify(it.found);
  const lines = text.split("\n").map((content, index) => `${line + index}\t${content.slice(0, 200)}`);
  return `${lines.join("\n")}\n  first difference: line ${it.line}, column ${it.column}: old_string has ${wanted}, the file ${found}`;
}
