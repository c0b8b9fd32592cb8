import { type ChangedFile, keepImages } from "../journal/images.ts";
import { findHunk, reviewHunk } from "../journal/review.ts";
import { type UndoPlan, undoPlan } from "../journal/undo.ts";
import { patchOf } from "../text/diff.ts";
import { imagesAsSaved } from "./as-saved.ts";
import type { Command, ReviewedPlace } from "./events.ts";
import { refused, type Sent, TAKEN } from "./sent.ts";
import type { ChangedPath } from "./session.ts";
import { whyNotWritten } from "./why-not-written.ts";
import type { Live } from "./wiring.ts";

/** The person keeps changes: nothing is written, they are only no longer open. */
export async function keepFiles(live: Live, paths: readonly string[] | undefined): Promise<Sent> {
  const chosen = chosenOf(live, paths);
  if (chosen.length === 0) return NOTHING;
  await live.record({ type: "kept", paths: chosen.map((it) => it.path) }, "durable");
  return TAKEN;
}

/** Takes changes back, all or none of those that can be; what somebody changed since then is left and named. */
export async function undoFiles(live: Live, paths: readonly string[] | undefined): Promise<Sent> {
  const chosen = chosenOf(live, paths);
  if (chosen.length === 0) return NOTHING;
  const { files, locks } = live.world;
  const { signal } = new AbortController();
  return locks.hold(
    chosen.map((it) => it.path),
    async (): Promise<Sent> => {
      const { changes, conflicts, moved, unread, stuck } = await undoPlan(chosen, files, live.blobs, signal);
      let wrote = await keepImages(changes, live.blobs);
      const left = [...conflicts, ...[...moved, ...unread, ...stuck].map((it) => it.path)];
      const undone = chosen.filter((it) => !left.includes(it.path));
      if (changes.length > 0) {
        await live.record({ type: "undoing", files: undone, wrote }, "durable");
        const outcome = await files.write(changes, signal);
        if (outcome.kind !== "written") {
          const text = `Nothing was undone: ${whyNotWritten(outcome)}`;
          await live.record({ type: "not-undone", text }, "durable");
          return refused(text);
        }
        wrote = await imagesAsSaved(changes, outcome, wrote, live.blobs);
      }
      if (undone.length > 0) await recordUndone(live, undone, wrote);
      const reasons = [
        ...reasonOfConflicts(conflicts),
        ...reasonOfMoves(moved),
        ...reasonOfUnread(unread),
        ...stuck.map(({ path, why }) => `Not undone: ${path}: ${why}.`),
      ];
      return reasons.length === 0 ? TAKEN : refused(reasons.join(" "));
    },
  );
}

/** Records that files were taken back and written so, and what the model has to be told of it. */
export async function recordUndone(
  live: Live,
  files: readonly ChangedFile[],
  wrote: readonly ChangedFile[],
): Promise<void> {
  await live.record({ type: "undone", files, wrote }, "durable");
  const paths = files.map((it) => it.path).join(", ");
  await live.record({
    type: "noted",
    text: `The person took back your changes to: ${paths}. Read these files again before you edit them.`,
  });
}

/** Keeps or takes back one place of a change. */
export async function reviewPlace(live: Live, command: Extract<Command, { type: "review" }>): Promise<Sent> {
  const { path, verdict } = command;
  const { files, locks } = live.world;
  const { signal } = new AbortController();
  return locks.hold([path], async (): Promise<Sent> => {
    const found = await findHunk(chosenOf(live, [path])[0]?.steps ?? [], command, live.blobs);
    if (!found) return NOTHING;
    const { step, hunk } = found;
    const review = await reviewHunk(step, hunk, verdict, files, live.blobs, signal);
    if (review.kind === "refused") return review;
    const place = { verdict, was: { before: step.before, after: step.after }, now: review.now };
    let wrote = review.write ? await keepImages([review.write], live.blobs) : [];
    if (review.write) {
      await live.record({ type: "undoing", files: [], wrote, place }, "durable");
      const outcome = await files.write([review.write], signal);
      if (outcome.kind !== "written") {
        const text = `Nothing was undone: ${whyNotWritten(outcome)}`;
        await live.record({ type: "not-undone", text }, "durable");
        return refused(text);
      }
      wrote = await imagesAsSaved([review.write], outcome, wrote, live.blobs);
    }
    await recordReviewed(live, place, wrote, review.lines);
    return TAKEN;
  });
}

/** Records what was decided on one place of a change, and what the model has to be told of it; `lines` are the place's. */
export async function recordReviewed(
  live: Live,
  place: ReviewedPlace,
  wrote: readonly ChangedFile[],
  lines?: { readonly before: string; readonly after: string },
): Promise<void> {
  await live.record({ type: "reviewed", ...place, wrote }, "durable");
  if (place.verdict === "keep") return;
  await live.freshen();
  const patch = lines ? `\n${patchOf(lines.after, lines.before, live.outside.told).patch}` : "";
  await live.record({
    type: "noted",
    text: `The person took back ${lines ? "this" : "a"} part of your change to ${place.now.path}. Read the file again before you edit it.${patch}`,
  });
}

function reasonOfConflicts(paths: UndoPlan["conflicts"]): readonly string[] {
  if (paths.length === 0) return [];
  return [
    `Not undone, because they were changed since in the same places: ${paths.join(", ")}. Open Review to see both.`,
  ];
}

function reasonOfMoves(moved: UndoPlan["moved"]): readonly string[] {
  if (moved.length === 0) return [];
  const where = moved.map(({ path, now }) => `${path} leads to ${now}`).join(", ");
  return [
    `Not undone, because a link now leads to another file, not where the text was changed: ${where}. Remove the link and put the file back.`,
  ];
}

function reasonOfUnread(unread: UndoPlan["unread"]): readonly string[] {
  if (unread.length === 0) return [];
  return [`Not undone, because they cannot be read now: ${unread.map((it) => it.reason).join("; ")}.`];
}

const NOTHING = refused("There are no changes to decide on.");

function chosenOf(live: Live, paths: readonly string[] | undefined): readonly ChangedPath[] {
  const { changed } = live.memory().state;
  return paths ? changed.filter((it) => paths.includes(it.path)) : changed;
}
