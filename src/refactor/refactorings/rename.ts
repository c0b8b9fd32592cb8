import type { Binding } from "../../syntax/bindings.ts";
import type { SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { type FilePlan, type Plan, type Refusal, refused } from "../plan.ts";
import type { Place, Refactoring, Source } from "../refactoring.ts";
import { obstacleTo, renamingOf } from "../rename-edits.ts";
import { selectedName, trimmed } from "../selection.ts";
import { takenBeside } from "../taken-beside.ts";

/** Gives a name another spelling wherever it means the same thing. */
export const rename: Refactoring = {
  id: "rename",
  title: "Rename",
  kind: "refactor.rewrite",
  offer(place) {
    const name = selectedName(place);
    const binding = name && place.source.bindings().at(name);
    return binding && `Rename '${binding.name}'`;
  },
  plan(place, { name }) {
    const { source } = place;
    const node = selectedName(place);
    const binding = node && source.bindings().at(node);
    if (!binding)
      return refused("rename.name", "No name that this file declares stands here.", trimmed(place));
    if (name === undefined) return refused("rename.missing", "The new name is missing.");
    if (name === binding.name) return refused("rename.same", `"${name}" is its name already.`);
    const obstacle = obstacleTo(binding, name, source);
    if (obstacle) return obstacle;
    const along = source.rules.namesakes?.(binding, place) ?? { names: [], warnings: [] };
    if ("code" in along) return along;
    const others = source.rules.isSeenByItsName(binding) ? inOthers(binding.name, name, place) : [];
    if ("code" in others) return others;
    const changes = [...renamingOf(binding, name, source), ...along.names.map((it) => changed(it, name))];
    const title = `Rename '${binding.name}' to '${name}'`;
    const files = [fileOf(source, changes), ...others];
    return { kind: "plan", title, files, warnings: along.warnings } satisfies Plan;
  },
};

function inOthers(old: string, name: string, place: Place): readonly FilePlan[] | Refusal {
  const { source, others } = place;
  if (!others && !source.rules.sharesNames)
    return {
      ...refused("rename.exported", `"${old}" can be used in other files, and those were not looked at.`),
      lacks: "others",
    };
  const taken = takenBeside(name, place, [old, name]);
  if (taken) return taken;
  const files: FilePlan[] = [];
  for (const other of others ?? []) {
    const imported = source.rules.importedBy(other, source, old, others ?? []);
    if ("code" in imported) return imported;
    const { bindings, names, handedOn } = imported;
    const caught = names.find(
      (it) => source.rules.sharesNames && other.bindings().resolve(name, "value", it.from),
    );
    if (caught)
      return refused("rename.captured", `Where "${other.path}" uses it, "${name}" is something else.`);
    const all = [source, ...(others ?? [])];
    const changes = [
      ...[...new Set(bindings)].flatMap((it) => importRenamed(it, name, other, all)),
      ...[...new Set(names)].map((it) => changed(it, name)),
      ...handedOn.map((it) => changed(it, `${name} as ${old}`)),
    ];
    if (changes.length > 0) files.push(fileOf(other, changes));
  }
  return files;
}

/** The import follows where it can; else it keeps its name there, as an alias. */
function importRenamed(
  binding: Binding,
  name: string,
  other: Source,
  all: readonly Source[],
): readonly TextChange[] {
  // What imports it and exports it on keeps its own name for those further on.
  if (!other.rules.isHandedOn(binding, other, all) && obstacleTo(binding, name, other) === undefined)
    return renamingOf(binding, name, other, true);
  return binding.declarations.map((it) => changed(it, `${name} as ${binding.name}`));
}

function changed({ from, to }: SyntaxNode, text: string): TextChange {
  return { from, to, text };
}

function fileOf({ path, text }: Source, changes: readonly TextChange[]): FilePlan {
  return { path, before: text, changes: changes.toSorted((a, b) => a.from - b.from) };
}
