import { isComment, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { isLogical } from "../operators.ts";
import type { Role, SmellRules } from "../smell-rules.ts";
import { among, type Types } from "./types.ts";

/** What nodes do, by their types. */
export interface RoleNodes {
  readonly roles: Readonly<Partial<Record<Role, Types>>>;
  /** What a node does where its type does not tell, asked first; "none": nothing. */
  readonly special?: (node: SyntaxNode, text: string) => Role | "none" | undefined;
  /** Operations with two operands, the logical ones among them. */
  readonly operations: Types;
  /** What stands deeper than the condition, loop or switch that it is a child of; names of fields, too. */
  readonly nested: Types;
}

/** `SmellRules.roleOf` and `isNested` by types. An else is a node of its own, or what stands behind the word in a condition. */
export function rolesBy(nodes: RoleNodes): Pick<SmellRules, "roleOf" | "isNested" | "isAlternative"> {
  const byType = new Map(
    (Object.entries(nodes.roles) as [Role, Types][]).flatMap(([role, types]) =>
      types.split(" ").map((it) => [it, role] as const),
    ),
  );
  const [isOperation, isNested, isIf] = [among(nodes.operations), among(nodes.nested), among(nodes.roles.if)];
  const isAlternative = alternativesBy(nodes.roles);
  return {
    isAlternative,
    isNested: (node) => (isNested(node.type) || isNested(node.field)) && !isAlternative(node),
    roleOf(node, text) {
      if (!node.isNamed) return undefined;
      const role = ownRole(node, text);
      if (role === "if") return isElse(node) ? "else-if" : "if";
      if (role === "else") return holdsIf(node) ? undefined : "else";
      return role ?? (isAlternative(node) ? "else" : undefined);
    },
  };

  function ownRole(node: SyntaxNode, text: string): Role | undefined {
    const asked = nodes.special?.(node, text);
    if (asked) return asked === "none" ? undefined : asked;
    if (isOperation(node.type)) return isLogical(node, text) ? "logical" : undefined;
    return byType.get(node.type);
  }

  function isElse(node: SyntaxNode): boolean {
    const { parent } = node;
    if (isAlternative(node)) return true;
    return parent !== undefined && byType.get(parent.type) === "else" && holdsIf(parent);
  }

  /** An else that is just a condition. */
  function holdsIf(node: SyntaxNode): boolean {
    const [only, ...more] = parts(node);
    return only !== undefined && more.length === 0 && isIf(only.type);
  }
}

/** `SmellRules.isAlternative` by types. */
function alternativesBy(roles: RoleNodes["roles"]): NonNullable<SmellRules["isAlternative"]> {
  const isIf = among(roles.if);
  const isClause = among(`${roles.else ?? ""} ${roles["else-if"] ?? ""}`);
  const ends = new WeakMap<SyntaxNode, number>();
  return (node) => {
    const { field, parent, from, isNamed } = node;
    if (!parent || !isNamed || !isIf(parent.type) || isComment(node) || isClause(node.type)) return false;
    return field === "alternative" || elseEnd(parent) <= from;
  };

  /** Where the word ends; remembered, since a condition may have thousands of children. */
  function elseEnd(condition: SyntaxNode): number {
    const known = ends.get(condition);
    if (known !== undefined) return known;
    const end = condition.children.find((it) => it.type === "else")?.to ?? Number.POSITIVE_INFINITY;
    ends.set(condition, end);
    return end;
  }
}
