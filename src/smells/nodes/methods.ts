import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { SmellRules } from "../smell-rules.ts";
import { bodyOf, headOf, isOverride } from "./functions.ts";
import { among, type Types } from "./types.ts";

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
        (it) =>
          isMethod(it.type) && bodyOf(it) !== undefined && !isAccessor(it, text) && !isDemanded(it, text),
      );
}

/** Whether a class above, a framework of tests or the language calls it, so that the class has to have it. */
function isDemanded(method: SyntaxNode, text: string): boolean {
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
