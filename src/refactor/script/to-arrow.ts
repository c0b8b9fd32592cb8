import type { Binding } from "../../syntax/bindings.ts";
import { ancestors, contains, inField, isComment, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { isClear, textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { actsIn, isRow, trimmed } from "../selection.ts";
import { isConstant } from "../steady.ts";
import { statementEnd } from "./declared.ts";
import { isSharedScript } from "./importers.ts";
import { inPlaceOf } from "./in-place.ts";
import { functionAt, ownWord } from "./own-words.ts";

const ID = "convert-function-to-arrow";

/** See `FunctionForms.toArrow`. */
export function toArrow(place: Place): readonly TextChange[] | Refusal {
  const { source } = place;
  const node = functionAt(place, /^function_(declaration|expression)$/);
  if (!node)
    return refused(`${ID}.place`, "There is no function here that can be an arrow function.", trimmed(place));
  const obstacle = cannotBeArrow(node, source);
  if (obstacle) return obstacle;
  return node.type === "function_declaration" ? declared(node, source) : expressed(node, source);
}

function cannotBeArrow(node: SyntaxNode, source: Source): Refusal | undefined {
  const comment = node.children.find(isComment);
  if (comment) return refused(`${ID}.comment`, "A comment would have no place.", comment);
  const word = ownWord(node, source);
  if (word)
    return refused(
      `${ID}.this`,
      `In an arrow function "${textOf(word, source)}" is that of what is around it.`,
      word,
    );
  const types = inField(node, "type_parameters");
  if (types && (source.language === "tsx" || /\.[cm]ts$/.test(source.path)))
    return refused(
      `${ID}.types`,
      "Its type parameters would be read as an element, or may not stand there.",
      types,
    );
  const told = inField(node, "return_type");
  if (told && /^:\s*asserts\b/.test(textOf(told, source)))
    return refused(`${ID}.asserts`, "What it asserts counts only for functions that are declared.", told);
  const list = inField(node, "parameters");
  const twice = source
    .bindings()
    .all.find(
      (it) =>
        it.kind === "parameter" &&
        it.declarations.length > 1 &&
        list &&
        it.declarations.every((at) => contains(list, at)),
    );
  return twice && refused(`${ID}.twice`, `"${twice.name}" is two parameters of it.`, twice.declarations[0]);
}

/** The keyword, and the name behind it, go; the arrow comes. */
function arrowed(node: SyntaxNode, ahead: string, source: Source): readonly TextChange[] {
  const keyword = node.children.find((it) => it.type === "function");
  const next = inField(node, "type_parameters") ?? inField(node, "parameters");
  const last = inField(node, "return_type") ?? inField(node, "parameters");
  const isAsync = node.children[0]?.type === "async";
  const from = isAsync ? node.from : (keyword?.from ?? node.from);
  return [
    { from, to: next?.from ?? from, text: ahead + (isAsync ? "async " : "") },
    { from: last?.to ?? from, to: last?.to ?? from, text: " =>" },
    ...withoutReturn(inField(node, "body"), source),
  ];
}

/** `{ return a; }` in a line as `a`. */
function withoutReturn(body: SyntaxNode | undefined, source: Source): readonly TextChange[] {
  const [only, ...more] = body?.children.filter((it) => it.isNamed) ?? [];
  const [value] = only?.type === "return_statement" && more.length === 0 ? parts(only) : [];
  if (!body || !value || /\n/.test(textOf(body, source)) || only?.children.some(isComment)) return [];
  const isOpen = /^\{/.test(textOf(value, source)) || value.type === "sequence_expression";
  return [
    { from: body.from, to: value.from, text: isOpen ? "(" : "" },
    { from: value.to, to: body.to, text: isOpen ? ")" : "" },
  ];
}

function expressed(node: SyntaxNode, source: Source): readonly TextChange[] | Refusal {
  const { parent } = node;
  if (parent?.type === "export_statement")
    return refused(`${ID}.hoisted`, "It is there before the file runs, and would not be.", node);
  if (isMadeOf(node, source)) return refused(`${ID}.new`, "Objects are made of it.", node);
  const name = inField(node, "name");
  const given = parent?.type === "variable_declarator" ? inField(parent, "name") : undefined;
  const isSame = name && given && textOf(name, source) === textOf(given, source) && isConst(parent);
  if (name && !isSame) return refused(`${ID}.name`, "It would no longer have its name.", name);
  const binding = given?.type === "identifier" ? source.bindings().at(given) : undefined;
  const title = given ?? (parent && (inField(parent, "left") ?? inField(parent, "key")));
  const made = madeOfIt(binding, title, source);
  if (made) return made;
  const bare = textOf(node, source);
  const isBare = inPlaceOf(node, { ...node, type: "arrow_function" }, bare) === bare;
  const [first, ...more] = arrowed(node, isBare ? "" : "(", source);
  return first ? [first, ...more, ...(isBare ? [] : [{ from: node.to, to: node.to, text: ")" }])] : [];
}

/** Whether objects are made of what stands there, or its prototype is asked for, whatever brackets and types are around it. */
function isMadeOf(node: SyntaxNode, source: Source): boolean {
  const { parent, field } = node;
  if (!parent) return false;
  if (/^(parenthesized|non_null|as|satisfies)_expression$/.test(parent.type)) return isMadeOf(parent, source);
  const property = parent.type === "member_expression" ? inField(parent, "property") : undefined;
  return (
    field === "constructor" ||
    /^(class_heritage|extends_clause)$/.test(parent.type) ||
    (property !== undefined && textOf(property, source) === "prototype") ||
    parent.children.some((it) => it.type === "instanceof")
  );
}

function isConst(declarator: SyntaxNode | undefined): boolean {
  return declarator?.parent?.children[0]?.type === "const";
}

/** Why it may be one of which objects are made: it is used so, or has a name as such have. */
function madeOfIt(
  binding: Binding | undefined,
  name: SyntaxNode | undefined,
  source: Source,
): Refusal | undefined {
  const last = name && [...walk(name)].findLast((it) => /identifier$/.test(it.type));
  const isCapital = last && /^(\p{Lu}|constructor$)/u.test(textOf(last, source));
  const used = binding?.references.find(({ node }) => isMadeOf(node, source));
  const member = binding ? undefined : last && madeByName(textOf(last, source), source);
  // An element of JSX has a capital, too, and is only called.
  const isElement = binding?.references.some(({ node }) => node.parent?.type.startsWith("jsx_"));
  const at = used?.node ?? member ?? (isCapital && !isElement ? last : undefined);
  return at && refused(`${ID}.new`, "Objects may be made of it.", at);
}

/** `new a.b` in the file, for a function that is given to something called `b`. */
function madeByName(name: string, source: Source): SyntaxNode | undefined {
  return [...walk(source.root)].find((it) => {
    const made = it.type === "new_expression" ? inField(it, "constructor") : undefined;
    const last = made && (inField(made, "property") ?? made);
    return last !== undefined && textOf(last, source) === name;
  });
}

function declared(node: SyntaxNode, source: Source): readonly TextChange[] | Refusal {
  const name = inField(node, "name");
  const binding = name && source.bindings().at(name);
  const exported = node.parent?.type === "export_statement" ? node.parent : undefined;
  const whole = exported ?? node;
  if (!name || !binding || !whole.parent || !isRow(whole.parent))
    return refused(`${ID}.row`, "It stands in no block in which a variable can be declared.", node);
  if (exported?.children.some((it) => it.type === "default"))
    return refused(`${ID}.default`, "A default export declares no variable.", node);
  if (!isConstant(binding))
    return refused(`${ID}.written`, `"${binding.name}" is given another value, or declared again.`, name);
  const hidden = isClear(binding, source);
  if (hidden) return hidden;
  if (whole.parent === source.root && isSharedScript(source))
    return refused(
      `${ID}.script`,
      "All scripts of its page can call it, before it would be there, too.",
      name,
    );
  const made = madeOfIt(binding, name, source);
  if (made) return made;
  const early = reachedBefore(binding, node, whole.parent, source);
  if (early) return refused(`${ID}.hoisted`, "It is used before it would have its value.", early);
  const rest = source.text.slice(node.to);
  const end = source.rules.goesOn?.test(rest.trimStart()) ? ";" : statementEnd(source);
  return [...arrowed(node, `const ${binding.name} = `, source), { from: node.to, to: node.to, text: end }];
}

/** A use that may come before the function's own place is reached; `undefined`: none does. */
function reachedBefore(
  binding: Binding,
  node: SyntaxNode,
  row: SyntaxNode,
  source: Source,
): SyntaxNode | undefined {
  const before = parts(row).filter((it) => it.to <= node.from);
  if (!before.some((it) => it.type !== "import_statement" && actsIn(it, source)))
    return binding.references.find(
      (it) => !isLater(it.node, node, source, new Set()) && !isInFunction(it.node, row, source),
    )?.node;
  return binding.references.find((it) => !isExportOnly(it.node) && !isLater(it.node, node, source, new Set()))
    ?.node;
}

function isExportOnly(use: SyntaxNode): boolean {
  return use.parent?.type === "export_specifier";
}

/** Whether it stands in a function within the row, so that it is not reached by the row itself. */
function isInFunction(use: SyntaxNode, row: SyntaxNode, { rules }: Source): boolean {
  if (isExportOnly(use)) return true;
  return ancestors(use).some((it) => it !== row && contains(row, it) && rules.isFunction(it));
}

/** Whether a use is reached only after the function's place has been: it stands behind, and no function that is there from the start leads to it. */
function isLater(use: SyntaxNode, node: SyntaxNode, source: Source, seen: Set<SyntaxNode>): boolean {
  if (isExportOnly(use) || contains(node, use)) return true;
  const hoisted = ancestors(use).find(
    (it) => it !== node && it.type.endsWith("function_declaration") && !contains(it, node),
  );
  if (!hoisted) return use.from >= node.to;
  if (seen.has(hoisted)) return true;
  seen.add(hoisted);
  const name = inField(hoisted, "name");
  const binding = name && source.bindings().at(name);
  return binding?.references.every((it) => isLater(it.node, node, source, seen)) ?? false;
}
