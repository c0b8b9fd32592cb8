import type { Binding } from "../../syntax/bindings.ts";
import { smallestAround } from "../../syntax/tree.ts";
import { isClear } from "../names.ts";
import { type Plan, type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { changeSignature } from "../refactorings/change-signature.ts";
import { declaredName, selectedName, trimmed } from "../selection.ts";
import { functionAt } from "../signature/function-at.ts";
import { usedElsewhere } from "../used-elsewhere.ts";
import type { Removal } from "./rules.ts";

const ID = "remove-unused";

/** The name at the place that nothing in the file uses, by what is known of it; "import": all such of an import. */
export function unusedAt(place: Place): Binding | "import" | undefined {
  const { source } = place;
  const rules = source.rules.unused;
  const name = selectedName(place) ?? declaredName(place);
  const binding = name && source.bindings().at(name);
  if (binding) return isUnused(binding) && binding.declarations[0] === name ? binding : undefined;
  const { from, to } = trimmed(place);
  const inner = smallestAround(source.root, from, from === to ? from + 1 : to);
  return rules?.importAround(inner) ? "import" : undefined;
}

function isUnused({ references, declarations, kind }: Binding): boolean {
  return references.length === 0 && declarations.length === 1 && KINDS.test(kind);
}

const KINDS = /^(import|variable|constant|parameter)$/;

/** The plan that removes what nothing uses at the place. */
export function withoutUnused(place: Place): Plan | Refusal {
  const { source } = place;
  const rules = source.rules.unused;
  const found = unusedAt(place);
  if (!found || !rules)
    return refused(
      `${ID}.place`,
      "No import, variable or parameter is declared here that nothing uses.",
      trimmed(place),
    );
  if (found === "import") return withoutImports(place);
  if (found.kind === "parameter") return withoutParameter(found, place);
  const obstacle = obstacleTo(found, place);
  if (obstacle) return obstacle;
  const [at] = found.declarations;
  const statement = found.kind === "import" && at ? rules.importAround(at) : undefined;
  const made = statement
    ? rules.withoutImports(statement, [found], source)
    : rules.withoutVariable(found, source);
  return planOf(made, `Remove unused '${found.name}'`, source);
}

function obstacleTo(binding: Binding, place: Place): Refusal | undefined {
  return isClear(binding, place.source) ?? usedElsewhere(binding, place, ID);
}

/** All names of the import at the place that nothing uses; what may be used after all stays. */
function withoutImports(place: Place): Plan | Refusal {
  const { source } = place;
  const { from } = trimmed(place);
  const rules = source.rules.unused;
  const statement = rules?.importAround(smallestAround(source.root, from, from + 1));
  if (!rules || !statement) return refused(`${ID}.place`, "There is no import here.", trimmed(place));
  const all = source
    .bindings()
    .all.filter(
      ({ kind, declarations: [at] }) => kind === "import" && at && rules.importAround(at) === statement,
    );
  const unused = all.filter(isUnused);
  if (unused.length === 0) return refused(`${ID}.used`, "All names of the import are used.", statement);
  const obstacle = unused.map((it) => obstacleTo(it, place)).find((it) => it !== undefined);
  if (obstacle) return obstacle;
  return planOf(rules.withoutImports(statement, unused, source), "Remove unused imports", source);
}

function withoutParameter(binding: Binding, place: Place): Plan | Refusal {
  const [at] = binding.declarations;
  const found = functionAt(place);
  if ("code" in found) return found;
  const index = found.signature.parameters.findIndex(
    (it) => it.name !== undefined && it.name === at && !/^(rest|names)$/.test(it.kind),
  );
  if (index === -1)
    return refused(`${ID}.parameter`, "It is part of a pattern, or takes what is left, and stays.", at);
  const plan = changeSignature.plan(place, { remove: [index] });
  return plan.kind === "plan" ? { ...plan, title: `Remove unused '${binding.name}'` } : plan;
}

function planOf(made: Removal | Refusal, title: string, { path, text }: Source): Plan | Refusal {
  if ("code" in made) return made;
  const changes = made.changes.toSorted((a, b) => a.from - b.from);
  return { kind: "plan", title, files: [{ path, before: text, changes }], warnings: made.warnings };
}
