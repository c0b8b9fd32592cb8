import { contains, inField, isComment, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { AddedParameter, Place, Source } from "../refactoring.ts";
import { functionAround, namesIn } from "../selection.ts";
import { isConstant } from "../steady.ts";
import type { SignatureRules, Use } from "./rules.ts";

/** An expression that is nowhere yet, parsed by itself. */
export interface Loose {
  readonly node: SyntaxNode;
  readonly source: Source;
}

/** A text as one expression; `undefined`: it is none, more than one, or has a comment. */
export function expressionIn(text: string, { parsed }: Pick<Place, "parsed">): Loose | undefined {
  const source = parsed(`(${text}\n)\n`);
  const [statement, ...others] = source?.root.children ?? [];
  const [around] = statement ? parts(statement) : [];
  if (!source || others.length > 0 || around?.type !== "parenthesized_expression") return undefined;
  const [node, ...more] = parts(around);
  const isWhole = around.from === 0 && around.to === text.length + 3;
  if (!node || more.length > 0 || !isWhole || around.children.some(isComment)) return undefined;
  return node.type === "sequence_expression" ? undefined : { node, source };
}

/** Why the calls cannot be given the value of a new parameter; `undefined`: they can. */
export function cannotBeGiven(
  added: AddedParameter,
  calls: readonly Use[],
  place: Place,
  rules: SignatureRules,
): Refusal | undefined {
  const loose = expressionIn(added.default, place);
  if (!loose || !rules.isIdle(loose.node, loose.source))
    return refused(
      "change-signature.default",
      `"${added.default}" is not an expression that can be given without doing anything.`,
    );
  // Before Python 3.12 these cannot stand within a string (PEP 701).
  const inText = calls.find(({ call }) => nearest(call.node, (it) => it.type === "interpolation"));
  if (inText && /["'\\#\n]/.test(added.default))
    return refused(
      "change-signature.default",
      `Within a string, where "${inText.source.path}" calls the function, its value cannot be written.`,
      inText.source === place.source ? inText.call.node : undefined,
    );
  const free = namesIn(loose.node, loose.source).filter((it) => !it.binding);
  for (const name of new Set(free.map((it) => textOf(it.node, loose.source)))) {
    const use = calls.find(({ call, source }) => !hasValueAt(name, call.node, source, rules));
    if (use)
      return refused(
        "change-signature.default",
        `Whether "${name}" has a value where "${use.source.path}" calls the function is not certain.`,
        use.source === place.source ? use.call.node : undefined,
      );
  }
  return undefined;
}

/** Whether a name certainly has a value at a place: the language's own, an import, a parameter, or a variable given above. */
function hasValueAt(name: string, at: SyntaxNode, source: Source, rules: SignatureRules): boolean {
  const binding = source.bindings().resolve(name, "value", at.from);
  if (!binding) return rules.isBuiltIn(name);
  const [declaration] = binding.declarations;
  if (!declaration || !isConstant(binding)) return false;
  const home = functionAround(declaration, source);
  const body = home && inField(home, "body");
  if (binding.kind === "parameter") return body !== undefined && contains(body, at);
  if (binding.kind === "import") return declaration.to <= at.from && isImportedAlways(declaration);
  const { statement } = source.rules.declared(declaration, source) ?? {};
  const isAbove =
    statement?.parent !== undefined && statement.to <= at.from && contains(statement.parent, at);
  return isAbove && functionAround(statement, source) === functionAround(at, source);
}

/** At the top of the file, and not for the compiler only. */
function isImportedAlways(declaration: SyntaxNode): boolean {
  const statement = nearest(declaration, (it) => /^import(_from)?_statement$/.test(it.type));
  const isType = [statement, declaration.parent].some((it) => it?.children.some((at) => at.type === "type"));
  return statement?.parent !== undefined && statement.parent.parent === undefined && !isType;
}
