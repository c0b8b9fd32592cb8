import type { Touch } from "../permission/decide.ts";
import { type Hidden, NOTHING_HIDDEN } from "../permission/hidden.ts";
import { wordsOf } from "../permission/shell/judge-paths.ts";
import { absolute } from "../text/paths.ts";
import type { Files } from "../world.ts";
import type { Veil } from "./veil.ts";

/** What ignore files hide of the paths that a call touches; of a command's words that may be paths, only what is there. */
export async function hiddenIn(
  touch: Touch,
  folder: string,
  veil: Veil,
  files: Pick<Files, "entry">,
): Promise<Hidden> {
  switch (touch.kind) {
    case "none":
      return NOTHING_HIDDEN;
    case "read":
    case "edit":
      return veil.over(touch.paths.flatMap((it) => [it.asked, it.real]));
    case "command":
      break;
  }
  if (touch.line?.kind !== "understood")
    return present(await veil.over(wordsOf(touch.command).map((it) => absolute(it, folder))), files);
  const uses = touch.line.parts.flatMap((it) => it.uses);
  const pathsOf = (isMention: boolean) =>
    uses.filter((it) => (it.as === "mention") === isMention).flatMap((it) => [it.asked, it.real]);
  const folders = uses.filter((it) => it.as === "tree" || it.as === "history").map((it) => it.real);
  const [used, mentioned] = await Promise.all([
    veil.over(pathsOf(false), folders),
    veil.over(pathsOf(true)).then((it) => present(it, files)),
  ]);
  return { paths: new Map([...used.paths, ...mentioned.paths]), within: used.within };
}

async function present({ paths, within }: Hidden, files: Pick<Files, "entry">): Promise<Hidden> {
  const there = await Promise.all(
    // What cannot be looked at may be there.
    [...paths].map(async (it) => ((await files.entry(it[0]).catch(() => "hidden")) ? [it] : [])),
  );
  return { paths: new Map(there.flat()), within };
}
