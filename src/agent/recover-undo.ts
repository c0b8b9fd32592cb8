import { aftermathOf } from "../journal/recover.ts";
import { messageOf } from "../std/error-message.ts";
import { parentOf } from "../text/paths.ts";
import { recordReviewed, recordUndone } from "./undo.ts";
import type { Live } from "./wiring.ts";

/** Settles a taking back that a process left open when it died: made whole it is recorded, made in part its files are put back. */
export async function recoverUndo(live: Live): Promise<void> {
  const { undoing } = live.memory();
  if (!undoing) return;
  const { files } = live.world;
  const { signal } = new AbortController();
  const paths = undoing.wrote.map((it) => it.path).join(", ");
  for (const folder of new Set(undoing.wrote.map((it) => parentOf(it.path)))) await files.sweep(folder);
  try {
    const aftermath = await aftermathOf(undoing.wrote, files, live.blobs, signal);
    if (aftermath.kind === "whole")
      return undoing.place
        ? await recordReviewed(live, undoing.place, undoing.wrote)
        : await recordUndone(live, undoing.files, undoing.wrote);
    if (!("changes" in aftermath))
      return await given(live, "Wheelhouse was closed before it took back any change.");
    const outcome = await files.write(aftermath.changes, signal);
    const foreign =
      aftermath.kind === "foreign"
        ? ` Changed by somebody since, and left as they are: ${aftermath.paths.join(", ")}.`
        : "";
    const text =
      outcome.kind === "written"
        ? `Taking back changes was cut short; the files were put back to what they were before it: ${paths}.${foreign}`
        : `Taking back changes was cut short, and ${outcome.path} could not be put back. Look at: ${paths}.`;
    await given(live, text);
  } catch (error) {
    const why = messageOf(error);
    await given(live, `Taking back changes was cut short, and what became of it cannot be told: ${why}`);
  }
}

async function given(live: Live, text: string): Promise<void> {
  await live.record({ type: "not-undone", text }, "durable");
}
