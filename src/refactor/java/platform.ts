import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { ifPlatform, isPrimitive } from "./plain-types.ts";

type TypeOf = (node: SyntaxNode) => string | undefined;

/** What methods of texts give back, for all of their overloads (Java SE API, `java.lang.String`). */
const OF_TEXT: Readonly<Record<string, string>> = {
  length: "int",
  charAt: "char",
  codePointAt: "int",
  indexOf: "int",
  lastIndexOf: "int",
  compareTo: "int",
  compareToIgnoreCase: "int",
  isEmpty: "boolean",
  isBlank: "boolean",
  contains: "boolean",
  startsWith: "boolean",
  endsWith: "boolean",
  equals: "boolean",
  equalsIgnoreCase: "boolean",
  matches: "boolean",
  substring: "String",
  trim: "String",
  strip: "String",
  toLowerCase: "String",
  toUpperCase: "String",
  concat: "String",
  replace: "String",
  replaceAll: "String",
  replaceFirst: "String",
  repeat: "String",
  intern: "String",
  toCharArray: "char[]",
  split: "String[]",
};
/** Static methods whose result has one type whatever they are given. */
const STATIC: Readonly<Record<string, string>> = {
  "Math.sqrt": "double",
  "Math.pow": "double",
  "Math.floor": "double",
  "Math.ceil": "double",
  "Math.sin": "double",
  "Math.cos": "double",
  "Math.log": "double",
  "Math.exp": "double",
  "Math.random": "double",
  "Integer.parseInt": "int",
  "Long.parseLong": "long",
  "Double.parseDouble": "double",
  "Boolean.parseBoolean": "boolean",
  "Character.isDigit": "boolean",
  "Character.isLetter": "boolean",
  "Character.isWhitespace": "boolean",
  "String.valueOf": "String",
  "String.format": "String",
  "String.join": "String",
  "Integer.toString": "String",
  "Integer.toHexString": "String",
  "Arrays.toString": "String",
  "System.currentTimeMillis": "long",
  "System.nanoTime": "long",
};
/** Of those and of texts: methods that may not be evaluated at another time. */
const CHANGING = /^(System\.|Math\.random|Arrays\.)/;
/** What collections, and maps, tell of themselves; their methods have no parameters of types. */
const OF_COLLECTION: Readonly<Record<string, string>> = {
  size: "int",
  isEmpty: "boolean",
  contains: "boolean",
  containsKey: "boolean",
  containsValue: "boolean",
  indexOf: "int",
};
const COLLECTION =
  /^(List|ArrayList|LinkedList|Set|HashSet|TreeSet|LinkedHashSet|Map|HashMap|TreeMap|LinkedHashMap|Collection|Deque|ArrayDeque|Queue|PriorityQueue)(<.*>)?$/s;

/** The type of what a call gives back, of the platform's own methods and of those of the file that are all alike. */
export function resultOf(call: SyntaxNode, source: Source, typeOf: TypeOf): string | undefined {
  const [object, name] = [inField(call, "object"), inField(call, "name")];
  if (!name || inField(call, "type_arguments")) return undefined;
  const method = textOf(name, source);
  if (!object || object.type === "this") return ownResult(name, call, source);
  if (call.children.some((it) => it.type === "super")) return undefined;
  const known = staticResult(object, method, source);
  if (known) return known;
  const type = typeOf(object);
  if (type === "String") return OF_TEXT[method];
  const [args] = parts(call).filter((it) => it.type === "argument_list");
  if (method === "toString" && args && parts(args).length === 0 && type !== undefined)
    return ifPlatform("String", source);
  return type !== undefined && COLLECTION.test(type) && !isOfFile(type, source)
    ? OF_COLLECTION[method]
    : undefined;
}

/** Whether the file has a class of that name itself. */
function isOfFile(type: string, source: Source): boolean {
  const name = type.replace(/<.*$/s, "");
  return source.bindings().all.some((it) => it.name === name && it.kind === "class");
}

function staticResult(object: SyntaxNode, method: string, source: Source): string | undefined {
  const name = textOf(object, source);
  const isPlatform = object.type === "identifier" && ifPlatformClass(object, source);
  return isPlatform ? STATIC[`${name}.${method}`] : undefined;
}

/** `Math`, as long as nothing in the file is called so; `Arrays` is imported. */
function ifPlatformClass(node: SyntaxNode, source: Source): boolean {
  const binding = source.bindings().at(node);
  return binding === undefined || (binding.kind === "import" && textOf(node, source) === "Arrays");
}

/** The result of a method of the class whose overloads all give the same, where nothing else can be meant. */
function ownResult(name: SyntaxNode, call: SyntaxNode, source: Source): string | undefined {
  const binding = source.bindings().at(name);
  const home = binding?.scope.node.parent;
  if (binding?.kind !== "function" || !home) return undefined;
  const mayInherit = home.children.some((it) =>
    /^(superclass|super_interfaces|extends_interfaces)$/.test(it.type),
  );
  const isDoubtful = mayInherit || source.bindings().opaque.some((it) => it.names?.has(binding.name));
  if (isDoubtful || home.type === "object_creation_expression") return undefined;
  const methods = binding.declarations.map((it) => it.parent);
  if (methods.some((it) => it === undefined || inField(it, "type_parameters"))) return undefined;
  const types = methods.map((it) => it && inField(it, "type"));
  const texts = types.map((it) => (it ? textOf(it, source) : "void"));
  const [first, text] = [types[0], texts[0]];
  if (!first || text === undefined || text === "void" || !texts.every((it) => it === text)) return undefined;
  return isPrimitive(text) || isSameType(first, call, source) ? text : undefined;
}

/** Whether a plain type means the same where the call stands. */
function isSameType(type: SyntaxNode, call: SyntaxNode, source: Source): boolean {
  if (type.type !== "type_identifier") return false;
  const bindings = source.bindings();
  return bindings.resolve(textOf(type, source), "type", call.from) === bindings.at(type);
}

/** Whether a call has the same result whenever it is evaluated and changes nothing: of texts and numbers. */
export function isPureCall(call: SyntaxNode, source: Source, typeOf: TypeOf): boolean {
  const [object, name] = [inField(call, "object"), inField(call, "name")];
  if (!object || !name) return false;
  const method = textOf(name, source);
  const isStatic = staticResult(object, method, source) !== undefined;
  const path = `${textOf(object, source)}.${method}`;
  // A formatted object is asked for its text.
  if (isStatic) return !CHANGING.test(path) && !/^String\./.test(path);
  return (
    typeOf(object) === "String" && OF_TEXT[method] !== undefined && !/^(toCharArray|split)$/.test(method)
  );
}
