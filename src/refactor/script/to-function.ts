import { inField, isComment, type SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { inLines, stepOf } from "../branching/lines.ts";
import { indentAt } from "../extraction/moved-text.ts";
import { isClear, textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { isRow, trimmed } from "../selection.ts";
import { isConstant } from "../steady.ts";
import { statementEnd } from "./declared.ts";
import { isSharedScript } from "./importers.ts";
import { inPlaceOf } from "./in-place.ts";
import { functionAt, ownWord } from "./own-words.ts";
import { isFunction } from "./places.ts";

const ID = "convert-arrow-to-function";

/** Blanks and comments at the beginning of a text. */
const BLANK = /^(\s|\/\/.*|\/\*[\s\S]*?\*\/)+/;

/** See `FunctionForms.toFunction`. */
export function toFunction(place: Place): readonly TextChange[] | Refusal {
  const { source } = place;
  const node = functionAt(place, /^arrow_function$/);
  if (!node) return refused(`${ID}.place`, "There is no arrow function here.", trimmed(place));
  const comment = node.children.find(isComment);
  if (comment) return refused(`${ID}.comment`, "A comment would have no place.", comment);
  const word = ownWord(node, source);
  if (word)
    return refused(
      `${ID}.this`,
      `"${textOf(word, source)}" is that of what is around it, and would be its own.`,
      word,
    );
  const declarator = node.parent;
  if (declarator?.type === "variable_declarator" && declarator.parent) {
    const made = declared(node, declarator, declarator.parent, source);
    if (made) return made;
  }
  return expressed(node, source);
}

/** All but the name: `async`, type parameters, parameters and type. */
interface Head {
  readonly ahead: string;
  readonly behind: string;
}

function headOf(node: SyntaxNode, source: Source): Head {
  const single = inField(node, "parameter");
  const first = inField(node, "type_parameters") ?? inField(node, "parameters");
  const last = inField(node, "return_type") ?? inField(node, "parameters");
  const list = single
    ? `(${textOf(single, source)})`
    : source.text.slice(first?.from ?? node.from, last?.to ?? node.from);
  const isAsync = node.children[0]?.type === "async";
  return { ahead: isAsync ? "async function" : "function", behind: `${list} ` };
}

/** `const f = () => …` as a function that is declared; `undefined`: it stays a value. */
function declared(
  node: SyntaxNode,
  declarator: SyntaxNode,
  list: SyntaxNode,
  source: Source,
): readonly TextChange[] | Refusal | undefined {
  const name = inField(declarator, "name");
  const binding = name?.type === "identifier" ? source.bindings().at(name) : undefined;
  const whole = list.parent?.type === "export_statement" ? list.parent : list;
  const isAlone = list.children.filter((it) => it.type === "variable_declarator").length === 1;
  const row = whole.parent;
  const isInRow = row && isRow(row) && (row === source.root || (row.parent && isFunction(row.parent)));
  if (!binding || !name || !isAlone || !isInRow || list.type !== "lexical_declaration") return undefined;
  if (!isConstant(binding) || inField(declarator, "type")) return undefined;
  const comment = [...list.children, ...declarator.children].find(isComment);
  if (comment) return refused(`${ID}.comment`, "A comment would have no place.", comment);
  const hidden = isClear(binding, source);
  if (hidden) return hidden;
  if (row === source.root && isSharedScript(source))
    return refused(`${ID}.script`, "All scripts of its page would see it as a member of the page.", name);
  const { ahead, behind } = headOf(node, source);
  const body = inField(node, "body");
  if (!body) return undefined;
  const head = { from: list.from, to: body.from, text: `${ahead} ${binding.name}${behind}` };
  if (body.type === "statement_block") return [head, { from: body.to, to: list.to, text: "" }];
  const indent = indentAt(list.from, source.text);
  const end = statementEnd(source);
  return [
    { ...head, text: head.text + inLines(["{", `${indent}${stepOf(source)}return `], source) },
    { from: body.to, to: list.to, text: inLines([end, `${indent}}`], source) },
  ];
}

function expressed(node: SyntaxNode, source: Source): readonly TextChange[] | Refusal {
  const { ahead, behind } = headOf(node, source);
  const body = inField(node, "body");
  if (!body) return [];
  const bare = textOf(node, source);
  const isBare = inPlaceOf(node, { ...node, type: "function_expression" }, bare) === bare;
  const isBlock = body.type === "statement_block";
  // Nothing can be called, or taken, of an arrow function as it stands.
  if (isBlock && source.rules.goesOn?.test(source.text.slice(node.to).replace(BLANK, "")))
    return refused(`${ID}.semicolon`, "What stands behind it would go on with it.", node);
  const head = `${isBare ? "" : "("}${ahead} ${behind}${isBlock ? "" : "{ return "}`;
  const tail = `${isBlock ? "" : `${statementEnd(source)} }`}${isBare ? "" : ")"}`;
  return [
    { from: node.from, to: body.from, text: head },
    ...(tail === "" ? [] : [{ from: body.to, to: node.to, text: tail }]),
  ];
}
