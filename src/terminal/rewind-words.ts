import type { RewindPoint } from "../agent/rewind-points.ts";
import type { RewindPreview } from "../agent/screen.ts";
import type { Compared } from "../journal/compare.ts";
import { patchOf } from "../text/diff.ts";
import { visible } from "../text/visible.ts";

/** Characters of a message that its line shows. */
const SHOWN_WORDS = 70;

/** The messages of a conversation with their numbers, a line each. */
export function pointLines(points: readonly RewindPoint[]): readonly string[] {
  return points.map(({ number, at, text }) => {
    const when = new Date(at).toISOString().slice(0, 16).replace("T", " ");
    const words = visible(text.replace(/\s+/g, " ").trim());
    const short = words.length > SHOWN_WORDS ? `${words.slice(0, SHOWN_WORDS)}…` : words;
    return `${String(number).padStart(4)}  ${when}  ${short}`;
  });
}

/** What a rewind of the files would do, a line each file. */
export function previewLines({ files, stuck }: RewindPreview): readonly string[] {
  const lines = files.map(({ path, change, edited, added, removed }) => {
    const count = added + removed === 0 ? "" : `  +${added} −${removed}`;
    const kept = edited ? "  (edited since: left as it is unless named with --edited)" : "";
    return `  ${WORDS[change]}  ${visible(path)}${count}${kept}`;
  });
  return [
    ...(lines.length + stuck.length === 0 ? ["  no file differs from what it was then"] : lines),
    ...stuck.map(({ path, why }) => `  cannot   ${visible(path)}: ${visible(why)}`),
  ];
}

/** A file at two moments as a patch. */
export function patchText({ path, before, after, isBinary }: Compared): string {
  const name = (text: string | undefined) => (text === undefined ? "/dev/null" : path);
  const body = isBinary ? "Binary files differ" : patchOf(before, after).patch;
  return `--- ${name(before)}\n+++ ${name(after)}\n${body}\n`;
}

const WORDS: Readonly<Record<RewindPreview["files"][number]["change"], string>> = {
  changed: "change ",
  created: "create ",
  removed: "remove ",
};
