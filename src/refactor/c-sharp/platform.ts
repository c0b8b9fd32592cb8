import { isPartial } from "../../syntax/scopes/c-sharp-hidden.ts";
import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { isPlainType, isPlatform, written } from "./plain-types.ts";

type TypeOf = (node: SyntaxNode) => string | undefined;

/** What methods of texts give back, for all of their overloads (.NET API, `System.String`). */
const OF_TEXT: Readonly<Record<string, string>> = {
  IndexOf: "int",
  LastIndexOf: "int",
  CompareTo: "int",
  Contains: "bool",
  StartsWith: "bool",
  EndsWith: "bool",
  Substring: "string",
  Trim: "string",
  TrimStart: "string",
  TrimEnd: "string",
  ToLower: "string",
  ToUpper: "string",
  ToLowerInvariant: "string",
  ToUpperInvariant: "string",
  Replace: "string",
  PadLeft: "string",
  PadRight: "string",
  Insert: "string",
  Remove: "string",
  ToCharArray: "char[]",
  Split: "string[]",
};
/** Static methods whose result has one type whatever they are given. */
const STATIC: Readonly<Record<string, string>> = {
  "Math.Sqrt": "double",
  "Math.Pow": "double",
  "Math.Sin": "double",
  "Math.Cos": "double",
  "Math.Log": "double",
  "Math.Exp": "double",
  "int.Parse": "int",
  "long.Parse": "long",
  "double.Parse": "double",
  "bool.Parse": "bool",
  "char.IsDigit": "bool",
  "char.IsLetter": "bool",
  "char.IsWhiteSpace": "bool",
  "string.IsNullOrEmpty": "bool",
  "string.IsNullOrWhiteSpace": "bool",
  "string.Concat": "string",
  "string.Join": "string",
  "string.Format": "string",
};
/** Of those: what has the same result at any time. */
const STEADY = /^(Math\.|char\.|string\.IsNull)/;

/** The type of what a call gives back, of the platform's own methods and of those of the file that are all alike. */
export function resultOf(call: SyntaxNode, source: Source, typeOf: TypeOf): string | undefined {
  const callee = inField(call, "function");
  if (!callee) return undefined;
  if (isNameof(call, source)) return "string";
  if (callee.type === "identifier") return ownResult(callee, source);
  const [object, name] = [inField(callee, "expression"), inField(callee, "name")];
  if (callee.type !== "member_access_expression" || !object || name?.type !== "identifier") return undefined;
  if (object.type === "this_expression") return ownResult(name, source);
  const method = textOf(name, source);
  const known = staticResult(object, method, source);
  if (known) return known;
  const type = typeOf(object);
  if (type === "string") return OF_TEXT[method];
  return method === "ToString" && isPlainType(type) ? "string" : undefined;
}

/** Whether a call is `nameof(…)`. */
export function isNameof(call: SyntaxNode, source: Source): boolean {
  const callee = call.type === "invocation_expression" ? inField(call, "function") : undefined;
  return (
    callee !== undefined && textOf(callee, source) === "nameof" && source.bindings().at(callee) === undefined
  );
}

function staticResult(object: SyntaxNode, method: string, source: Source): string | undefined {
  const name = textOf(object, source);
  return isPlatform(name, source) ? STATIC[`${name}.${method}`] : undefined;
}

/** The result of a method of the class whose overloads all give the same, where nothing else can be meant. */
function ownResult(name: SyntaxNode, source: Source): string | undefined {
  const bindings = source.bindings();
  const binding = bindings.at(name);
  if (binding?.kind !== "function") return undefined;
  const home = binding.scope.node.parent;
  const mayInherit =
    binding.scope.kind === "class" && (!home || inField(home, "bases") !== undefined || isPartial(home));
  if (mayInherit || bindings.opaque.some((it) => it.names?.has(binding.name))) return undefined;
  const types = binding.declarations.map(({ parent }) => parent && inField(parent, "type"));
  const isGeneric = binding.declarations.some(({ parent }) => parent && inField(parent, "type_parameters"));
  const [text, ...others] = types.map((it) => (it ? written(it, source) : ""));
  return !isGeneric && isPlainType(text) && others.every((it) => it === text) ? text : undefined;
}

/** Whether a call has the same result whenever it is evaluated and changes nothing: of texts and numbers. */
export function isPureCall(call: SyntaxNode, source: Source, typeOf: TypeOf): boolean {
  if (isNameof(call, source)) return true;
  const callee = inField(call, "function");
  const [object, name] = callee ? [inField(callee, "expression"), inField(callee, "name")] : [];
  if (!object || name?.type !== "identifier") return false;
  const method = textOf(name, source);
  if (staticResult(object, method, source)) return STEADY.test(`${textOf(object, source)}.${method}`);
  // Others ask for the culture, which may be set.
  const isInvariant =
    /^(Substring|Trim|TrimStart|TrimEnd|ToLowerInvariant|ToUpperInvariant|PadLeft|PadRight|Insert|Remove)$/;
  return typeOf(object) === "string" && isInvariant.test(method);
}
