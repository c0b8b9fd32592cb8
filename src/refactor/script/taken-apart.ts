import { inField, isComment, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Taken } from "../inlining/rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { namesIn } from "../selection.ts";

/** See `InliningRules.takenApart`: a pattern of single names that is given an object or a list as it is written, or one of keys that is given a name. */
export function takenApart(
  pattern: SyntaxNode,
  value: SyntaxNode,
  source: Source,
): readonly Taken[] | undefined {
  if (pattern.type === "array_pattern") return byIndex(pattern, value, source);
  const entries = parts(pattern).map((it) => entryOf(it, source));
  const wanted = entries.filter((it) => it !== undefined);
  if (wanted.length === 0 || wanted.length < entries.length) return undefined;
  if (new Set(wanted.map((it) => it.key)).size < wanted.length) return undefined;
  return value.type === "object" ? byKey(wanted, value, source) : members(wanted, value, source);
}

/** A name that a pattern takes by a key. */
interface Entry {
  readonly key: string;
  readonly keyNode: SyntaxNode;
  readonly name: SyntaxNode;
  readonly fallback: SyntaxNode | undefined;
}

function entryOf(node: SyntaxNode, source: Source): Entry | undefined {
  const fallback = node.type === "object_assignment_pattern" ? inField(node, "right") : undefined;
  const short = fallback ? inField(node, "left") : node;
  if (short?.type === "shorthand_property_identifier_pattern")
    return { key: textOf(short, source), keyNode: short, name: short, fallback };
  const [key, name] = [inField(node, "key"), inField(node, "value")];
  const isPlain =
    node.type === "pair_pattern" && key?.type === "property_identifier" && name?.type === "identifier";
  return isPlain ? { key: textOf(key, source), keyNode: key, name, fallback: undefined } : undefined;
}

/** What an object that is written out gives, in its order; what it does not give is asked of what all objects have. */
function byKey(wanted: readonly Entry[], object: SyntaxNode, source: Source): readonly Taken[] | undefined {
  const made: Taken[] = [];
  if (object.children.some(isComment)) return undefined;
  for (const it of parts(object)) {
    const key = it.type === "pair" ? inField(it, "key") : it;
    const value = it.type === "pair" ? inField(it, "value") : it;
    if (!key || !value || !/^(property_identifier|shorthand_property_identifier)$/.test(key.type))
      return undefined;
    const text = textOf(key, source);
    const entry = wanted.find((at) => at.key === text);
    if (text === "__proto__" || (entry && made.some((at) => at.name === entry.name))) return undefined;
    if (!entry && value.children.length > 0 && value.type !== "string") return undefined;
    if (entry?.fallback && !isThere(value)) return undefined;
    if (entry) made.push({ name: entry.name, value });
  }
  for (const { key, name, fallback } of wanted.filter((it) => !made.some((at) => at.name === it.name))) {
    const isOwn = fallback && namesIn(fallback, source).length === 0 && !(key in Object.prototype);
    if (!isOwn) return undefined;
    made.push({ name, value: fallback });
  }
  return made;
}

/** Surely not `undefined`, so that no default counts. */
function isThere({ type }: SyntaxNode): boolean {
  return /^(number|string|template_string|true|false|null|object|array|arrow_function)$/.test(type);
}

function byIndex(pattern: SyntaxNode, list: SyntaxNode, source: Source): readonly Taken[] | undefined {
  const [names, values] = [parts(pattern), parts(list)];
  const isPlain =
    list.type === "array" &&
    names.every((it) => it.type === "identifier" && source.bindings().at(it)) &&
    [pattern, list].every((it) => !/,\s*,|\[\s*,/.test(textOf(it, source)) && !it.children.some(isComment)) &&
    !values.some((it) => it.type === "spread_element") &&
    names.length <= values.length;
  const rest = values.slice(names.length);
  if (!isPlain || rest.some((it) => it.children.length > 0 && it.type !== "string")) return undefined;
  return names.flatMap((name, at) => {
    const value = values[at];
    return value ? [{ name, value }] : [];
  });
}

/** What is read from an object that has a name. */
function members(wanted: readonly Entry[], object: SyntaxNode, source: Source): readonly Taken[] | undefined {
  if (object.type !== "identifier" || wanted.some((it) => it.fallback)) return undefined;
  return wanted.map(({ key, keyNode, name }) => ({
    name,
    value: memberOf(object, keyNode),
    text: `${textOf(object, source)}.${key}`,
  }));
}

/** A node for a member that is written nowhere. */
function memberOf(object: SyntaxNode, key: SyntaxNode): SyntaxNode {
  const property: SyntaxNode = { ...key, type: "property_identifier", field: "property" };
  return { ...object, type: "member_expression", children: [{ ...object, field: "object" }, property] };
}
