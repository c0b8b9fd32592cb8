import { join } from "node:path";
import type { ChangedFile } from "../../journal/images.ts";
import type { LostFile, Swept } from "../../journal/sweep.ts";
import { atOnce } from "../../std/at-once.ts";
import { isWithin } from "../../text/paths.ts";
import type { Blobs } from "../../world.ts";
import { resolveLinks } from "../resolve-links.ts";
import { reasonOf } from "../system-error.ts";
import type { Means } from "./begin.ts";
import { behindLinks } from "./behind-links.ts";
import { type Court, changeOf } from "./change.ts";
import { changesInGit, type Pieces } from "./git-changes.ts";
import { AT_ONCE } from "./git-folder.ts";
import { changesInList } from "./listed-folder.ts";
import type { Manifest } from "./manifest.ts";
import { keeper } from "./noted.ts";

/** Files that are named one by one. */
const MAX_LOST = 1_000;

/** What is different from what was noted; what a folder's failure hides is said in `notes`. */
export async function changesSince(
  manifest: Manifest,
  means: Means,
  blobs: Blobs,
  others: Pick<Court, "saved" | "until">,
  signal: AbortSignal,
): Promise<Swept> {
  const court: Court = {
    bytesIn: readerOf(blobs),
    keeper: keeper(blobs, means.memoryOf(blobs), means.now),
    ...others,
  };
  const all = await atOnce(manifest.parts, 2, (it) =>
    judged(partOf(it, manifest), manifest.at, { ...means, blobs }, court, signal),
  );
  const lost = all.flatMap((it) => it.lost);
  const more = lost.length > MAX_LOST ? [`${lost.length - MAX_LOST} more files cannot be taken back.`] : [];
  const oddNames = manifest.parts.reduce((sum, it) => sum + it.oddNames, 0);
  const isToldOdd = oddNames > 0 && all.some(hasChanges);
  const odd = isToldOdd ? [`${oddNames} files with names that are no plain text were not looked at.`] : [];
  return {
    files: all.flatMap((it) => it.files).toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    lost: lost.slice(0, MAX_LOST),
    notes: [...manifest.notes, ...all.flatMap((it) => it.notes), ...more, ...odd],
  };
}

/** Blobs that hold many files are read for the first, and held for the next that come in order. */
const HELD = 4;

function readerOf(blobs: Blobs): Court["bytesIn"] {
  const held = new Map<string, ReturnType<Blobs["get"]>>();
  return async ({ blob, from, length }) => {
    const whole = held.get(blob) ?? blobs.get(blob);
    held.set(blob, whole);
    for (const oldest of held.keys()) if (held.size > HELD) held.delete(oldest);
    return (await whole)?.subarray(from, from + length);
  };
}

function hasChanges({ files, lost }: Swept): boolean {
  return files.length + lost.length > 0;
}

/** A part of what was noted, and which of its paths another part knows better. */
interface Part {
  readonly part: Manifest["parts"][number];
  readonly isElsewhere: (path: string) => boolean;
}

/** A repository within, be it one no longer, is looked at by itself. */
function partOf(part: Part["part"], { parts }: Manifest): Part {
  const within = parts.filter((it) => it !== part && isWithin(it.folder, part.folder));
  return { part, isElsewhere: (path) => within.some((it) => isWithin(path, it.folder)) };
}

async function judged(
  { part, isElsewhere }: Part,
  at: number,
  means: Means & { readonly blobs: Blobs },
  court: Court,
  signal: AbortSignal,
): Promise<Swept> {
  const { folder } = part;
  const files: ChangedFile[] = [];
  const lost: LostFile[] = [];
  const modes: string[] = [];
  try {
    const real = await resolveLinks(folder);
    const isAway = await behindLinks(folder);
    for await (const piece of piecesOf(part, at, means, court, signal)) {
      const own = piece.filter(([path]) => !isElsewhere(join(folder, path)));
      const verdicts = await atOnce(own, AT_ONCE, async ([path, before]) => {
        const place = { path: join(folder, path), target: join(real, path) };
        return (await isAway(path))
          ? { lost: { ...place, why: "it lies behind a link" } }
          : changeOf({ ...place, before }, court);
      });
      for (const it of verdicts) {
        if (it && "lost" in it) lost.push(it.lost);
        else if (it) {
          files.push(it.file);
          if (it.isModeLost) modes.push(it.file.path);
        }
      }
    }
    return { files, lost, notes: modesText(modes) };
  } catch (error) {
    const why = `What the command changed in "${folder}" could not all be found: ${reasonOf(error)}.`;
    return { files, lost, notes: [...modesText(modes), why] };
  }
}

/** Files that are named in a sentence. */
const NAMED = 10;

function modesText(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  const more = paths.length > NAMED ? [`and ${paths.length - NAMED} more`] : [];
  const named = [...paths.slice(0, NAMED), ...more].join(", ");
  return [`Permissions that were changed together with the content are not taken back: ${named}.`];
}

function piecesOf(
  part: Manifest["parts"][number],
  at: number,
  { git, lister, isOwn, blobs }: Means & { readonly blobs: Blobs },
  { keeper }: Court,
  signal: AbortSignal,
): Pieces {
  if (part.kind === "git" && git) return changesInGit(part, at, { git, blobs, keeper, isOwn }, signal);
  if (part.kind === "list" && lister) return changesInList(part, at, lister, signal);
  throw new Error(`there is no ${part.kind === "git" ? "git" : "ripgrep"} here any more`);
}
