import { ancestors, inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import type { Call } from "../inlining/rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { AddedParameter, Place, Source } from "../refactoring.ts";
import { namesIn } from "../selection.ts";
import { expressionIn } from "../signature/new-text.ts";
import type { Parameter, ParameterKind, Signature, SignatureRules, Slot } from "../signature/rules.ts";
import { isSteady } from "../steady.ts";
import { BUILT_IN } from "./built-in.ts";
import { effectOf } from "./effects.ts";
import { objects } from "./given-by-name.ts";
import { callThrough } from "./inlining.ts";
import { isShown } from "./places.ts";

/** How parameters are changed in Python. */
export const signature: SignatureRules = {
  signatureOf,
  cannotMove,
  callOf,
  exportedAs: () => undefined,
  isIdle,
  isBuiltIn: (name) => BUILT_IN.has(name),
  written,
  fitted,
  objects,
};

function signatureOf(name: SyntaxNode, source: Source): Signature | Refusal {
  const made = name.parent;
  const list = made && inField(made, "parameters");
  if (made?.type !== "function_definition" || name.field !== "name" || !list)
    return refused("change-signature.kind", `"${textOf(name, source)}" is not declared as a function.`, name);
  const around = made.parent?.parent?.type;
  if (made.parent?.type === "decorated_definition" || around === "class_definition")
    return refused(
      "change-signature.kind",
      "It is decorated, or a method: who calls it is not certain.",
      name,
    );
  const word = textOf(name, source);
  if (/^test|^__/.test(word))
    return refused("change-signature.kind", `"${word}" is called by others than the code here.`, name);
  const signs = {
    behindPlaced: parts(list).find((it) => it.type === "positional_separator"),
    beforeNamed: parts(list).find((it) => it.type === "keyword_separator"),
  };
  return { made, list, parameters: parametersOf(list, made, source), signs };
}

/** A call in a text that is tried out (Python, "doctest"). */
function cannotMove({ made }: Signature, source: Source): Refusal | undefined {
  const name = inField(made, "name");
  const calls = name && [...source.text.matchAll(/^[ \t]*(?:[urbURB]*["']{3})?(?:>>>|\.\.\.)[ \t](.*)$/gm)];
  const isTried = calls?.some(([, line = ""]) =>
    new RegExp(`\\b${textOf(name ?? made, source)}\\s*\\(`).test(line),
  );
  return isTried
    ? refused(
        "change-signature.doctest",
        "A text of the file that is tried out calls it, and would not be changed.",
        name,
      )
    : undefined;
}

function parametersOf(list: SyntaxNode, made: SyntaxNode, source: Source): readonly Parameter[] {
  const all = parts(list);
  const slash = all.findIndex((it) => it.type === "positional_separator");
  const star = all.findIndex((it) => it.type === "keyword_separator" || splatOf(it) === "list_splat_pattern");
  return all.flatMap((node, at) => {
    if (/_separator$/.test(node.type)) return [];
    const splat = splatOf(node);
    const usual: ParameterKind = at < slash ? "placed" : star !== -1 && at > star ? "named" : "either";
    const kind = splat === undefined ? usual : splat === "list_splat_pattern" ? "rest" : "names";
    return [parameterOf(node, kind, made, source)];
  });
}

/** The kind of its stars. */
function splatOf(node: SyntaxNode): string | undefined {
  return [node, ...node.children].find((it) => /^(list|dictionary)_splat_pattern$/.test(it.type))?.type;
}

function parameterOf(node: SyntaxNode, kind: ParameterKind, made: SyntaxNode, source: Source): Parameter {
  const name = [...walk(node, (it) => it.field === "value" || it.field === "type")].find(
    (it) => it.type === "identifier",
  );
  const fallback = inField(node, "value");
  const type = inField(node, "type");
  const isCalled = type !== undefined && [...walk(type)].some((it) => it.type === "call");
  const effect = isCalled ? "acts" : fallback ? effectOf(fallback, source) : "pure";
  const isFixed = effect === "pure" && (!fallback || isSteady(fallback, made, source));
  return { node, name, kind, isOptional: fallback !== undefined, fallback, effect, isSteady: isFixed };
}

/** A text that shows the call would show it otherwise. */
function callOf(callee: SyntaxNode, source: Source): Call | undefined {
  const isSaid = ancestors(callee).some((it) => it.type === "interpolation" && isShown(it, source));
  return isSaid ? undefined : callThrough(callee, source);
}

const IDLE =
  /^(identifier|integer|float|true|false|none|ellipsis|string|string_start|string_content|string_end|escape_sequence|concatenated_string|list|tuple|parenthesized_expression|attribute)$/;

/** Numbers, texts, names, and lists of such: an operator, a key or an index may fail. */
function isIdle(node: SyntaxNode, source: Source): boolean {
  if (!node.isNamed || IDLE.test(node.type)) return parts(node).every((it) => isIdle(it, source));
  const [only, ...more] = parts(node);
  if (node.type === "dictionary" || node.type === "set") return only === undefined;
  return node.type === "unary_operator" && more.length === 0 && /^(integer|float)$/.test(only?.type ?? "");
}

function written(
  added: AddedParameter,
  order: readonly Slot[],
  { made }: Signature,
  place: Place,
): string | Refusal {
  const { name, type, default: value } = added;
  const kind = order.find((it) => "added" in it && it.added === added)?.kind;
  const at = order.findIndex((it) => "added" in it && it.added === added);
  const isBehindDefault =
    kind !== "named" && order.slice(0, at).some((it) => "parameter" in it && it.parameter.isOptional);
  if (type !== undefined && !isTypeThere(type, made, place))
    return refused(
      "change-signature.type",
      `Whether "${type}" can be evaluated where the function is made is not certain.`,
    );
  const said = type === undefined ? name : `${name}: ${type}`;
  if (!isBehindDefault) return said;
  const node = expressionIn(value, place)?.node;
  // A list would be the same one for all calls.
  if (!node || !/^(integer|float|string|true|false|none|unary_operator)$/.test(node.type))
    return refused(
      "change-signature.optional",
      `Behind a parameter with a default "${name}" needs one, and "${value}" would be evaluated once for all calls.`,
    );
  return type === undefined ? `${said}=${value}` : `${said} = ${value}`;
}

/** An annotation is evaluated with the function: it must be of types that Python has, or imported ones. */
function isTypeThere(type: string, made: SyntaxNode, place: Place): boolean {
  const loose = expressionIn(type, place);
  const inside = loose ? [...walk(loose.node)] : [];
  const isPlain = inside.every(
    (it) => !it.isNamed || IDLE.test(it.type) || /^(subscript|binary_operator)$/.test(it.type),
  );
  const isJoined = inside.some((it) => it.type === "binary_operator");
  const isOdd = isJoined && inside.some((it) => /^(string|integer|[+*/%&^@-])$/.test(it.type));
  if (!loose || !isPlain || isOdd) return false;
  const { bindings } = place.source;
  return namesIn(loose.node, loose.source).every((it) => {
    const name = textOf(it.node, loose.source);
    const own = bindings().resolve(name, "value", made.from);
    if (own) return own.kind === "import" && isAbove(own.declarations, made);
    return it.node.field === "value" ? GENERIC.test(name) : BUILT_IN.has(name);
  });
}

/** May be followed by brackets. */
const GENERIC = /^(list|dict|set|frozenset|tuple|type)$/;

/** An import at the top of the file, above the function. */
function isAbove([declaration, ...more]: readonly SyntaxNode[], made: SyntaxNode): boolean {
  const statement = declaration && nearest(declaration, (it) => /^import(_from)?_statement$/.test(it.type));
  const isTop = statement?.parent !== undefined && statement.parent.parent === undefined;
  return isTop && more.length === 0 && statement.to <= made.from;
}

/** Parameters with a default stand behind those without. */
function fitted(order: readonly Slot[]): readonly TextChange[] | Refusal {
  const placed = order.filter((it) => it.kind === "placed" || it.kind === "either");
  const first = placed.findIndex((it) => "parameter" in it && it.parameter.isOptional);
  const late = placed.slice(first).find((it) => "parameter" in it && !it.parameter.isOptional);
  return first !== -1 && late && "parameter" in late
    ? refused(
        "change-signature.optional",
        "A parameter without a default would stand behind one with a default.",
        late.parameter.node,
      )
    : [];
}
