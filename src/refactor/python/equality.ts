import { ancestors, inField, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { indentAt, indentUnit, lineEnd } from "../extraction/moved-text.ts";
import { type Equality, madeOrExtended } from "../generating.ts";
import { hiddenAround, textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { wordAt } from "../selection.ts";

const ID = "generate-equality";

/** The fields that objects are given when they are made. */
interface Fields {
  readonly names: readonly string[];
  readonly self: string;
  /** Whether `__init__` says types. */
  readonly isTyped: boolean;
  /** Why they may change, or cannot be hashed; `undefined`: neither. */
  readonly changing: string | undefined;
}

/** `__eq__`, and `__hash__` where the fields keep their values, see `GeneratingRules.equality`. */
export function equality(place: Place): Equality | Refusal {
  const { source } = place;
  const name = wordAt(place);
  const whole = name?.parent;
  const body =
    whole?.type === "class_definition" && name?.field === "name" ? inField(whole, "body") : undefined;
  if (!name || !whole || !body)
    return refused(`${ID}.place`, "There is no name of a class that is declared.");
  const unfit = unfitFor(name, whole, body, source);
  if (unfit) return unfit;
  const fields = fieldsOf(body, source);
  if ("kind" in fields) return fields;
  const met = [...walk(body)].find((it) => isMet(it, source));
  if (met)
    return refused(`${ID}.used`, "What is done with an object there may ask what it is equal to.", met);
  const trouble =
    hiddenAround(whole, source) ??
    madeOrExtended(name, place, (it) => ancestors(it).some((at) => at.type === "type"), ID);
  if (trouble) return trouble;
  const warnings =
    fields.changing === undefined
      ? []
      : [`Its objects can no longer be keys, or in sets: ${fields.changing}.`];
  return { changes: [written(textOf(name, source), body, fields, source)], warnings };
}

function unfitFor(
  name: SyntaxNode,
  whole: SyntaxNode,
  body: SyntaxNode,
  source: Source,
): Refusal | undefined {
  const bases = inField(whole, "superclasses");
  if (whole.parent?.type === "decorated_definition")
    return refused(`${ID}.decorator`, "What a decorator does with the class is not known.", whole.parent);
  if (bases && !/^\(\s*(object)?\s*,?\s*\)$/.test(textOf(bases, source)))
    return refused(`${ID}.super`, "By what the class above makes objects equal is not looked at.", bases);
  const text = textOf(body, source);
  const there =
    /\b__(eq|ne|hash|lt|le|gt|ge|new|getattr|getattribute|setattr|init_subclass|class_getitem)__\b/.exec(
      text,
    );
  if (there) return refused(`${ID}.there`, `The class has "${there[0]}".`, body);
  const own = /\bcls\b|\b__class__\b|\btype\s*\(|@(staticmethod|classmethod)\b/.exec(text);
  if (own) return refused(`${ID}.used`, "The class may make objects of its own.", body);
  // Within a class its name is known to none of its functions; two signs before it are the class's own.
  const around = ancestors(whole).find((it) => /^(class|function)_definition$/.test(it.type));
  if (around?.type === "class_definition" || textOf(name, source).startsWith("__"))
    return refused(`${ID}.name`, "Its functions do not know the class by its name.", name);
  const other = source
    .bindings()
    .all.find((it) => /^(NotImplemented|isinstance|hash|object|bool|int)$/.test(it.name));
  return (
    other && refused(`${ID}.name`, `"${other.name}" means something else in the file.`, other.declarations[0])
  );
}

/** `self in all`, `all[self]`, `all.add(self)`, and what keeps results by the object that a method is called on. */
function isMet(node: SyntaxNode, source: Source): boolean {
  if (node.type === "decorator") return /\bcache\b|_cache\b/.test(textOf(node, source));
  const binding = node.type === "identifier" ? source.bindings().at(node) : undefined;
  const list = binding?.declarations[0]?.parent;
  const isSelf = list?.type === "parameters" && parts(list)[0] === binding?.declarations[0];
  const call = node.parent?.type === "argument_list" ? node.parent.parent : undefined;
  const callee = call && inField(call, "function");
  const isAsked =
    callee !== undefined && /^(print|str|repr|len|iter|format|isinstance)$/.test(textOf(callee, source));
  return isSelf && !isAsked && MEETING.test(node.parent?.type ?? "");
}

const MEETING =
  /^(argument_list|comparison_operator|subscript|pair|set|list|tuple|expression_list|keyword_argument|assignment)$/;

function fieldsOf(body: SyntaxNode, source: Source): Fields | Refusal {
  const maker = parts(body).find((it) => isNamed(it, "__init__", source));
  const list = maker && inField(maker, "parameters");
  const block = maker && inField(maker, "body");
  const self = list && parts(list)[0];
  if (!maker || !block || self?.type !== "identifier")
    return refused(`${ID}.fields`, "Its objects are given no fields when they are made.", body);
  const own = textOf(self, source);
  const isField = (it: SyntaxNode | undefined) =>
    it?.type === "attribute" && textOf(inField(it, "object") ?? it, source) === own;
  const given = parts(block).flatMap((it) => {
    const assignment = it.type === "expression_statement" ? parts(it)[0] : undefined;
    const left = assignment?.type === "assignment" ? inField(assignment, "left") : undefined;
    return left && isField(left) ? [left] : [];
  });
  const all = attributesGiven(source);
  const names = [...new Set(given.map((it) => attributeOf(it, source)))];
  if (names.length === 0)
    return refused(`${ID}.fields`, "Its objects are given no fields when they are made.", body);
  const late = all.find(
    (it) => body.from <= it.from && it.to <= body.to && !names.includes(attributeOf(it, source)),
  );
  if (late)
    return refused(`${ID}.fields`, "Not all objects have the field that is given a value there.", late);
  const ends = [...walk(block, (it) => it.type === "function_definition")].find(
    (it) => it.type === "return_statement",
  );
  if (ends) return refused(`${ID}.fields`, "What ends there may leave fields without a value.", ends);
  const open = /\b(setattr|__dict__|vars)\b/.exec(textOf(body, source));
  if (open)
    return refused(
      `${ID}.fields`,
      `By "${open[0]}" its objects may have fields that are not to be seen.`,
      body,
    );
  const again = all.find((it) => names.includes(attributeOf(it, source)) && !given.includes(it));
  const twice = given.length > names.length;
  const filled = /\b(setattr|delattr|__dict__|vars)\b/.test(source.text);
  const loose = given.find((it) => isOpen(it, source));
  const changing =
    again || twice || filled
      ? "a field may change"
      : loose && `"${attributeOf(loose, source)}" may be one that changes`;
  const isTyped = /->|:/.test(source.text.slice(list?.from ?? 0, block.from).replace(/:\s*$/, ""));
  return { names, self: own, isTyped, changing };
}

function isNamed(member: SyntaxNode, name: string, source: Source): boolean {
  const own = member.type === "function_definition" ? inField(member, "name") : undefined;
  return own !== undefined && textOf(own, source) === name;
}

function attributeOf(node: SyntaxNode, source: Source): string {
  return textOf(inField(node, "attribute") ?? node, source);
}

/** Attributes that are given a value, or taken away, anywhere in the file. */
function attributesGiven(source: Source): readonly SyntaxNode[] {
  return [...walk(source.root)].filter((it) => {
    if (it.type !== "attribute") return false;
    for (let at: SyntaxNode = it; at.parent; at = at.parent) {
      if (
        /^(left|alias)$/.test(at.field ?? "") &&
        /^(assignment|augmented_assignment|for_statement|for_in_clause|as_pattern)$/.test(at.parent.type)
      )
        return true;
      if (/^(delete_statement|as_pattern_target)$/.test(at.parent.type)) return true;
      if (
        !/^(pattern_list|tuple_pattern|list_pattern|list_splat_pattern|expression_list|tuple|list|list_splat)$/.test(
          at.parent.type,
        )
      )
        return false;
    }
    return false;
  });
}

/** Whether what it is given may be a list, or something else that can be changed in place: only what is said to be none, is none. */
function isOpen(target: SyntaxNode, source: Source): boolean {
  const assignment = target.parent;
  const value = assignment && inField(assignment, "right");
  const type = assignment && inField(assignment, "type");
  const said = type ?? typeOfParameter(value, source);
  if (said) return !FIXED.test(textOf(said, source));
  return !/^(string|integer|float|true|false|none|concatenated_string)$/.test(value?.type ?? "");
}

/** Types whose values never change, and choices of them. */
const FIXED =
  /^\s*((int|float|complex|str|bytes|bool|None|date|datetime|time|timedelta|Decimal|Fraction|UUID)\s*(\|\s*(?=\w)|$))+\s*$/;

function typeOfParameter(value: SyntaxNode | undefined, source: Source): SyntaxNode | undefined {
  const binding = value?.type === "identifier" ? source.bindings().at(value) : undefined;
  const [declaration, ...more] = binding?.declarations ?? [];
  const holder = declaration?.parent;
  const isOther = more.length > 0 || !binding?.references.every((it) => it.access === "read");
  if (binding?.kind !== "parameter" || isOther || !holder) return undefined;
  return /^typed_(default_)?parameter$/.test(holder.type) ? inField(holder, "type") : undefined;
}

function written(name: string, body: SyntaxNode, fields: Fields, source: Source) {
  const { text } = source;
  const { names, self, isTyped, changing } = fields;
  const last = body.children.at(-1) ?? body;
  const [end, unit] = [lineEnd(text), indentUnit(text, "    ")];
  const indent = indentAt(parts(body)[0]?.from ?? body.from, text);
  const other = names.includes("other") || self === "other" ? "another" : "other";
  const listed = (of: string) => {
    const all = names.map((it) => `${of}.${it}`);
    return all.length === 1 ? (all[0] ?? "") : `(${all.join(", ")})`;
  };
  const [hint, returned, hashed] = isTyped ? [": object", " -> bool", " -> int"] : ["", "", ""];
  const equal = [
    `def __eq__(${self}, ${other}${hint})${returned}:`,
    `${unit}if not isinstance(${other}, ${name}):`,
    `${unit}${unit}return NotImplemented`,
    `${unit}return ${listed(self)} == ${listed(other)}`,
  ];
  const one = names.length === 1 ? `(${self}.${names[0]},)` : listed(self);
  const hash = [`def __hash__(${self})${hashed}:`, `${unit}return hash(${one})`];
  const lines = changing === undefined ? [...equal, "", ...hash] : equal;
  const at = last.to;
  return {
    from: at,
    to: at,
    text: end + end + lines.map((it) => (it === "" ? it : indent + it)).join(end),
  };
}
