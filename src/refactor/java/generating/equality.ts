import { inField, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { indentAt, indentUnit, lineEnd } from "../../extraction/moved-text.ts";
import type { Equality } from "../../generating.ts";
import { hiddenAround, textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { wordAt } from "../../selection.ts";
import { withImport } from "./imported-class.ts";
import { madeAnywhere } from "./made.ts";

const ID = "generate-equality";
/** Columns that a line with all comparisons may have. */
const WIDTH = 100;

/** `equals` and `hashCode`, see `GeneratingRules.equality`. */
export function equality(place: Place): Equality | Refusal {
  const { source } = place;
  const name = wordAt(place);
  const whole = name?.parent;
  const body =
    whole?.type === "class_declaration" && name?.field === "name" ? inField(whole, "body") : undefined;
  if (!name || !whole || !body)
    return refused(`${ID}.place`, "There is no name of a class that is declared.");
  const fields = fieldsOf(body, source);
  if ("kind" in fields) return fields;
  const trouble =
    unfitFor(whole, body, source) ?? hiddenAround(whole, source) ?? madeAnywhere(name, whole, place, ID);
  if (trouble) return trouble;
  const objects = withImport("java.util.Objects", source);
  const changes = [...objects.changes, written(whole, body, fields, objects.name, source)];
  return { changes, warnings: [] };
}

/** The names of the fields that objects have. */
function fieldsOf(body: SyntaxNode, source: Source): readonly string[] | Refusal {
  const own = parts(body).filter((it) => it.type === "field_declaration" && !hasWord(it, "static"));
  const strange = own.find(
    (it) => hasWord(it, "transient") || [...walk(it, isValue)].some((at) => at.type === "dimensions"),
  );
  if (strange)
    return refused(`${ID}.field`, "Whether, or by what, its value counts is not certain.", strange);
  const names = own
    .flatMap((it) => parts(it).filter((at) => at.type === "variable_declarator"))
    .map((it) => textOf(inField(it, "name") ?? it, source));
  return names.length === 0 ? refused(`${ID}.fields`, "Its objects have no fields.", body) : names;
}

function isValue({ field }: SyntaxNode): boolean {
  return field === "value";
}

function hasWord(member: SyntaxNode, word: string): boolean {
  return member.children.some((it) => it.type === "modifiers" && it.children.some((at) => at.type === word));
}

/** Annotations that only the compiler, or a reader, looks at. */
const PLAIN = /^(Override|SuppressWarnings|Deprecated|SafeVarargs|Serial|Nullable|NonNull|NotNull)$/;

function unfitFor(whole: SyntaxNode, body: SyntaxNode, source: Source): Refusal | undefined {
  const there = parts(body).find(
    (it) =>
      it.type === "method_declaration" &&
      /^(equals|hashCode)$/.test(textOf(inField(it, "name") ?? it, source)),
  );
  if (there) return refused(`${ID}.there`, "The class says what makes its objects equal.", there);
  const above = whole.children.find((it) => it.type === "superclass");
  if (above)
    return refused(`${ID}.super`, "By what the class above makes objects equal is not looked at.", above);
  const told = [...walk(whole)].find(
    (it) =>
      /annotation$/.test(it.type) &&
      !PLAIN.test(textOf(inField(it, "name") ?? it, source).replace(/^.*\./, "")),
  );
  if (told) return refused(`${ID}.annotation`, "What an annotation does with the class is not known.", told);
  const other = [...walk(source.root)].find(
    (it) =>
      /^(class|record|enum|interface|annotation_type)_declaration$|^type_parameter$/.test(it.type) &&
      /^(Object|Override)$/.test(textOf(inField(it, "name") ?? parts(it)[0] ?? it, source)),
  );
  const hiding = source.bindings().all.find((it) => it.name === "java");
  if (hiding) return refused(`${ID}.name`, "A name hides the platform's packages.", hiding.declarations[0]);
  return other && refused(`${ID}.name`, "A name of the language means something else in the file.", other);
}

function written(
  whole: SyntaxNode,
  body: SyntaxNode,
  fields: readonly string[],
  objects: string,
  source: Source,
) {
  const { text } = source;
  const [end, outer, unit] = [lineEnd(text), indentAt(whole.from, text), indentUnit(text, "    ")];
  const [other, that] = [free(["other", "object", "it"], fields), free(["that", "another", "its"], fields)];
  const parameters = inField(whole, "type_parameters");
  const open = parameters
    ? `<${parts(parameters)
        .map(() => "?")
        .join(", ")}>`
    : "";
  const type = textOf(inField(whole, "name") ?? whole, source) + open;
  const compared = fields.map((it) => `${objects}.equals(${it}, ${that}.${it})`);
  const inOne = `return ${compared.join(" && ")};`;
  const isShort = outer.length + unit.length * 2 + inOne.length <= WIDTH;
  const returned = isShort ? [inOne] : `return ${compared.join(`\n${unit}${unit}&& `)};`.split("\n");
  const lines = [
    "@Override",
    `public boolean equals(Object ${other}) {`,
    `${unit}if (this == ${other}) {`,
    `${unit}${unit}return true;`,
    `${unit}}`,
    `${unit}if (${other} == null || getClass() != ${other}.getClass()) {`,
    `${unit}${unit}return false;`,
    `${unit}}`,
    `${unit}${type} ${that} = (${type}) ${other};`,
    ...returned.map((it) => unit + it),
    "}",
    "",
    "@Override",
    "public int hashCode() {",
    `${unit}return ${objects}.hash(${fields.join(", ")});`,
    "}",
  ].map((it) => (it === "" ? it : outer + unit + it));
  const last = body.children.findLast((it) => it.isNamed);
  const from = last?.to ?? body.from + 1;
  const close = body.to - 1;
  return { from, to: close, text: `${end}${end}${lines.join(end)}${end}${outer}` };
}

/** The first name that no field has. */
function free(names: readonly string[], fields: readonly string[]): string {
  return names.find((it) => !fields.includes(it)) ?? `${names[0]}2`;
}
