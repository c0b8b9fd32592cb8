import { aftermathOf } from "../journal/recover.ts";
import { never } from "../std/abort.ts";
import { messageOf } from "../std/error-message.ts";
import { parentOf } from "../text/paths.ts";
import type { FileChange } from "../world.ts";
import type { Rewind } from "./events.ts";
import { recordRewound } from "./rewind.ts";
import type { Live } from "./wiring.ts";

/** Settles a rewind that a process left open when it died: made whole it is recorded, made in part its files are put back. */
export async function recoverRewind(live: Live): Promise<void> {
  const { rewinding } = live.memory();
  if (!rewinding) return;
  const { files } = live.world;
  const { signal } = new AbortController();
  try {
    for (const folder of new Set(rewinding.files.map((it) => parentOf(it.path)))) await files.sweep(folder);
    const aftermath = await aftermathOf(rewinding.files, files, live.blobs, signal);
    switch (aftermath.kind) {
      case "whole":
        return await recordRewound(live, rewinding);
      case "untouched":
        return await given(live, "Wheelhouse was closed before it rewound any file.");
      case "half":
        return await putBack(live, rewinding, aftermath.changes, []);
      case "foreign":
        return await putBack(live, rewinding, aftermath.changes, aftermath.paths);
    }
  } catch (error) {
    const why = messageOf(error);
    await given(live, `A rewind was cut short, and what became of it cannot be told: ${why}`);
  }
}

async function putBack(
  live: Live,
  { files }: Rewind,
  changes: readonly FileChange[],
  foreign: readonly string[],
): Promise<void> {
  const outcome = await live.world.files.write(changes, never());
  const rest =
    foreign.length === 0 ? "" : ` Changed by somebody since, and left as they are: ${foreign.join(", ")}.`;
  const text =
    outcome.kind === "written"
      ? `A rewind was cut short; what it had changed was put back (${changes.length} of ${files.length} ${files.length === 1 ? "file" : "files"}).${rest}`
      : `A rewind was cut short, and ${outcome.path} could not be put back. Look at: ${files.map((it) => it.path).join(", ")}.`;
  await given(live, text);
}

async function given(live: Live, text: string): Promise<void> {
  await live.record({ type: "not-rewound", text }, "durable");
}
