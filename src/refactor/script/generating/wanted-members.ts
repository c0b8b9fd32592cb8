import type { Binding } from "../../../syntax/bindings.ts";
import { allInField, contains, inField, parts, type SyntaxNode } from "../../../syntax/tree.ts";
import { withChanges } from "../../../text/changes.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { namesIn } from "../../selection.ts";
import { has, hasWord, isField, memberName } from "../class-parts.ts";

const ID = "generate-implementation";

/** What each type parameter stands for, as it is written, and the names in that. */
type Arguments = ReadonlyMap<Binding, string>;

/** A member that a class has to have, where it is declared. */
export interface WantedMember {
  readonly node: SyntaxNode;
  readonly name: string;
  readonly given: Arguments;
}

/** What the classes and interfaces above a class ask of it, and what of that the classes above have. */
export interface Above {
  readonly wanted: readonly WantedMember[];
  /** Names of members that are there. */
  readonly had: readonly string[];
}

/** All that stands above a class, in the file; refused where that is not all. */
export function aboveOf(
  whole: SyntaxNode,
  source: Source,
  given: Arguments = new Map(),
  depth = 0,
): Above | Refusal {
  if (depth > 20) return refused(`${ID}.circular`, "What is above the class goes round.", whole);
  const found: Above[] = [];
  for (const { base, types } of basesOf(whole, source)) {
    const binding =
      base.type === "identifier" || base.type === "type_identifier" ? source.bindings().at(base) : undefined;
    const declared = binding?.declarations.map((it) => it.parent) ?? [];
    if (!declared.every((it) => it && ASKING.test(it.type)) || declared.length === 0)
      return refused(
        `${ID}.elsewhere`,
        `What "${textOf(base, source)}" asks for does not stand in this file.`,
        base,
      );
    for (const it of declared.filter((at) => at !== undefined)) {
      const passed = passedTo(
        it,
        types.map((at) => written(at, given, source)),
        source,
      );
      if ("kind" in passed) return passed;
      const above = aboveOf(it, source, passed, depth + 1);
      if ("kind" in above) return above;
      const own = ownOf(it, passed, base.parent?.type === "implements_clause", source);
      if ("kind" in own) return own;
      found.push(without(own, above), own);
    }
  }
  return { wanted: found.flatMap((it) => it.wanted), had: found.flatMap((it) => it.had) };
}

/** What is declared further up counts only where it is not declared anew. */
function without({ wanted, had }: Above, above: Above): Above {
  const names = [...wanted.map((it) => it.name), ...had].map(plainName);
  return {
    wanted: above.wanted.filter((it) => !names.includes(plainName(it.name))),
    had: above.had.filter((it) => !names.includes(plainName(it))),
  };
}

