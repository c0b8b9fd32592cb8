import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { badName, clashWith, textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { effectOf } from "./effects.ts";

/** A name that is taken out of an object by a pattern: `a` in `const { b: { a } } = c`. */
export interface Destructured {
  readonly declarator: SyntaxNode;
  /** Stands for the member: where the object stands. */
  readonly value: SyntaxNode;
  /** `c.b.a` */
  readonly text: string;
  /** The entry that goes with the name, in a pattern that has others; `undefined`: the pattern has no other name. */
  readonly entry: SyntaxNode | undefined;
  /** What stays of that entry, so that a rest beside it is given no more than it was: `b` of `b: { a }`. */
  readonly kept?: string;
}

/** What the name takes by a pattern of keys alone; `undefined` when it does not, or when more than that depends on it. */
export function destructured(name: SyntaxNode, source: Source): Destructured | undefined {
  const keys: string[] = [];
  let entry: SyntaxNode | undefined;
  let kept: string | undefined;
  let at = name;
  while (at.parent?.type !== "variable_declarator") {
    const pair = at.parent?.type === "pair_pattern" && at.field === "value" ? at.parent : undefined;
    const key = pair ? inField(pair, "key") : at.type === SHORT ? at : undefined;
    const pattern = (pair ?? at).parent;
    if (!key || !/^(property_identifier|shorthand_.*)$/.test(key.type) || pattern?.type !== "object_pattern")
      return undefined;
    keys.unshift(textOf(key, source));
    const all = parts(pattern);
    const hasRest = entry === undefined && all.some((it) => it.type === "rest_pattern");
    // What is left for the others would be more.
    if (hasRest && keys.length === 1) return undefined;
    if (hasRest) kept = keptKey(textOf(key, source), name, source);
    if (all.length > 1) entry ??= pair ?? at;
    at = pattern;
  }
  const declarator = at.parent;
  const object = inField(declarator, "value");
  if (keys.length === 0 || !object || object.type === "super") return undefined;
  // It would be done once for the pattern and once more for the use.
  if (entry && effectOf(object, source) === "acts") return undefined;
  const plain = textOf(object, source);
  const text = `${PLAIN.test(object.type) ? plain : `(${plain})`}.${keys.join(".")}`;
  return { declarator, value: memberOf(object), text, entry, ...(kept !== undefined && { kept }) };
}

/** A key with a name that nothing uses, or none. */
function keptKey(key: string, name: SyntaxNode, source: Source): string {
  return (badName(key, source) ?? clashWith(key, name, source)) ? `${key}: {}` : key;
}

const SHORT = "shorthand_property_identifier_pattern";
/** What a member can be taken of as it stands. */
const PLAIN =
  /^(identifier|this|member_expression|subscript_expression|call_expression|parenthesized_expression)$/;

/** A node for a member of the object, which only reads what the object is made of. */
function memberOf(object: SyntaxNode): SyntaxNode {
  return { ...object, type: "member_expression", children: [object] };
}
