import { mayRead } from "./decision.ts";
import type { Attachment } from "./events.ts";
import { type Mentions, mentionedFiles } from "./mentions.ts";
import { screenedFiles } from "./screened.ts";
import { veiled } from "./veiled.ts";
import type { Live } from "./wiring.ts";

/** What goes along with a message: what screens attached and what its words name, as the model may have it. `leftOut`: absolute paths of what it may not. */
export async function attached(
  live: Live,
  text: string,
  given: readonly Attachment[],
  signal: AbortSignal,
): Promise<{ readonly attachments: readonly Attachment[]; readonly leftOut: readonly string[] }> {
  // Told before it is cut: half a secret looks like none.
  const files = screenedFiles(veiled(live.world.files, live.veil), live);
  const may = (path: string) => mayRead(live, path);
  const paths = given.flatMap((it) => (it.kind === "image" ? [] : [it.path]));
  if (paths.length > 0 || text.includes("@")) await live.freshen();
  const named: Mentions = await mentionedFiles(text, live.memory().state.folder, files, may, signal);
  const hidden = (await live.veil.over(paths)).paths;
  const open = given.filter((it) => it.kind === "image" || !hidden.has(it.path));
  return {
    attachments: [...open, ...named.read].map((it) =>
      it.kind === "image" ? it : { ...it, text: live.outside.told(it.text) },
    ),
    leftOut: [...hidden.keys(), ...named.leftOut],
  };
}
