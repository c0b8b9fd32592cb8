import { type ChangedFile, placeOf } from "./images.ts";
import type { LostFile } from "./sweep.ts";

/** What a session did to files: its last step, and through it all before. */
export interface History {
  /** Number of the event that tells the step. */
  readonly n: number;
  readonly files: readonly ChangedFile[];
  /** Files of which it is not known what they were before the step. */
  readonly lost: readonly LostFile[];
  readonly earlier: History | undefined;
}

/** The history with one more step; files that came out of it as they were are none. */
export function withFiles(
  history: History | undefined,
  n: number,
  files: readonly ChangedFile[],
  lost: readonly LostFile[] = [],
): History | undefined {
  const changed = files.filter((it) => it.before !== it.after);
  if (changed.length + lost.length === 0) return history;
  return { n, files: changed, lost, earlier: history };
}

/** What was done to each file from event `from` up to but without event `to`, the oldest first, by the place where it lies. */
export function stepsBetween(
  history: History | undefined,
  from: number,
  to = Number.POSITIVE_INFINITY,
): ReadonlyMap<string, readonly ChangedFile[]> {
  const places = new Map<string, ChangedFile[]>();
  for (const file of since(history, from).flatMap((it) => (it.n < to ? it.files : []))) {
    const place = placeOf(file);
    const known = places.get(place);
    if (known) known.push(file);
    else places.set(place, [file]);
  }
  return places;
}

/** Files of which it is not known what they were before event `from`, each with the reason. */
export function lostSince(history: History | undefined, from: number): readonly LostFile[] {
  const found = new Map<string, LostFile | undefined>();
  for (const { files, lost } of since(history, from)) {
    for (const it of lost) if (!found.has(placeOf(it))) found.set(placeOf(it), it);
    for (const it of files) if (!found.has(placeOf(it))) found.set(placeOf(it), undefined);
  }
  return [...found.values()].filter((it) => it !== undefined);
}

function since(history: History | undefined, from: number): readonly History[] {
  const steps: History[] = [];
  for (let at = history; at && at.n >= from; at = at.earlier) steps.push(at);
  return steps.reverse();
}
