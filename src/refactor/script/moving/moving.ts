import { parts, type SyntaxNode } from "../../../syntax/tree.ts";
import { type TextChange, withChanges } from "../../../text/changes.ts";
import { baseName } from "../../../text/paths.ts";
import { isOpen, statementBefore } from "../../joining.ts";
import { wholeLines } from "../../lines.ts";
import type { Movable, MovingRules } from "../../moving/rules.ts";
import { type FilePlan, type Plan, type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { check } from "./check.ts";
import { importEdits, isAboutFile, lineEnd, type Wanted } from "./import-edits.ts";
import { hasDecorators, isTypeUse, type Link, linksOf } from "./links.ts";
import { declarationOf, endOf, movable, startOf } from "./movable.ts";
import { isMoved, type Move, usesLeft } from "./move.ts";
import { isSameModule, type Needs, needsOf } from "./needs.ts";
import { obstacle } from "./obstacles.ts";
import { specifierFrom, styleOf } from "./style.ts";
import { arrived } from "./target.ts";
import { newlySeen, unimported, usersOf } from "./users.ts";

/** See `CodeRules.moving`. */
export const moving: MovingRules = { movable, moved, check };

function moved(
  { statements }: Movable,
  to: string,
  place: Place & Required<Pick<Place, "others">>,
): Plan | Refusal {
  const { source } = place;
  const others = place.others.filter((it) => it.path !== source.path);
  const target = others.find((it) => it.path === to);
  const bare = { source, to, target, all: [source, ...others], statements };
  const bindings = source
    .bindings()
    .all.filter(
      (it) =>
        it.scope.kind === "module" && it.declarations.some((at) => isMoved(at, { ...bare, bindings: [] })),
    );
  const move: Move = { ...bare, bindings };
  return obstacle(move) ?? planOf(move);
}

function planOf(move: Move): Plan | Refusal {
  const { source, target, to, all, bindings } = move;
  const style = styleOf(target ? [target, source, ...all] : [{ ...source, path: to }, ...all]);
  const needs = needsOf(move, style);
  if ("code" in needs) return needs;
  const back = importedBack(move);
  if ("code" in back) return back;
  const users = usersOf(move);
  if ("code" in users) return users;
  const isAlone = !target && needs.wanted.length === 0;
  const shown = bindings.filter((it) => it.isExported || usesLeft(it, move).length > 0 || isAlone);
  const there = arrived(move, needs, style, (range) =>
    textFor(
      range,
      shown.map((it) => it.name),
      move,
    ),
  );
  if ("code" in there) return there;
  const here = leftIn(move, needs, back);
  if ("code" in here) return here;
  const first = bindings[0]?.name ?? "";
  const more = bindings.length > 1 ? ` and ${bindings.length - 1} more` : "";
  const files: readonly FilePlan[] = [
    { path: source.path, before: source.text, changes: here },
    there,
    ...users,
  ];
  const fresh = needs.exported.flatMap((it) => namesIn(it, source));
  return (
    newlySeen(source.path, fresh, move) ??
    newlySeen(
      to,
      shown.map((it) => it.name),
      move,
    ) ?? {
      kind: "plan",
      title: `Move '${first}'${more} to ${baseName(to)}`,
      files,
      warnings: unimported(move),
    }
  );
}

function namesIn(statement: SyntaxNode, source: Source): readonly string[] {
  const { all } = source.bindings();
  return all
    .filter(
      ({ scope, declarations }) =>
        scope.kind === "module" &&
        declarations.some((it) => statement.from <= it.from && it.to <= statement.to),
    )
    .map((it) => it.name);
}

/** What the old file has to import of what went. */
function importedBack(move: Move): readonly Wanted[] | Refusal {
  const { source, to, bindings, all } = move;
  const { ending, isPlain } = styleOf([source, ...all]);
  const specifier = specifierFrom(source.path, to, ending);
  const used = bindings.filter((it) => usesLeft(it, move).length > 0);
  // What decorators are told of types is there when the file runs (TypeScript, "emitDecoratorMetadata").
  const isDecorated = hasDecorators(source);
  if (specifier === undefined && used.length > 0)
    return refused("move-symbol.path", `There is no way from "${source.path}" to "${to}".`);
  return used.map((binding) => {
    const { name, spaces } = binding;
    const uses = usesLeft(binding, move);
    const isPure = spaces.every((it) => it === "type");
    const isHandedOn = uses.some((it) => it.node.parent?.type === "export_specifier");
    const isType = isPure || (uses.every(isTypeUse) && !isDecorated);
    return {
      specifier: specifier ?? "",
      isExport: false,
      kind: "named",
      imported: name,
      local: name,
      isType: isType && (!isPlain || (isPure && isHandedOn)),
      attributes: "",
    };
  });
}

/** The changes to the old file. */
function leftIn(
  move: Move,
  { exported, unused }: Needs,
  wanted: readonly Wanted[],
): readonly TextChange[] | Refusal {
  const { source, statements, all } = move;
  const style = styleOf([source, ...all]);
  const isSame = (a: string, b: string) => isSameModule(a, b, source.path);
  // What the target loads for the moved code came here before.
  const emptied = emptiedBy(source, unused)[0]?.statement;
  const there = wanted.map((it) => ({ ...it, ...(emptied && { behind: emptied }) }));
  const imports = importEdits(source, { gone: unused, wanted: there, isSame }, style);
  if ("code" in imports) return imports;
  const removed = removal(move);
  const next = parts(source.root).find((it) => it.from >= removed.to);
  const [first] = statements;
  if (
    next &&
    source.rules.goesOn?.test(source.text.slice(next.from)) &&
    first &&
    isOpen(statementBefore(first), source)
  )
    return refused("move-symbol.semicolon", "What is behind it would go on with what is before it.", first);
  const exports = exported.map((it) => ({ from: it.from, to: it.from, text: "export " }));
  const changes = [...imports, removed, ...exports];
  const isModule = wanted.length + exports.length > 0 || staysModule(move, unused);
  const isEmpty = source.root.children.every(
    (it) => !it.isNamed || isMoved(it, move) || it.type === "comment",
  );
  const { length } = source.text;
  const mark = { from: length, to: length, text: `export {}${style.end}${lineEnd(source.text)}` };
  return withoutTop([...changes, ...(isModule || isEmpty ? [] : [mark])], source.text);
}

/** The changes in order; where all goes that the file began with, so does the empty line behind it. */
function withoutTop(changes: readonly TextChange[], text: string): readonly TextChange[] {
  const sorted = changes.toSorted((a, b) => a.from - b.from || a.to - b.to);
  let end = 0;
  let count = 0;
  for (const it of sorted) {
    if (it.from !== end || it.text !== "") break;
    end = it.to;
    count++;
  }
  const blank = /^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  const isFree = (sorted[count]?.from ?? text.length) >= end + blank;
  if (count === 0 || !isFree) return sorted;
  return sorted.with(count - 1, { from: sorted[count - 1]?.from ?? 0, to: end + blank, text: "" });
}

function staysModule(move: Move, unused: Needs["unused"]): boolean {
  const { source } = move;
  const emptied = emptiedBy(source, unused).map((it) => it.statement);
  const isLink = (it: SyntaxNode) => /^(import|export)_statement$/.test(it.type);
  return source.root.children.some((it) => isLink(it) && !isMoved(it, move) && !emptied.includes(it));
}

/** The imports that go with their names. */
function emptiedBy(source: Source, unused: Needs["unused"]): readonly Link[] {
  return linksOf(source).filter(
    ({ names }) => names.length > 0 && names.every((name) => unused.includes(name)),
  );
}

/** Takes the statements with their comments out, and one of the two empty lines that would meet. */
function removal({ source, statements }: Move): TextChange {
  const { text } = source;
  const range = {
    from: startOf(statements, source, (it) => isAboutFile(it, source)),
    to: endOf(statements, source),
  };
  const { from, to } = wholeLines(range, text);
  const isAtTop = /(^|\n[ \t]*\r?\n)$/.test(text.slice(0, from));
  const behind = isAtTop ? (/^[ \t]*\r?\n/.exec(text.slice(to))?.[0].length ?? 0) : 0;
  const before =
    to + behind === text.length ? (/\n([ \t]*\r?\n)+$/.exec(text.slice(0, from))?.[0].length ?? 1) - 1 : 0;
  return { from: from - before, to: to + behind, text: "" };
}

/** The moved text, with `export` where it is needed, in lines that end as the target's do. */
function textFor(nl: string, shown: readonly string[], move: Move): string {
  const { source, statements } = move;
  const from = startOf(statements, source, (it) => isAboutFile(it, source));
  const text = source.text.slice(from, endOf(statements, source));
  const bare = statements.filter(
    (it) => declarationOf(it) === it && namesIn(it, source).some((name) => shown.includes(name)),
  );
  const changes = bare.map((it) => ({ from: it.from - from, to: it.from - from, text: "export " }));
  return withChanges(text, changes).replace(/\r?\n/g, nl);
}
