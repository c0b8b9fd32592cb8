import type * as vscode from "vscode";
import type { Command } from "../agent/events.ts";
import type { ChangedPath } from "../agent/session.ts";
import { hunkPlaces, hunksBetween, type LineRange } from "../text/hunks.ts";
import { type Hunk, linesWithEnds } from "../text/line-changes.ts";

/** One place of a change, and where it stands in the editor now. */
export interface Place extends Omit<Extract<Command, { type: "review" }>, "type" | "verdict"> {
  /** Lines from 0, end exclusive; empty where lines were removed. */
  readonly range: LineRange;
  readonly removed: readonly string[];
  readonly added: number;
}

/** Where the places of open changes come from. */
export interface Changes {
  readonly changed: () => readonly ChangedPath[];
  /** The text kept under a hash; "" for no file. */
  readonly text: (hash: string | undefined) => Promise<string>;
}

/** The places of a document, in the order of its lines; none of what was typed into. */
export type PlacesIn = (document: vscode.TextDocument) => Promise<readonly Place[]>;

interface Compared {
  readonly before: string;
  readonly after: string;
  readonly hunks: readonly Hunk[];
}

/** Finds places; each change is compared once, for texts do not change under their hashes. */
export function hunkPlacesIn({ changed, text }: Changes): PlacesIn {
  const known = new Map<string, Compared>();
  return async (document) => {
    const found = changedAt(changed(), document);
    if (!found) return [];
    const all: Place[] = [];
    for (const { before, after } of found.steps) {
      const compared = await comparedOnce(before, after);
      // Asked for now: the person may have typed while the texts were read.
      const ranges = hunkPlaces(linesAsKept(document, compared.after), compared.after, compared.hunks);
      const old = linesWithEnds(compared.before);
      for (const [hunk, { from, to, at, end }] of compared.hunks.entries()) {
        const range = ranges[hunk];
        const place = {
          path: found.path,
          before,
          after,
          hunk,
          removed: old.slice(from, to),
          added: end - at,
        };
        if (range) all.push({ ...place, range });
      }
    }
    return all.toSorted((a, b) => a.range.from - b.range.from);
  };

  async function comparedOnce(before: string | undefined, after: string | undefined): Promise<Compared> {
    const key = keyOf({ before, after });
    const earlier = known.get(key);
    if (earlier) return earlier;
    const [was, became] = await Promise.all([text(before), text(after)]);
    const compared = { before: was, after: became, hunks: hunksBetween(was, became) };
    const open = new Set(changed().flatMap(({ steps }) => steps.map(keyOf)));
    for (const it of known.keys()) if (!open.has(it)) known.delete(it);
    known.set(key, compared);
    return compared;
  }
}

/** The open changes of the file that a document shows. */
export function changedAt(
  changed: readonly ChangedPath[],
  { uri }: vscode.TextDocument,
): ChangedPath | undefined {
  return uri.scheme === "file" ? changed.find((it) => it.path === uri.fsPath) : undefined;
}

function keyOf({
  before,
  after,
}: {
  readonly before: string | undefined;
  readonly after: string | undefined;
}): string {
  return `${before} ${after}`;
}

/** The document's text with the line ends that kept texts have: the editor has one kind for all. */
function linesAsKept(document: vscode.TextDocument, kept: string): string {
  const text = document.getText();
  return kept.includes("\r\n") ? text : text.replaceAll("\r\n", "\n");
}
