import { mayRead } from "./decision.ts";
import type { Attachment } from "./events.ts";
import { type Mentions, mentionedFiles } from "./mentions.ts";
import { veiled } from "./screened.ts";
import type { Live } from "./wiring.ts";

/** What goes along with a message: what screens attached and what its words name, as the model may have it. `leftOut`: absolute paths of what it may not. */
export async function attached(
  live: Live,
  text: string,
  given: readonly Attachment[],
  signal: AbortSignal,
): Promise<{ readonly attachments: readonly Attachment[]; readonly leftOut: readonly string[] }> {
  const files = veiled(live.world.files, live.veil);
  const may = (path: string) => mayRead(live, path);
  const named: Mentions = await mentionedFiles(text, live.memory().state.folder, files, may, signal);
  const paths = given.flatMap((it) => (it.kind === "image" ? [] : [it.path]));
  const hidden = (await live.veil.over(paths)).paths;
  if (paths.length > 0 || named.read.length > 0) await live.freshen();
  const open = given.filter((it) => it.kind === "image" || !hidden.has(it.path));
  return {
    attachments: [...open, ...named.read].map((it) =>
      it.kind === "image" ? it : { ...it, text: live.outside.told(it.text) },
    ),
    leftOut: [...hidden.keys(), ...named.leftOut],
  };
}
