import type { LostFile, Sweep, Swept } from "../journal/sweep.ts";
import { messageOf } from "../std/error-message.ts";
import type { Live } from "./wiring.ts";

/** A disk that answers too slowly keeps no command waiting for longer than this, and no answer; in milliseconds. */
const BEGIN_MS = 10_000;
const END_MS = 60_000;

/** What a command that may change files begins with: what the workspace is; `undefined` when that is not known. Never rejects. */
export async function noteBefore(live: Live, signal: AbortSignal): Promise<Sweep | undefined> {
  const { sweeps } = live.world;
  if (!sweeps) return undefined;
  const { state } = live.memory();
  const roots = [state.folder, ...live.policy().roots.filter((it) => it !== state.folder)];
  try {
    return await sweeps.begin(roots, live.blobs, AbortSignal.any([signal, AbortSignal.timeout(BEGIN_MS)]));
  } catch (error) {
    if (!signal.aborted)
      await warn(live, `What the next command changes cannot be taken back: ${sentence(error)}`);
    return undefined;
  }
}

/** What a command changed; a Stop waits for it, for it is how what was done until then can be taken back. Never rejects. */
export async function changedSince(live: Live, sweep: Sweep | undefined, until?: number): Promise<Swept> {
  if (!sweep) return NOTHING;
  try {
    const swept = await sweep.end(until, AbortSignal.timeout(END_MS));
    const told = [...swept.notes, ...lostText(swept.lost)];
    if (told.length > 0) await warn(live, told.join("\n"));
    return swept;
  } catch (error) {
    await warn(live, `What the command changed is not known: ${sentence(error)}`);
    return NOTHING;
  }
}

/** A command may outlive its process by this much and still be what changed a file, in milliseconds. */
const OUTLIVES_MS = 60_000;

/** What a command changed that was running when its process died; what was written later is the person's. Never rejects. */
export async function changedBefore(live: Live, noted: string | undefined): Promise<Swept> {
  if (noted === undefined) return NOTHING;
  const sweep = await live.world.sweeps?.resume(noted, live.blobs).catch(() => undefined);
  if (!sweep)
    await warn(
      live,
      "What the last command changed is not known: the note of what was there before it is gone.",
    );
  return changedSince(live, sweep, (live.memory().leftAt ?? 0) + OUTLIVES_MS);
}

const NOTHING: Swept = { files: [], lost: [], notes: [] };
/** Files that are named in a sentence. */
const NAMED = 10;

/** What the person should know about changes that cannot be taken back. */
function lostText(lost: readonly LostFile[]): readonly string[] {
  if (lost.length === 0) return [];
  const named = lost.slice(0, NAMED).map(({ path, why }) => `${path} (${why})`);
  const more = lost.length > NAMED ? [`and ${lost.length - NAMED} more`] : [];
  return [`A command changed files that cannot be taken back here: ${[...named, ...more].join(", ")}.`];
}

/** The answer matters more than the warning. */
async function warn(live: Live, text: string): Promise<void> {
  await live.record({ type: "warned", text }).catch(() => undefined);
}

function sentence(error: unknown): string {
  const text = messageOf(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
