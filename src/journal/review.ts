import { hunksBetween, isUndoneIn, undoneIn, withHunk, withoutHunk } from "../text/hunks.ts";
import { linesWithEnds } from "../text/line-changes.ts";
import type { Blobs, FileChange, Files } from "../world.ts";
import { type ChangedFile, ledAway, placeOf, textOf, whyTorn } from "./images.ts";
import { textNow } from "./undo.ts";

/** What a decision on one place of a change comes to. */
export type Review =
  /** `now`: what is left of the change; `write`: what has to be written for it, nothing when the file is as it should be. */
  | {
      readonly kind: "decided";
      readonly now: ChangedFile;
      readonly write: FileChange | undefined;
      /** The place's lines before and after, for those who have to be told. */
      readonly lines: { readonly before: string; readonly after: string };
    }
  /** Nothing is changed; `reason` is a sentence. */
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Keeps or takes back one of the places (hunks, in order) of a change. A kept place is from then on a part of what the
 * file was, one taken back is no longer a part of what it became; what somebody typed since stays.
 */
export async function reviewHunk(
  step: ChangedFile,
  index: number,
  verdict: "keep" | "undo",
  files: Files,
  blobs: Blobs,
  signal: AbortSignal,
): Promise<Review> {
  const { path } = step;
  const [was, became] = [await textOf(step.before, blobs), await textOf(step.after, blobs)];
  const [before, after] = [was ?? "", became ?? ""];
  const hunk = hunksBetween(before, after)[index];
  if (!hunk) return refused(`This change of ${path} has been decided on already.`);
  const lines = { before: withoutHunk(before, after, hunk), after };
  if (verdict === "keep") {
    const text = withHunk(before, after, hunk);
    const now = { ...step, before: await put(text, became) };
    return { kind: "decided", now, write: undefined, lines };
  }
  const away = await ledAway(step, files);
  if (away !== undefined)
    return refused(`Not undone: a link now leads ${path} to ${away}, not where the text was changed.`);
  const torn = whyTorn(await files.entry(placeOf(step)).catch(() => undefined));
  if (torn !== undefined) return refused(`Not undone: ${path}: ${torn}.`);
  const rest = withoutHunk(before, after, hunk);
  const now = { ...step, after: await put(rest, was) };
  const left = now.after === undefined ? undefined : rest;
  const present = await textNow(path, files, signal);
  const undone = present === became ? { text: left } : undoneText(present, before, after, hunk);
  if (!undone)
    return refused(`Not undone: ${path} was changed since in this very place. Open Review to see both.`);
  const form = { encoding: step.encoding, bom: step.bom };
  const write =
    undone.text === present
      ? undefined
      : { path, before: present, after: undone.text, form, target: placeOf(step) };
  return { kind: "decided", now, write, lines };

  /** Nothing is left of a file that was not there on the other side: it is not there on this one either. */
  async function put(text: string, other: string | undefined): Promise<string | undefined> {
    return text === "" && other === undefined ? undefined : blobs.put(new TextEncoder().encode(text));
  }
}

/** One place of a change as a screen names it: the change by its two texts, and the number of the place in it. */
export interface NamedHunk extends Pick<ChangedFile, "before" | "after"> {
  readonly hunk: number;
}

/**
 * The place a screen means, among the changes that are open now. When a decision on another place has come between,
 * it is the one place that makes the same lines of the same lines; `undefined` when there is none, or more than one.
 */
export async function findHunk(
  steps: readonly ChangedFile[],
  named: NamedHunk,
  blobs: Blobs,
): Promise<{ readonly step: ChangedFile; readonly hunk: number } | undefined> {
  const exact = steps.find((it) => it.before === named.before && it.after === named.after);
  if (exact) return { step: exact, hunk: named.hunk };
  const meant = (await placesOf(named, blobs))[named.hunk];
  if (meant === undefined) return undefined;
  const found: { step: ChangedFile; hunk: number }[] = [];
  for (const step of steps)
    for (const [hunk, lines] of (await placesOf(step, blobs)).entries())
      if (lines === meant) found.push({ step, hunk });
  return found.length === 1 ? found[0] : undefined;
}

/** The lines of each place, before and after, as one text. */
async function placesOf(
  { before, after }: Pick<ChangedFile, "before" | "after">,
  blobs: Blobs,
): Promise<readonly string[]> {
  const [was, became] = [(await textOf(before, blobs)) ?? "", (await textOf(after, blobs)) ?? ""];
  const [old, young] = [linesWithEnds(was), linesWithEnds(became)];
  return hunksBetween(was, became).map(({ from, to, at, end }) =>
    JSON.stringify([old.slice(from, to), young.slice(at, end)]),
  );
}

function undoneText(
  present: string | undefined,
  before: string,
  after: string,
  hunk: Parameters<typeof undoneIn>[3],
): { readonly text: string } | undefined {
  if (present === undefined) return undefined;
  const text = undoneIn(present, before, after, hunk);
  if (text !== undefined) return { text };
  // As when the program died between writing and recording.
  return isUndoneIn(present, before, after, hunk) ? { text: present } : undefined;
}

function refused(reason: string): Review {
  return { kind: "refused", reason };
}
