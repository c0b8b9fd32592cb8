import { inField, nearest, parts, type SyntaxNode, smallestAround, walk } from "../syntax/tree.ts";
import type { ConstantHome } from "./code-rules.ts";
import { lastingPlace } from "./lasting-place.ts";
import { clashWith, textOf } from "./names.ts";
import { withMember, withVariable } from "./new-variable.ts";
import { type Plan, type Refusal, refused } from "./plan.ts";
import type { Options, Place, Source } from "./refactoring.ts";
import { trimmed } from "./selection.ts";

const ID = "replace-magic-number";
const NUMBER =
  /^(number|integer|float|(int|integer|float|real)_literal|(decimal|hex)_(integer|floating_point)_literal)$/;

/** The number that is selected, or at which the cursor stands; `undefined`: none, or one that has a name already. */
export function numberAt(place: Place): SyntaxNode | undefined {
  const { source } = place;
  const { from, to } = trimmed(place);
  const ends = from === to ? [from, from - 1] : [from];
  for (const at of ends) {
    const leaf = at < 0 ? undefined : smallestAround(source.root, at, Math.max(at + 1, to));
    if (leaf && NUMBER.test(leaf.type) && leaf.isNamed && source.rules.isExpression(leaf) && !isNamed(leaf))
      return leaf;
  }
  return undefined;
}

/** Whether it is the whole value of a name: `const a = 5`. */
function isNamed(node: SyntaxNode): boolean {
  const at = node.parent?.type === "expression_list" ? node.parent : node;
  const { parent, field } = at;
  if (parent?.type === "equals_value_clause") return parent.parent?.type === "variable_declarator";
  if (field === "right") return /^(assignment|short_var_declaration)$/.test(parent?.type ?? "");
  return field === "value" && /^(variable_declarator|(var|const)_spec)$/.test(parent?.type ?? "");
}

/** Numbers that say what they are. */
export function isPlainNumber(text: string): boolean {
  return /^[012](\.0*)?$/.test(text);
}

/** The plan that gives a number a name for the file: there or, with `replaceAll`, wherever it means the same. */
export function withNamedNumber(place: Place, options: Options): Plan | Refusal {
  const { source } = place;
  const node = numberAt(place);
  if (!node) return refused(`${ID}.place`, "There is no number here that has no name.", trimmed(place));
  const alone = source.rules.cannotStandAlone(node, source);
  if (alone !== undefined) return refused(`${ID}.fixed`, `It cannot be a constant: ${alone}.`, node);
  const home = source.rules.constantHome?.(node, source);
  if (home) return "code" in home ? home : memberFor(node, home, source, options);
  const all = options.replaceAll ? meaningTheSame(node, source) : [node];
  const statement = placeFor(all, source);
  if ("code" in statement) return statement;
  const { name } = options;
  const clash =
    name === undefined
      ? undefined
      : all.map((it) => clashWith(name, it, source)).find((it) => it !== undefined);
  if (clash) return clash;
  const made = { node, statement, all, title: "Replace magic number", suggested: suggestedFor(node, source) };
  return withVariable(made, place, options);
}

/** A member of the class, there or where it means the same in it. */
function memberFor(node: SyntaxNode, home: ConstantHome, source: Source, options: Options): Plan | Refusal {
  const same = meaningTheSame(node, source);
  const equal = home.equal.filter((it) => same.includes(it));
  const title = "Replace magic number";
  return withMember(node, { ...home, equal }, title, source, options, suggestedFor(node, source));
}

/** The first statement before which the constant has to stand to be there for all of them. */
function placeFor(all: readonly SyntaxNode[], source: Source): SyntaxNode | Refusal {
  let first: SyntaxNode | undefined;
  for (const it of all) {
    const at = lastingPlace(it, source, source.root);
    if ("code" in at) return at;
    if (!first || at.from < first.from) first = at;
  }
  return first ?? refused(`${ID}.place`, "There is no number here that has no name.");
}

/** Equal numbers in the file that stand beside the same: the same operand, argument, key or element. */
function meaningTheSame(node: SyntaxNode, source: Source): readonly SyntaxNode[] {
  const meaning = meaningOf(node, source);
  const text = textOf(node, source);
  return [...walk(source.root)].filter(
    (it) =>
      it === node ||
      (it.type === node.type &&
        it.isNamed &&
        textOf(it, source) === text &&
        source.rules.isExpression(it) &&
        !isNamed(it) &&
        meaning !== undefined &&
        meaningOf(it, source) === meaning &&
        source.rules.cannotStandAlone(it, source) === undefined),
  );
}

/** What a number is about, by the name of what it is computed or compared with, given to or as; `undefined`: nothing says it. */
function meaningOf(node: SyntaxNode, source: Source): string | undefined {
  const { parent } = node;
  if (!parent) return undefined;
  const key = inField(parent, "key") ?? inField(parent, "name") ?? inField(parent, "left");
  if (
    key &&
    key !== node &&
    /^(pair|keyword_argument|assignment_pattern|default_parameter|assignment_expression|augmented_assignment(_expression)?)$/.test(
      parent.type,
    )
  )
    return lastName(key, source);
  const list = parent.type === "argument" ? (parent.parent ?? parent) : parent;
  if (/^(arguments|argument_list)$/.test(list.type)) {
    const callee = list.parent && (inField(list.parent, "function") ?? inField(list.parent, "constructor"));
    const name = callee && lastName(callee, source);
    return name && `${name} ${parts(list).indexOf(list === parent ? node : parent)}`;
  }
  if (/^(binary_expression|binary_operator|comparison_operator)$/.test(parent.type)) {
    const other = parts(parent).find((it) => it !== node);
    return other && lastName(other, source);
  }
  if (parent.type === "return_statement") {
    const made = nearest(parent, (it) => source.rules.isFunction(it));
    const name = made && inField(made, "name");
    return name && lastName(name, source);
  }
  return undefined;
}

/** The last name of an expression: `width` of `a.width`, of `getWidth()` that. */
function lastName(node: SyntaxNode, source: Source): string | undefined {
  const callee = inField(node, "function") ?? node;
  const last = [...walk(callee)].findLast((it) => it.children.length === 0 && /identifier$/.test(it.type));
  return last && textOf(last, source);
}

/** `MAX_WIDTH` of `maxWidth`: as constants are written in both languages; where nothing says more, `NUMBER`. */
function suggestedFor(node: SyntaxNode, source: Source): string {
  const said = meaningOf(node, source)?.split(" ")[0] ?? "";
  const name = said
    .replace(/^(get|compute|make|create|build|find|set)_?(?=[A-Z_a-z])/, "")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toUpperCase();
  return name.length > 2 && name !== said && source.rules.isName(name) ? name : "NUMBER";
}
