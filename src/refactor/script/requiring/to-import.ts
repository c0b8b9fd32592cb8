import type { Binding } from "../../../syntax/bindings.ts";
import { inField, isComment, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { textOf } from "../../names.ts";
import { type Plan, type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import {
  kindOf,
  type ModuleKind,
  mayBeOther,
  requiredIn,
  requireIn,
  runsBefore,
  statementsAt,
} from "./module-kind.ts";
import { namesOfModule } from "./node-modules.ts";

const ID = "convert-require-to-import";

/** See `ModuleForms.toImport`. */
export function toImport(place: Place): Plan | Refusal {
  const { source } = place;
  const all = statementsAt(place).filter((it) => requiredIn(it, source));
  if (all.length === 0)
    return refused(
      `${ID}.place`,
      "No statement here gives what a module is to a name, and does nothing else.",
    );
  const kind = kindOf(source, ID);
  if (typeof kind !== "string") return kind;
  const made = all.map((it) => changeFor(it, kind, source));
  const changes = made.flatMap((it) => ("code" in it ? [] : [it]));
  const trouble = made.find((it) => "code" in it);
  // Of a whole file those that can be changed are.
  if (changes.length === 0 && trouble && "code" in trouble) return trouble;
  const warnings =
    kind === "assigning"
      ? ["What is required has its own type then, where it had none: there may be errors."]
      : [];
  return {
    kind: "plan",
    title: "Convert require to import",
    files: [{ path: source.path, before: source.text, changes }],
    warnings,
  };
}

function changeFor(statement: SyntaxNode, kind: ModuleKind, source: Source): TextChange | Refusal {
  const found = requiredIn(statement, source);
  const target = found && inField(found.declarator, "name");
  if (!found || !target) return refused(`${ID}.place`, "Nothing is required here.", statement);
  const comment = [...walk(statement)].find(isComment);
  if (comment) return refused(`${ID}.comment`, "A comment in it would have no place.", comment);
  const end = source.text.charAt(statement.to - 1) === ";" ? ";" : "";
  const from = textOf(found.given, source);
  const written = (clause: string) => ({ from: statement.from, to: statement.to, text: clause + end });
  if (kind === "assigning") {
    const trouble = cannotBeAssigned(target, found.declarator, source);
    return trouble ?? written(`import ${textOf(target, source)} = require(${from})`);
  }
  const names = namesOfModule(found.specifier);
  if (!names)
    return refused(
      `${ID}.module`,
      `What an import gives of "${found.specifier}" is not certain.`,
      found.given,
    );
  const taken = takenBy(target, names, source);
  if ("code" in taken) return taken;
  const require = requireIn(source, ID);
  if (typeof require === "object" && "code" in require) return require;
  const { specifier } = found;
  const trouble =
    mayBeOther(taken.bindings, specifier, source, ID) ??
    hoisted(statement, source) ??
    runsBefore(statement, source, ID);
  return trouble ?? written(`import ${taken.clause} from ${from}`);
}

/** A name before the line of its `var` has no value, and that of an import has. */
function hoisted(statement: SyntaxNode, source: Source): Refusal | undefined {
  return statement.type === "variable_declaration" &&
    source
      .bindings()
      .references.some(
        (it) => it.binding && it.node.from < statement.from && isDeclaredIn(it.binding, statement),
      )
    ? refused(`${ID}.order`, "It is used before it stands.", statement)
    : undefined;
}

function isDeclaredIn({ declarations }: Binding, { from, to }: SyntaxNode): boolean {
  return declarations.some((it) => from <= it.from && it.to <= to);
}

/** The names, as an import has them, and what they stand for. */
function takenBy(
  target: SyntaxNode,
  names: ReadonlySet<string>,
  source: Source,
): { readonly clause: string; readonly bindings: readonly (Binding | undefined)[] } | Refusal {
  const { at } = source.bindings();
  if (target.type === "identifier") return { clause: textOf(target, source), bindings: [at(target)] };
  const clauses: string[] = [];
  const bindings: (Binding | undefined)[] = [];
  for (const it of parts(target)) {
    const [key, value] = it.type === "pair_pattern" ? [inField(it, "key"), inField(it, "value")] : [it, it];
    const isPlain =
      /^(property_identifier|shorthand_property_identifier_pattern)$/.test(key?.type ?? "") &&
      (value === it || value?.type === "identifier");
    if (target.type !== "object_pattern" || !key || !value || !isPlain)
      return refused(`${ID}.pattern`, "More is done with it than to take members by their names.", it);
    const name = textOf(key, source);
    if (!names.has(name))
      return refused(`${ID}.member`, `Whether the module has "${name}" to import is not certain.`, key);
    const local = textOf(value, source);
    clauses.push(local === name ? name : `${name} as ${local}`);
    bindings.push(at(value));
  }
  return clauses.length === 0
    ? refused(`${ID}.pattern`, "It gives nothing a name.", target)
    : { clause: `{ ${clauses.join(", ")} }`, bindings };
}

/** An import that is used for types only is left out by the compiler. */
function cannotBeAssigned(target: SyntaxNode, declarator: SyntaxNode, source: Source): Refusal | undefined {
  const binding = target.type === "identifier" ? source.bindings().at(target) : undefined;
  if (!binding || inField(declarator, "type"))
    return refused(`${ID}.pattern`, "More is said of it than a name.", target);
  const require = source.bindings().root.bindings.get("value require");
  if (require) return refused(`${ID}.require`, "The file has a require of its own.", require.declarations[0]);
  if (!binding.references.some((it) => it.space !== "type"))
    return refused(`${ID}.unused`, "What nothing uses would no longer be loaded.", target);
  const written = binding.declarations[1] ?? binding.references.find((it) => it.access !== "read")?.node;
  if (written) return refused(`${ID}.written`, "It is declared, or given a value, more than once.", written);
  return source.bindings().opaque.length > 0
    ? refused("opaque", "Who uses the name is not certain.", target)
    : undefined;
}
