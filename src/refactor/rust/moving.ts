import { inField, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { plainOf } from "./plain.ts";

/**
 * Whether what stands there is taken as a value, so that a variable in its place is moved, or copied, in the very moment
 * in which the value was: nothing is dropped at another time, nothing borrowed in its place.
 */
export function isTaken(node: SyntaxNode): boolean {
  const { parent, field } = node;
  switch (parent?.type) {
    case "parenthesized_expression":
      return isTaken(parent);
    case "arguments":
    case "return_expression":
      return true;
    case "let_declaration":
      return field === "value" && inField(parent, "pattern")?.type === "identifier";
    case "field_initializer":
    case "assignment_expression":
      return field === "value" || field === "right";
    case "for_expression":
      return field === "value";
    case "if_expression":
      return field === "condition";
    case "block":
      return parts(parent).at(-1) === node;
    default:
      return false;
  }
}

/** Whether evaluating it makes nothing that lives on to the end of its statement: each call has its values from variables and literals. */
export function leavesNothing(node: SyntaxNode, source: Source): boolean {
  if (plainOf(node, source)) return true;
  switch (node.type) {
    case "identifier":
    case "self":
    case "scoped_identifier":
    case "unit_expression":
      return true;
    case "field_expression":
      return isPlace(node);
    case "reference_expression": {
      const value = inField(node, "value");
      return value !== undefined && isPlace(value);
    }
    case "try_expression":
    case "await_expression":
      return parts(node).every((it) => leavesNothing(it, source));
    case "call_expression":
      return isSimpleCall(node, source);
    default:
      return false;
  }
}

/** A variable, or a part of one. */
function isPlace(node: SyntaxNode): boolean {
  if (/^(identifier|self)$/.test(node.type)) return true;
  if (node.type !== "field_expression") return false;
  const value = inField(node, "value");
  return value !== undefined && isPlace(value);
}

function isSimpleCall(node: SyntaxNode, source: Source): boolean {
  const [callee, list] = [inField(node, "function"), inField(node, "arguments")];
  if (!callee || !list) return false;
  const receiver = callee.type === "field_expression" ? inField(callee, "value") : undefined;
  if (callee.type === "field_expression" && !(receiver && isPlace(receiver))) return false;
  const all = parts(list);
  const name = textOf(callee, source).split("::").at(-1) ?? "";
  // Where a thing is wrapped, what it is wrapped as may depend on where it goes.
  if (!receiver && /^\p{Lu}/u.test(name)) return all.every((it) => plainOf(it, source) !== undefined);
  return all.every((it) => leavesNothing(it, source)) && !hasFunction(list);
}

/** What a function that is made there is given may be told by where it goes. */
function hasFunction(node: SyntaxNode): boolean {
  return [...walk(node)].some((it) => /^(closure_expression|macro_invocation|async_block)$/.test(it.type));
}
