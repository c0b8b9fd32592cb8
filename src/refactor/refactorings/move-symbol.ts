import { absolute, baseName, parentOf } from "../../text/paths.ts";
import { refused } from "../plan.ts";
import type { Place, Refactoring } from "../refactoring.ts";

/** Takes declarations at the top of a file to another file, and has every file import them from there. */
export const moveSymbol: Refactoring = {
  id: "move-symbol",
  title: "Move to file",
  kind: "refactor.move",
  offer(place) {
    const found = movableAt(place);
    if ("code" in found) return undefined;
    const [first, ...more] = found.names;
    return more.length === 0 ? `Move '${first}' to file` : `Move '${first}' and ${more.length} more to file`;
  },
  target(place) {
    const found = movableAt(place);
    return "code" in found ? undefined : found.path;
  },
  plan(place, { to }) {
    const { source, others } = place;
    const found = movableAt(place);
    if ("code" in found) return found;
    const wanted = to === undefined ? found.path : absolute(to, parentOf(source.path));
    if (!others)
      return {
        ...refused(
          "move-symbol.unseen",
          `"${found.names[0]}" concerns other files, and those were not looked at.`,
        ),
        lacks: "others",
        sought: { words: found.names.filter((it) => isExported(it, place)), modules: [source.path, wanted] },
        target: wanted,
      };
    const path = to === undefined ? free(found.path, [source, ...others]) : wanted;
    if (path === source.path)
      return refused("move-symbol.target", `"${baseName(path)}" is the file that it is in.`);
    const moved = source.rules.moving?.moved(found, path, { ...place, others });
    return moved ?? NOTHING;
  },
  check: (before, after, loaded) => before[0]?.rules.moving?.check(before, after, loaded),
};

/** What is not is looked for in those files only that name the module. */
function isExported(name: string, { source }: Place): boolean {
  const { bindings } = source.bindings().root;
  return (["value", "type"] as const).some((it) => bindings.get(`${it} ${name}`)?.isExported);
}

const NOTHING = refused("move-symbol.place", "There is no declaration at the top of the file here.");

function movableAt(place: Place) {
  return place.source.rules.moving?.movable(place) ?? NOTHING;
}

/** A path that none of the files has, in capitals or not: `total.ts`, `total.1.ts`. */
function free(path: string, others: NonNullable<Place["others"]>): string {
  const [, stem = path, ending = ""] = /^(.*?)(\.[^./\\]*)$/s.exec(path) ?? [];
  for (let number = 0; ; number++) {
    const at = number === 0 ? path : `${stem}.${number}${ending}`;
    if (!others.some((it) => it.path.toLowerCase() === at.toLowerCase())) return at;
  }
}
