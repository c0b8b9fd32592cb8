import { messageOf } from "../std/error-message.ts";
import { BINARY, binaryText } from "../text/encoding.ts";
import { takeBack } from "../text/take-back.ts";
import type { Blobs, FileChange, Files, Found } from "../world.ts";
import { type ChangedFile, ledAway, placeOf, textOf, whyTorn } from "./images.ts";
import type { LostFile } from "./sweep.ts";

/** How to take changes back: what to write, and files that are left as they are. */
export interface UndoPlan {
  readonly changes: readonly FileChange[];
  /** Files in which later changes stand in the way. */
  readonly conflicts: readonly string[];
  /** Files that cannot be read now, each with a sentence that names it and says why. */
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
  /** Files that cannot be taken back whatever is in them now. */
  readonly stuck: readonly LostFile[];
  /** Files that are no longer where they were changed, and where their path leads now. */
  readonly moved: readonly { readonly path: string; readonly now: string }[];
}

/** A file with its changes, the oldest first. */
export interface Undoable {
  readonly path: string;
  readonly encoding: string;
  readonly bom: boolean;
  readonly steps: readonly ChangedFile[];
}

/** Takes back what was changed and nothing else: what somebody changed elsewhere in a file, before or since, stays. */
export async function undoPlan(
  changed: readonly Undoable[],
  files: Files,
  blobs: Blobs,
  signal: AbortSignal,
): Promise<UndoPlan> {
  const changes: FileChange[] = [];
  const conflicts: string[] = [];
  const moved: { path: string; now: string }[] = [];
  const unread: { path: string; reason: string }[] = [];
  const stuck: LostFile[] = [];
  for (const { path, encoding, bom, steps } of changed) {
    const away = await ledAwayOf(steps, files);
    if (away !== undefined) {
      moved.push({ path, now: away });
      continue;
    }
    const found = await read(encoding, path, files, signal);
    if (found.kind === "failed") {
      unread.push({ path, reason: found.reason });
      continue;
    }
    const { text: now } = found;
    const kept = await keptTexts(steps, blobs);
    const back = "why" in kept || now === UNREADABLE ? undefined : withoutSteps(now, kept.texts);
    const why = "why" in kept ? kept.why : back && back.text !== now && (await torn(steps, files));
    if (why) stuck.push({ path, why });
    else if (!back) conflicts.push(path);
    else if (back.text !== now) {
      const target = steps[0] && placeOf(steps[0]);
      const form = { encoding, bom };
      const mode = now === undefined ? steps.at(-1)?.mode : undefined;
      const more = { ...(target !== undefined && { target }), ...(mode !== undefined && { mode }) };
      changes.push({ path, before: now, after: back.text, form, ...more });
    }
  }
  return { changes, conflicts, moved, unread, stuck };
}

async function ledAwayOf(steps: readonly ChangedFile[], files: Files): Promise<string | undefined> {
  for (const step of steps) {
    const away = await ledAway(step, files);
    if (away !== undefined) return away;
  }
  return undefined;
}

async function torn(steps: readonly ChangedFile[], files: Files): Promise<string | undefined> {
  const last = steps.at(-1);
  return last && whyTorn(await files.entry(placeOf(last)).catch(() => undefined));
}

interface Texts {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What the file was and became in each step; `why`: a text of them cannot be had, for this reason. */
async function keptTexts(
  steps: readonly ChangedFile[],
  blobs: Blobs,
): Promise<{ readonly texts: readonly Texts[] } | { readonly why: string }> {
  try {
    const texts: Texts[] = [];
    for (const it of steps)
      texts.push({ before: await textOf(it.before, blobs), after: await textOf(it.after, blobs) });
    return { texts };
  } catch (error) {
    // One file of many must not keep the others from being taken back.
    return { why: `what is kept of it cannot be used: ${messageOf(error).replace(/\.$/, "")}` };
  }
}

/** The newest change first, each out of what is left; `undefined` when one cannot be told from what is there. */
function withoutSteps(
  now: string | undefined,
  steps: readonly Texts[],
): { text: string | undefined } | undefined {
  let text = now;
  for (const { before, after } of steps.toReversed()) {
    if (text === after) text = before;
    else if (text !== before) {
      // A file that was made, removed or is gone now has no lines to compare.
      if (text === undefined || before === undefined || after === undefined) return undefined;
      const back = takeBack(text, before, after);
      if (back === undefined) return undefined;
      text = back;
    }
  }
  return { text };
}

const UNREADABLE = "\0unreadable";

type Read =
  | { readonly kind: "read"; readonly text: string | undefined }
  | { readonly kind: "failed"; readonly reason: string };

/** As `textAs`, but for a file that the system does not let us read. */
async function read(encoding: string, path: string, files: Files, signal: AbortSignal): Promise<Read> {
  const isText = encoding !== BINARY.encoding;
  const found = isText ? await files.read(path, signal) : undefined;
  if (found?.kind === "failed") return found;
  try {
    return { kind: "read", text: isText ? textOfFound(found) : await textAs(encoding, path, files, signal) };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: "failed", reason: messageOf(error) };
  }
}

/** The present text of a file that is read in that encoding; what is no text is one to "binary". As `textNow` in all else. */
export async function textAs(
  encoding: string,
  path: string,
  files: Files,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (encoding !== BINARY.encoding) return textNow(path, files, signal);
  const bytes = await files.bytes(path, signal);
  return bytes && binaryText(bytes);
}

/** The present text; `undefined`: no file; a text no file has when it is none. */
export async function textNow(path: string, files: Files, signal: AbortSignal): Promise<string | undefined> {
  return textOfFound(await files.read(path, signal));
}

function textOfFound(found: Found | undefined): string | undefined {
  if (found?.kind === "absent") return undefined;
  return found?.kind === "text" ? found.text : UNREADABLE;
}
