import { inField, isComment, parts, type SyntaxNode } from "../../../syntax/tree.ts";
import { textOf } from "../../names.ts";
import type { Source } from "../../refactoring.ts";

/** What fills a collection, written as a loop or as a comprehension. */
export interface Filling {
  readonly kind: "list" | "set" | "dictionary";
  /** From the outermost: what it goes over, and what decides. */
  readonly clauses: readonly Clause[];
  /** The element, or key and value. */
  readonly filled: readonly SyntaxNode[];
}

/** `for target in over` or, without a target, `if over`. */
export interface Clause {
  readonly target: SyntaxNode | undefined;
  readonly over: SyntaxNode;
}

const METHOD = { list: "append", set: "add" } as const;

/** The kind of collection that a value is, if it is an empty one. */
export function emptyKind(value: SyntaxNode | undefined, source: Source): Filling["kind"] | undefined {
  if (!value) return undefined;
  if (value.type === "list" && parts(value).length === 0) return "list";
  if (value.type === "dictionary" && parts(value).length === 0) return "dictionary";
  const callee = value.type === "call" ? inField(value, "function") : undefined;
  const isSet = callee?.type === "identifier" && textOf(value, source).replace(/\s/g, "") === "set()";
  return isSet && isBuiltIn("set", value.from, source) ? "set" : undefined;
}

/** Whether the name is Python's own there. */
export function isBuiltIn(name: string, offset: number, source: Source): boolean {
  const bindings = source.bindings();
  return bindings.resolve(name, "value", offset) === undefined && bindings.opaque.length === 0;
}

/** The value of a statement that gives it to one name, and the name. */
export function givenIn(statement: SyntaxNode | undefined) {
  const assignment = statement?.type === "expression_statement" ? parts(statement)[0] : undefined;
  const [name, value] =
    assignment?.type === "assignment" ? [inField(assignment, "left"), inField(assignment, "right")] : [];
  return assignment && name?.type === "identifier" && value ? { assignment, name, value } : undefined;
}

/** What a loop fills a collection called `name` with; `undefined`: it does more, or nothing of the kind. */
export function fillingOf(
  loop: SyntaxNode,
  name: string,
  kind: Filling["kind"],
  source: Source,
): Filling | undefined {
  const clauses: Clause[] = [];
  for (let at = loop; ; ) {
    if (inField(at, "alternative") || at.children.some((it) => it.type === "async")) return undefined;
    const [target, over] =
      at.type === "for_statement"
        ? [inField(at, "left"), inField(at, "right")]
        : [undefined, inField(at, "condition")];
    const isLoop = at.type === "for_statement";
    if (!/^(for|if)_statement$/.test(at.type) || !over || isLoop !== (target !== undefined)) {
      const filled = filledBy(at, name, kind, source);
      return filled && clauses.length > 0 ? { kind, clauses, filled } : undefined;
    }
    clauses.push({ target, over });
    const block = inField(at, isLoop ? "body" : "consequence");
    const [only, ...more] = block?.children.filter((it) => it.isNamed && !isComment(it)) ?? [];
    if (!only || more.length > 0) return undefined;
    at = only;
  }
}

/** `a.append(x)`, `a.add(x)`, `a[k] = v` */
function filledBy(
  statement: SyntaxNode,
  name: string,
  kind: Filling["kind"],
  source: Source,
): readonly SyntaxNode[] | undefined {
  const [only, ...more] = statement.type === "expression_statement" ? parts(statement) : [];
  if (!only || more.length > 0) return undefined;
  const isIt = (it: SyntaxNode | undefined) => it?.type === "identifier" && textOf(it, source) === name;
  if (kind === "dictionary") {
    const [left, right] = only.type === "assignment" ? [inField(only, "left"), inField(only, "right")] : [];
    const keys = left?.type === "subscript" ? left.children.filter((it) => it.field === "subscript") : [];
    const [key] = keys;
    const isPlain =
      keys.length === 1 &&
      key &&
      !/^(slice|list_splat)$/.test(key.type) &&
      isIt(left && inField(left, "value"));
    const isTuple = left?.children.some((it) => it.type === ",");
    return isPlain && !isTuple && right && !inField(only, "type") && isValue(right)
      ? [key, right]
      : undefined;
  }
  const callee = only.type === "call" ? inField(only, "function") : undefined;
  const list = inField(only, "arguments");
  const [value, ...rest] = list?.type === "argument_list" ? parts(list) : [];
  const attribute = callee?.type === "attribute" ? inField(callee, "attribute") : undefined;
  const isCalled =
    attribute && textOf(attribute, source) === METHOD[kind] && isIt(callee && inField(callee, "object"));
  return isCalled && value && rest.length === 0 && isValue(value) ? [value] : undefined;
}

/** `a[k] = b = v` and `f(*a)` are more than a value. */
function isValue({ type }: SyntaxNode): boolean {
  return !/^(assignment|augmented_assignment|expression_list|list_splat|dictionary_splat|keyword_argument|yield|pattern_list)$/.test(
    type,
  );
}

/** What a comprehension fills its collection with; `undefined`: it is none of such. */
export function fillingBy(value: SyntaxNode): Filling | undefined {
  const kind = /^(list|set|dictionary)_comprehension$/.exec(value.type)?.[1] as Filling["kind"] | undefined;
  const body = inField(value, "body");
  if (!kind || !body) return undefined;
  const clauses = parts(value).flatMap((it): Clause[] => {
    if (it.type === "for_in_clause") {
      const [target, over] = [inField(it, "left"), inField(it, "right")];
      return target && over && !it.children.some((at) => at.type === "async" || at.type === ",")
        ? [{ target, over }]
        : [];
    }
    const [over] = it.type === "if_clause" ? parts(it) : [];
    return over ? [{ target: undefined, over }] : [];
  });
  if (clauses.length !== parts(value).length - 1) return undefined;
  const [key, element] =
    kind === "dictionary" ? [inField(body, "key"), inField(body, "value")] : [body, body];
  if (!key || !element || (kind === "dictionary") !== (body.type === "pair") || !isValue(element))
    return undefined;
  return { kind, clauses, filled: kind === "dictionary" ? [key, element] : [body] };
}