/** `"a"` and `a` are one name. */
export function plainName(name: string): string {
  return name.replace(/^(["'])(.*)\1$/, "$2");
}

const ASKING = /^(interface_declaration|class_declaration|abstract_class_declaration)$/;

/** The names of what a class or interface extends and implements, and the types they are given. */
function basesOf(whole: SyntaxNode, { root }: Source) {
  const heritage = whole.children.find((it) => it.type === "class_heritage");
  const clauses = [...(heritage?.children ?? []), ...whole.children].filter((it) =>
    /^(extends_clause|implements_clause|extends_type_clause)$/.test(it.type),
  );
  return clauses.flatMap((clause) => {
    const value = inField(clause, "value");
    const types = inField(clause, "type_arguments");
    if (clause.type === "extends_clause") return [{ base: value ?? root, types: types ? parts(types) : [] }];
    return parts(clause).map((it) => {
      const generic = it.type === "generic_type" ? inField(it, "type_arguments") : undefined;
      return { base: (generic && inField(it, "name")) || it, types: generic ? parts(generic) : [] };
    });
  });
}

function passedTo(declared: SyntaxNode, types: readonly string[], source: Source): Arguments | Refusal {
  const list = inField(declared, "type_parameters");
  const passed = new Map<Binding, string>();
  for (const [index, it] of (list ? parts(list) : []).entries()) {
    const name = inField(it, "name");
    const binding = name && source.bindings().at(name);
    const type = types[index];
    if (!binding || type === undefined)
      return refused(`${ID}.types`, "What a type parameter stands for is not written.", it);
    passed.set(binding, type);
  }
  return passed;
}

/** What a class or interface itself asks for, and has. Of a class that is implemented all is asked for. */
function ownOf(
  declared: SyntaxNode,
  given: Arguments,
  isImplemented: boolean,
  source: Source,
): Above | Refusal {
  const body = inField(declared, "body");
  const members = body ? parts(body) : [];
  if (declared.type === "interface_declaration") {
    const strange = members.find((it) => !/^(method|property)_signature$/.test(it.type));
    if (strange)
      return refused(
        `${ID}.signature`,
        "A class cannot have what the interface asks for by members.",
        strange,
      );
    const asked = members.filter((it) => !has(it, "?"));
    return { wanted: asked.map((node) => ({ node, name: memberName(node, source), given })), had: [] };
  }
  if (isImplemented)
    return refused(`${ID}.class`, "It implements a class, which is more than an interface.", declared);
  const isAbstract = (it: SyntaxNode) =>
    it.type === "abstract_method_signature" || hasWord(it, /^abstract$/, source);
  const abstract = members.filter(isAbstract);
  return {
    wanted: abstract
      .filter((it) => !has(it, "?"))
      .map((node) => ({ node, name: memberName(node, source), given })),
    had: hadBy(
      members.filter((it) => !isAbstract(it)),
      source,
    ),
  };
}

/** Names of members that objects have by those of a class; what its constructor's parameters make, too. */
export function hadBy(members: readonly SyntaxNode[], source: Source): readonly string[] {
  return members
    .filter(
      (it) => isField(it) || /^(method_definition|method_signature|abstract_method_signature)$/.test(it.type),
    )
    .filter((it) => !hasWord(it, /^static$/, source))
    .flatMap((it) => {
      const parameters = memberName(it, source) === "constructor" ? inField(it, "parameters") : undefined;
      const made = (parameters ? parts(parameters) : []).filter((at) =>
        at.children.some((word) => /^(accessibility_modifier|readonly|override_modifier)$/.test(word.type)),
      );
      return [
        memberName(it, source),
        ...made.flatMap((at) => allInField(at, "pattern").map((name) => textOf(name, source))),
      ];
    });
}

/** A node's text with types in the place of parameters. */
export function written(node: SyntaxNode, given: Arguments, source: Source): string {
  const changes = namesIn(node, source).flatMap(({ node: it, binding }) => {
    const type = binding && given.get(binding);
    return type === undefined
      ? []
      : [{ from: it.from - node.from, to: it.to - node.from, text: inPlace(it, type) }];
  });
  return withChanges(textOf(node, source), changes);
}

/** In parentheses, where it is more than a name and other types stand around it. */
function inPlace({ parent }: SyntaxNode, type: string): string {
  const isRoomy = /^(type_annotation|type_arguments|parenthesized_type)$/.test(parent?.type ?? "");
  return isRoomy || /^[\w$.]+$/.test(type) ? type : `(${type})`;
}

/** Why what a member is made of means something else in the class; `undefined`: it does not. */
export function foreignIn(
  { node, given }: WantedMember,
  body: SyntaxNode,
  source: Source,
): Refusal | undefined {
  const bindings = source.bindings();
  const own = bindings.all.filter((it) => it.declarations.some((at) => contains(node, at)));
  const captured = own.find((it) => [...given.values()].some((type) => wordsOf(type).includes(it.name)));
  const foreign = namesIn(node, source).find(({ binding, node: at, space }) => {
    if (binding && (given.has(binding) || own.includes(binding))) return false;
    return bindings.resolve(textOf(at, source), space, body.from) !== binding;
  });
  const at = foreign?.node ?? captured?.declarations[0];
  return at && refused(`${ID}.name`, `"${textOf(at, source)}" means something else in the class.`, at);
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{ID_Continue}$]+/gu) ?? [];
}
