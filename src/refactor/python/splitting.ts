import { inField, isComment, nearest, parts, type SyntaxNode, smallestAround } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { inLines, linesOf } from "../branching/lines.ts";
import { indentAt } from "../extraction/moved-text.ts";
import { selectedPart } from "../extraction/part.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { namesIn, trimmed } from "../selection.ts";
import type { SplittingRules } from "../splitting.ts";
import { mayAsk } from "./effects.ts";
import { strengthOf } from "./in-place.ts";
import { isOpenAtLineEnd } from "./places.ts";

/** Assignments of Python. */
export const splitting: SplittingRules = { split, merge };

/** A name and the value that it is given. */
interface Given {
  readonly name: SyntaxNode;
  readonly value: SyntaxNode;
}

function split(place: Place): readonly TextChange[] | Refusal {
  const id = "split-declaration";
  const { source } = place;
  const statement = statementAt(place);
  const assignment = statement && parts(statement)[0];
  const [left, right] = assignment ? [inField(assignment, "left"), inField(assignment, "right")] : [];
  const isTuple = left?.type === "pattern_list" && right?.type === "expression_list";
  const [names, values] = isTuple ? [parts(left), parts(right)] : [[], []];
  const given = names.flatMap((name, index) => {
    const value = values[index];
    return value ? [{ name, value }] : [];
  });
  if (!statement || given.length < 2 || names.length !== values.length || !given.every(isPlain))
    return refused(
      `${id}.place`,
      "There is no statement here that gives several names a value each.",
      trimmed(place),
    );
  const obstacle = cannotBeApart(given, statement, source, id);
  if (obstacle) return obstacle;
  const indent = indentAt(statement.from, source.text);
  const lines = given.map(({ name, value }, index) => {
    const text = isOpenAtLineEnd(value, source) ? `(${textOf(value, source)})` : textOf(value, source);
    return `${index === 0 ? "" : indent}${textOf(name, source)} = ${text}`;
  });
  return [{ from: statement.from, to: statement.to, text: inLines(lines, source) }];
}

function merge(place: Place): readonly TextChange[] | Refusal {
  const id = "merge-declarations";
  const { source } = place;
  const statements = statementsAt(place);
  const given = statements.flatMap((it) => givenBy(it) ?? []);
  const [first, last] = [statements[0], statements.at(-1)];
  if (!first || !last || given.length < 2 || given.length !== statements.length || !given.every(isPlain))
    return refused(
      `${id}.place`,
      "There are no statements here that give a name a value and follow each other.",
      trimmed(place),
    );
  const comment = first.parent?.children.find(
    (it) => isComment(it) && it.from >= first.from && it.from < last.from,
  );
  if (comment) return refused(`${id}.comment`, "A comment would have no place.", comment);
  const shared = statements.find((it) => !linesOf([it], source));
  const obstacle = shared
    ? refused(`${id}.lines`, "It shares its lines with something else.", shared)
    : given
        .map((_, index) => cannotBeApart(given, statements[index] ?? first, source, id))
        .find((it) => it !== undefined);
  if (obstacle) return obstacle;
  const values = given.map(({ value }) => {
    const text = textOf(value, source);
    return strengthOf(value) === 0 || isOpenAtLineEnd(value, source) ? `(${text})` : text;
  });
  const text = `${given.map((it) => textOf(it.name, source)).join(", ")} = ${values.join(", ")}`;
  return [{ from: first.from, to: last.to, text }];
}

function isPlain({ name, value }: Given): boolean {
  return name.type === "identifier" && !/^(list_splat|yield)$/.test(value.type);
}

/** Why it matters whether a name has its value before the next value is evaluated. */
function cannotBeApart(
  given: readonly Given[],
  statement: SyntaxNode,
  source: Source,
  id: string,
): Refusal | undefined {
  if (!linesOf([statement], source))
    return refused(`${id}.lines`, "It shares its lines with something else.", statement);
  if (
    statement.parent &&
    [...statement.children, ...given.flatMap((it) => it.value.parent?.children ?? [])].some(isComment)
  )
    return refused(`${id}.comment`, "A comment would have no place.", statement);
  const names = new Set<string>();
  for (const { name, value } of given) {
    const used = namesIn(value, source).find((it) => names.has(textOf(it.node, source)));
    const isTwice = names.has(textOf(name, source));
    const isSeen =
      names.size > 0 &&
      (source.rules.effectOf(value, source) === "acts" ||
        source.rules.mayFail?.(value, source) ||
        mayAsk(value, source));
    if (used || isTwice || isSeen)
      return refused(
        `${id}.order`,
        "Whether a name before it has its value by then may matter.",
        used?.node ?? value,
      );
    names.add(textOf(name, source));
  }
  return undefined;
}

function givenBy(statement: SyntaxNode): Given | undefined {
  const [assignment, ...more] = parts(statement);
  if (statement.type !== "expression_statement" || assignment?.type !== "assignment" || more.length > 0)
    return undefined;
  const [name, value] = [inField(assignment, "left"), inField(assignment, "right")];
  return name && value && value.type !== "assignment" && !inField(assignment, "type")
    ? { name, value }
    : undefined;
}

function statementAt(place: Place): SyntaxNode | undefined {
  const { source } = place;
  const { from, to } = trimmed(place);
  const inner = smallestAround(source.root, from, from === to ? from + 1 : to);
  const found = nearest(inner, (it) => source.rules.isStatement(it) || source.rules.isFunction(it));
  return found?.type === "expression_statement" ? found : undefined;
}

function statementsAt(place: Place): readonly SyntaxNode[] {
  const { from, to } = trimmed(place);
  const part = from === to ? undefined : selectedPart(place);
  if (part?.kind === "statements") return part.nodes.filter((it) => !isComment(it));
  const own = statementAt(place);
  const row = own?.parent ? parts(own.parent) : [];
  const next = own && row[row.indexOf(own) + 1];
  return own && next ? [own, next] : [];
}
