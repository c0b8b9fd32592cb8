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
export function headOf(fn: SyntaxNode, text: string): string {
  const body = bodyOf(fn);
  return text.slice(fn.from, body?.from ?? fn.to);
}

/** What a function does, in whichever form; `undefined`: it is declared only. */
export function bodyOf(fn: SyntaxNode): SyntaxNode | undefined {
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
