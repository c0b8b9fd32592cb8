import { contains, nearest, type SyntaxNode, smallestAround } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { inLines, linesOf, stepOf } from "../../branching/lines.ts";
import { indentAt } from "../../extraction/moved-text.ts";
import { isClear, textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { isRow, trimmed } from "../../selection.ts";
import { usedElsewhere } from "../../used-elsewhere.ts";
import { isContinued, isOpenAtLineEnd } from "../places.ts";
import { type Filling, fillingBy, givenIn, isBuiltIn } from "./clauses.ts";
import { cannotBeEither, isUsedEarly, targetsOf } from "./obstacles.ts";

const ID = "convert-comprehension-to-loop";

/** See `CollectingForms.toLoop`. */
export function toLoop(place: Place): readonly TextChange[] | Refusal {
  const { source } = place;
  const { from, to } = trimmed(place);
  const inner = smallestAround(source.root, from, from === to ? from + 1 : to);
  const statement = nearest(inner, (it) => it.parent !== undefined && isRow(it.parent));
  const given = givenIn(statement);
  const filling = given && fillingBy(given.value);
  if (!statement || !given || !filling)
    return refused(`${ID}.place`, "There is no statement here that gives a comprehension to a name.", {
      from,
      to,
    });
  const { assignment, name, value } = given;
  if (!linesOf([statement], source) || isContinued(name, source))
    return refused(`${ID}.lines`, "It shares its lines with something else.", statement);
  if (filling.kind === "set" && !isBuiltIn("set", statement.from, source))
    return refused(`${ID}.set`, '"set" may be something else here.', value);
  const obstacle =
    cannotBeEither(filling, name, [statement], source, ID) ??
    isUsedEarly(filling, statement, source, ID) ??
    targetsOf(filling)
      .map((it) => wouldClash(it.at, statement, place))
      .find((it) => it !== undefined);
  if (obstacle) return obstacle;
  const head = source.text.slice(assignment.from, value.from);
  return [
    {
      from: statement.from,
      to: statement.to,
      text: head + written(filling, textOf(name, source), statement, source),
    },
  ];
}

/** A variable of a comprehension is its own; that of a loop belongs to all of the function, or the file. */
function wouldClash(at: SyntaxNode, statement: SyntaxNode, place: Place): Refusal | undefined {
  const { source } = place;
  const bindings = source.bindings();
  const scope = bindings.scopeAt(statement.from);
  const binding = bindings.at(at);
  const name = textOf(at, source);
  const there = scope.bindings.get(`value ${name}`);
  const used = bindings.references.find(
    (it) =>
      textOf(it.node, source) === name &&
      contains(scope.node, it.node) &&
      (!it.binding || it.binding.scope === scope || !contains(scope.node, it.binding.scope.node)),
  );
  if (there || used)
    return refused(
      `${ID}.taken`,
      `"${name}" stands for something else around it.`,
      used?.node ?? there?.declarations[0],
    );
  const hidden = isClear({ scope, name }, source);
  if (hidden) return hidden;
  return binding && scope.kind === "module"
    ? usedElsewhere({ ...binding, isExported: true, declarations: [at] }, place, ID)
    : undefined;
}

const EMPTY = { list: "[]", set: "set()", dictionary: "{}" } as const;

function written(
  { kind, clauses, filled }: Filling,
  name: string,
  statement: SyntaxNode,
  source: Source,
): string {
  const closed = (it: SyntaxNode) =>
    isOpenAtLineEnd(it, source) ? `(${textOf(it, source)})` : textOf(it, source);
  const heads = clauses.map(({ target, over }) =>
    target ? `for ${closed(target)} in ${closed(over)}:` : `if ${closed(over)}:`,
  );
  const [first, second] = filled;
  const element = first ? textOf(first, source) : "";
  const last =
    kind === "dictionary" && second
      ? `${name}[${element}] = ${closed(second)}`
      : `${name}.${kind === "list" ? "append" : "add"}(${element})`;
  const step = stepOf(source);
  const indent = indentAt(statement.from, source.text);
  return inLines(
    [EMPTY[kind], ...[...heads, last].map((it, depth) => indent + step.repeat(depth) + it)],
    source,
  );
}
