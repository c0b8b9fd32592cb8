import { inField } from "../../syntax/tree.ts";
import type { SmellRules } from "../smell-rules.ts";

/** How a grammar writes a member of an object, and a call. */
export interface MemberNodes {
  /** The type of `a.b`, and its fields with `a` and with `b`. */
  readonly access: string;
  readonly object: string;
  readonly member: string;
  /** The type of a call, which has what is called in its field "function". */
  readonly call: string;
}

/** `SmellRules.memberUse` by types. */
export function memberUseBy({
  access,
  object: objectField,
  member,
  call,
}: MemberNodes): NonNullable<SmellRules["memberUse"]> {
  return (node, text) => {
    if (node.type !== access) return undefined;
    const [object, name] = [inField(node, objectField), inField(node, member)];
    const isCalled = node.parent?.type === call && node.field === "function";
    return object && name && { object, name: text.slice(name.from, name.to), isCalled };
  };
}
