import { inField, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { indentUnit } from "../../extraction/moved-text.ts";
import { madeOrExtended, parameterFor } from "../../generating.ts";
import { hiddenAround, textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { decoratorIn, has, hasWord, isField, memberName, misreadIn } from "../class-parts.ts";
import { statementEnd } from "../declared.ts";
import { classNameAt } from "../typing/class-interface.ts";
import { behindMember, type NewMember } from "./member-text.ts";

const ID = "generate-constructor";

/** A field without a value, and the parameter that gives it one. */
interface Given {
  readonly field: string;
  readonly parameter: string;
  /** ": string"; empty: none is written. */
  readonly type: string;
}

/** See `GeneratingRules.constructorFor`. */
export function constructorFor(place: Place): readonly TextChange[] | Refusal {
  const { source } = place;
  const name = classNameAt(place);
  const whole = name?.parent;
  const body = whole && inField(whole, "body");
  if (!body) return refused(`${ID}.place`, "There is no name of a class that is declared.");
  const misread = misreadIn(body, source);
  if (misread) return refused(`${ID}.word`, "A name without an end is a word of what follows.", misread);
  const given = givenTo(body, source);
  if ("kind" in given) return given;
  const superCall = superIn(whole, source);
  if (typeof superCall !== "string") return superCall;
  const trouble = secondWay(whole, body, source) ?? madeOrExtended(name, place, () => false, ID);
  if (trouble) return trouble;
  const last = parts(body).findLast(isField);
  return last ? [behindMember([written(given, superCall, source)], last, source)] : [];
}

function givenTo(body: SyntaxNode, source: Source): readonly Given[] | Refusal {
  const members = parts(body);
  if (members.some((it) => !isField(it) && memberName(it, source) === "constructor"))
    return refused(`${ID}.there`, "The class has a constructor.", body);
  const open = members.filter((it) => isField(it) && isOpen(it, source));
  if (open.length === 0)
    return refused(`${ID}.fields`, "Each of its fields has a value, or need not have one.", body);
  const strange = open.map((it) => strangeIn(it, source)).find((it) => it !== undefined);
  if (strange) return strange;
  const given = open.map((it) => {
    const field = memberName(it, source);
    const type = inField(it, "type");
    return { field, parameter: parameterFor(field, source), type: type ? textOf(type, source) : "" };
  });
  const bad = given.find(
    (it) =>
      !source.rules.isName(it.parameter) || given.some((at) => at !== it && at.parameter === it.parameter),
  );
  return bad ? refused(`${ID}.name`, `"${bad.parameter}" cannot be the name of one parameter.`, body) : given;
}

/** Whether somebody has to give it a value: not what belongs to the class, is said to be given elsewhere, or may have none. */
function isOpen(field: SyntaxNode, source: Source): boolean {
  return (
    !inField(field, "value") &&
    !has(field, "?") &&
    !has(field, "!") &&
    !hasWord(field, /^(static|declare|abstract)$/, source)
  );
}

function strangeIn(field: SyntaxNode, source: Source): Refusal | undefined {
  const name = inField(field, "name") ?? inField(field, "property");
  const type = inField(field, "type");
  if (!/property_identifier$/.test(name?.type ?? ""))
    return refused(`${ID}.name`, "A field's name cannot be one of a parameter.", field);
  if (source.language !== "javascript" && !type)
    return refused(`${ID}.type`, `The type of "${memberName(field, source)}" is not written.`, field);
  // A parameter may have the name that `typeof` is about.
  const open = type && [...walk(type)].find((it) => /^(this_type|type_query|this)$/.test(it.type));
  return open && refused(`${ID}.type`, "What a type of a field is depends on where it is asked.", open);
}

/** The call of the constructor above, a statement; empty: there is none. */
function superIn(whole: SyntaxNode, source: Source): string | Refusal {
  const heritage = whole.children.find((it) => it.type === "class_heritage");
  const clause = heritage?.children.find((it) => it.type === "extends_clause") ?? heritage;
  const base = clause && (inField(clause, "value") ?? (clause === heritage ? parts(clause)[0] : undefined));
  if (!base || base.type === "implements_clause") return "";
  const above = source.bindings().at(base)?.declarations[0]?.parent;
  const body = above && inField(above, "body");
  const isRoot = above?.children.every((it) => it.type !== "class_heritage");
  const made = body && parts(body).find((it) => !isField(it) && memberName(it, source) === "constructor");
  const parameters = made && inField(made, "parameters");
  const isPlain =
    base.type === "identifier" && isRoot && body && (!parameters || parts(parameters).length === 0);
  return isPlain
    ? `super()${statementEnd(source)}`
    : refused(`${ID}.super`, "What the class above is made with is not certain.", base);
}

/** A way by which objects are made that the class's name does not show. */
function secondWay(whole: SyntaxNode, body: SyntaxNode, source: Source): Refusal | undefined {
  const decorator = decoratorIn(whole);
  if (decorator)
    return refused(`${ID}.decorator`, "What a decorator does with the class is not known.", decorator);
  const own = [...walk(body)].find(
    (it) =>
      (it.type === "property_identifier" && textOf(it, source) === "constructor") ||
      it.type === "meta_property" ||
      (it.type === "this" && it.field !== "object"),
  );
  return own
    ? refused(`${ID}.used`, "The class may make objects of its own.", own)
    : hiddenAround(whole, source);
}

function written(given: readonly Given[], superCall: string, source: Source): NewMember {
  const unit = indentUnit(source.text, "  ");
  const parameters = given.map((it) => it.parameter + it.type).join(", ");
  const assigned = given.map((it) => `this.${it.field} = ${it.parameter}${statementEnd(source)}`);
  const lines = [...(superCall ? [superCall] : []), ...assigned];
  return [`constructor(${parameters}) {`, ...lines.map((it) => unit + it), "}"];
}
