import { ancestors, inField, isComment, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { indentAt, indentUnit, lineEnd } from "../extraction/moved-text.ts";
import { madeOrExtended, parameterFor } from "../generating.ts";
import { hiddenAround, textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { namesIn, wordAt } from "../selection.ts";

const ID = "generate-constructor";

/** An annotated name of a class without a value, and the parameter that gives it one. */
interface Given {
  readonly field: string;
  readonly parameter: string;
  readonly type: SyntaxNode;
}

/** `__init__`, see `GeneratingRules.constructorFor`. */
export function constructorFor(place: Place): readonly TextChange[] | Refusal {
  const { source } = place;
  const name = wordAt(place);
  const whole = name?.parent;
  const body =
    whole?.type === "class_definition" && name?.field === "name" ? inField(whole, "body") : undefined;
  if (!name || !whole || !body)
    return refused(`${ID}.place`, "There is no name of a class that is declared.");
  const given = givenTo(body, source);
  if ("kind" in given) return given;
  const trouble =
    otherMaker(whole, body, source) ??
    hiddenAround(whole, source) ??
    madeOrExtended(name, place, (it) => ancestors(it).some((at) => at.type === "type"), ID);
  return trouble ?? changesFor(given, body, source);
}

function givenTo(body: SyntaxNode, source: Source): readonly Given[] | Refusal {
  const annotated = parts(body).flatMap((it) => {
    const assignment = it.type === "expression_statement" ? parts(it)[0] : undefined;
    const [field, type] = assignment ? [inField(assignment, "left"), inField(assignment, "type")] : [];
    const isOpen = assignment?.type === "assignment" && !inField(assignment, "right");
    return isOpen && field?.type === "identifier" && type && !/\bClassVar\b/.test(textOf(type, source))
      ? [{ field: textOf(field, source), parameter: parameterFor(textOf(field, source), source), type }]
      : [];
  });
  if (annotated.length === 0) return refused(`${ID}.fields`, "Each of its fields has a value.", body);
  const bad = annotated.find(
    (it) => it.parameter === "self" || annotated.some((at) => at !== it && at.parameter === it.parameter),
  );
  if (bad) return refused(`${ID}.name`, `"${bad.parameter}" cannot be the name of one parameter.`, bad.type);
  const strange = annotated.find((it) => isStrange(it.type, body, source));
  return strange
    ? refused(
        `${ID}.type`,
        `The annotation of "${strange.field}" may mean something else in a function.`,
        strange.type,
      )
    : annotated;
}

/** What runs, or is named after something of the class, would be evaluated once more, and later; `Final` is for the class alone. */
function isStrange(type: SyntaxNode, body: SyntaxNode, source: Source): boolean {
  const scope = source.bindings().scopeAt(body.from);
  return (
    /\b(Final|InitVar|KW_ONLY)\b/.test(textOf(type, source)) ||
    [...walk(type)].some((it) => /^(call|named_expression|await|yield|lambda)$/.test(it.type)) ||
    namesIn(type, source).some((it) => it.binding?.scope === scope && scope.kind === "class")
  );
}

/** Who makes the objects of the class, or its `__init__`, besides. */
function otherMaker(whole: SyntaxNode, body: SyntaxNode, source: Source): Refusal | undefined {
  const bases = inField(whole, "superclasses");
  if (whole.parent?.type === "decorated_definition")
    return refused(`${ID}.decorator`, "What a decorator does with the class is not known.", whole.parent);
  if (bases && !/^\(\s*(object)?\s*,?\s*\)$/.test(textOf(bases, source)))
    return refused(`${ID}.super`, "What the class above is made with is not certain.", bases);
  const text = textOf(body, source);
  const there = /\b(__init__|__new__|__class_getitem__|__init_subclass__)\b/.exec(text);
  if (there) return refused(`${ID}.there`, `The class has "${there[1]}".`, body);
  const own = /\bcls\b|\b__class__\b|\btype\s*\(|@(staticmethod|classmethod)\b/.exec(text);
  return own ? refused(`${ID}.used`, "The class may make objects of its own.", body) : undefined;
}

function changesFor(
  given: readonly Given[],
  body: SyntaxNode,
  source: Source,
): readonly TextChange[] | Refusal {
  const { text } = source;
  const statements = parts(body);
  const first = statements.findIndex((it) => /^(function|decorated|class)_definition$/.test(it.type));
  const last = first === -1 ? statements.at(-1) : statements[first - 1];
  const isAll = last && given.every((it) => it.type.from < last.to);
  if (!isAll) return refused(`${ID}.place`, "Its fields stand behind functions.", body);
  const [end, indent, unit] = [lineEnd(text), indentAt(last.from, text), indentUnit(text, "    ")];
  const stop = text.indexOf("\n", last.to);
  const line = text.slice(last.to, stop === -1 ? text.length : stop);
  if (
    !/^\s*(#.*)?$/.test(line.trimEnd()) ||
    text.slice(text.lastIndexOf("\n", last.from - 1) + 1, last.from).trim() !== ""
  )
    return refused(`${ID}.line`, "More stands in the line of the last field.", last);
  const parameters = given.map((it) => `${it.parameter}: ${textOf(it.type, source)}`);
  const head = `${indent}def __init__(self, ${parameters.join(", ")}) -> None:`;
  const lines = given.map((it) => `${indent}${unit}self.${it.field} = ${it.parameter}`);
  const at = last.to + line.trimEnd().length;
  return [{ from: at, to: at, text: end + end + [head, ...lines].join(end) + gapBehind(at, body, text) }];
}

/** A line between the constructor and what follows close behind it. */
function gapBehind(at: number, body: SyntaxNode, text: string): string {
  const next = body.children.find((it) => (it.isNamed || isComment(it)) && it.from >= at);
  const isClose = next && (text.slice(at, next.from).match(/\n/g) ?? []).length < 2;
  return isClose ? lineEnd(text) : "";
}
