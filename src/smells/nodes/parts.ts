import { allInField, inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { SmellRules } from "../smell-rules.ts";
import { among, type Types } from "./types.ts";

/** `SmellRules.parameters`: those of such types in the list of a function; where one node declares several names, each counts. */
export function parametersIn(
  types: Types,
  listOf: (fn: SyntaxNode) => SyntaxNode | undefined = (fn) => inField(fn, "parameters"),
): NonNullable<SmellRules["parameters"]> {
  const isParameter = among(types);
  return (fn) =>
    parts(listOf(fn) ?? fn)
      .filter((it) => isParameter(it.type))
      .flatMap((it) => {
        const names = allInField(it, "name");
        return names.length > 1 ? names : [it];
      });
}

/** What is written of a function before its body. */
function headOf(fn: SyntaxNode, text: string): string {
  const body = bodyOf(fn);
  return text.slice(fn.from, body?.from ?? fn.to);
}

function bodyOf(fn: SyntaxNode): SyntaxNode | undefined {
  return inField(fn, "body") ?? fn.children.find((it) => /body|block/.test(it.type));
}

/** Whether it says that it takes the place of another one. */
export function isOverride(fn: SyntaxNode, text: string): boolean {
  return /@Override\b|\boverride\b/.test(headOf(fn, text));
}

/** Whether a function is handed on where it is written: whoever takes it chose its parameters. */
export function isHandedOn({ parent }: SyntaxNode): boolean {
  return /^(value_)?arguments?(_list)?$/.test(parent?.type ?? "");
}

/** What methods a class has, by types. */
export interface MethodNodes {
  readonly members: Types;
  readonly methods: Types;
}

/** `SmellRules.methods`: those with a body that the class did not have to have, and that do more than give or take one member. */
export function methodsIn({ members, methods }: MethodNodes): NonNullable<SmellRules["methods"]> {
  const [isMembers, isMethod] = [among(members), among(methods)];
  return (type, text) =>
    type.children
      .filter((it) => isMembers(it.type))
      .flatMap(parts)
      .filter(
        (it) => isMethod(it.type) && bodyOf(it) !== undefined && !isAccessor(it, text) && !isAsked(it, text),
      );
}

function isAsked(method: SyntaxNode, text: string): boolean {
  const name = nameIn(method, text);
  return (
    isOverride(method, text) ||
    /^test|^__/.test(name) ||
    /[@[](Test|ParameterizedTest|Fact|Theory)\b/.test(headOf(method, text))
  );
}

function isAccessor(method: SyntaxNode, text: string): boolean {
  const body = bodyOf(method);
  return (
    /^(get|set|is|has)[A-Z_]/.test(nameIn(method, text)) && body !== undefined && parts(body).length <= 1
  );
}

function nameIn(method: SyntaxNode, text: string): string {
  const name = inField(method, "name");
  return name ? text.slice(name.from, name.to) : "";
}

/** A name that is called by itself, in a field of the call. */
export function plainCallee(
  call: Types,
  field: string,
  name: Types = "identifier",
): NonNullable<SmellRules["calleeOf"]> {
  const [isCall, isName] = [among(call), among(name)];
  return (node) => {
    const callee = isCall(node.type) ? inField(node, field) : undefined;
    return isName(callee?.type) ? callee : undefined;
  };
}
