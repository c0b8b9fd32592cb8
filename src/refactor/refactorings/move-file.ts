import { absolute, baseName, parentOf } from "../../text/paths.ts";
import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";

/** Gives a file another name or folder, and has every file import it from there. */
export const moveFile: Refactoring = {
  id: "move-file",
  title: "Move or rename file",
  kind: "refactor.move",
  offer: (place) => (place.source.rules.fileMoving?.isAbout(place) ? "Move or rename file" : undefined),
  target: ({ source }) => source.path,
  plan({ source, others, loaded }, { to }) {
    const rules = source.rules.fileMoving;
    if (!rules) return refused("move-file.language", "Files of this language are not moved.");
    if (to === undefined) return refused("move-file.missing", "The new path is missing.");
    const path = absolute(to, parentOf(source.path));
    if (path.toLowerCase() === source.path.toLowerCase())
      return refused(
        "move-file.target",
        `"${baseName(path)}" is the file itself, or differs from it in capitals only.`,
      );
    if (!others)
      return {
        ...refused("move-file.unseen", "The file concerns others, and those were not looked at."),
        lacks: "others",
        sought: { words: [], modules: [source.path, path] },
        target: path,
      };
    if (others.some((it) => it.path.toLowerCase() === path.toLowerCase()))
      return refused("move-file.taken", `"${baseName(path)}" is there already.`);
    return rules.moved(source, path, others, [source, ...others, ...(loaded?.sources ?? [])]);
  },
};
