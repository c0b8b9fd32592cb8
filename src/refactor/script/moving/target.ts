import { parts, type SyntaxNode } from "../../../syntax/tree.ts";
import { baseName } from "../../../text/paths.ts";
import { wholeLines } from "../../lines.ts";
import { textOf } from "../../names.ts";
import { type FilePlan, type Refusal, refused } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { importEdits, isDirective, lineEnd, statementsFor } from "./import-edits.ts";
import { type LinkedName, linksOf } from "./links.ts";
import type { Move } from "./move.ts";
import { hasExport, isSameModule, type Needs } from "./needs.ts";
import type { ImportStyle } from "./style.ts";
import { hiddenUse, linksTo, seenOf, throughAll } from "./users.ts";

/** The target with what is moved; `textFor`: that, with line ends as they are there. */
export function arrived(
  move: Move,
  needs: Needs,
  style: ImportStyle,
  textFor: (nl: string) => string,
): FilePlan | Refusal {
  const { target, to, source } = move;
  if (!target) {
    const nl = lineEnd(source.text);
    const head = [...directives(source), ...statementsFor(needs.wanted, style)];
    const text = [head, [textFor(nl)]].filter((it) => it.length > 0).map((it) => it.join(nl) + nl);
    return { path: to, before: undefined, changes: [{ from: 0, to: 0, text: text.join(nl) }] };
  }
  const own = ownUses(target, move);
  if ("code" in own) return own;
  const clash = taken(target, own, move);
  if (clash) return clash;
  const isSame = (a: string, b: string) => isSameModule(a, b, target.path);
  const imports = importEdits(target, { gone: own, wanted: needs.wanted, isSame }, style);
  if ("code" in imports) return imports;
  const { text } = target;
  const nl = lineEnd(text === "" ? source.text : text);
  const at = own.length === 0 ? text.length : behindImports(target);
  const blank = text.trim() === "" ? "" : text.slice(0, at).endsWith("\n") ? nl : nl + nl;
  const added = { from: at, to: at, text: `${blank}${textFor(nl)}${nl}` };
  return { path: to, before: text, changes: [...imports, added].toSorted((a, b) => a.from - b.from) };
}

/** What the target has of the old file may be read as soon as it is loaded, so it comes first. */
function behindImports(target: Source): number {
  const last = linksOf(target).findLast((it) => !it.isExport)?.statement;
  return last ? wholeLines(last, target.text).to : target.text.length;
}

function directives(source: Source): readonly string[] {
  const head = parts(source.root);
  const end = head.findIndex((it) => !isDirective(it));
  return head.slice(0, end === -1 ? head.length : end).map((it) => textOf(it, source));
}

/** Names that the target imports from the old file and has itself from now on. */
function ownUses(target: Source, move: Move): readonly LinkedName[] | Refusal {
  const hidden = hiddenUse(target, move);
  if (hidden) return hidden;
  const seen = seenOf(move);
  const gone: LinkedName[] = [];
  for (const link of linksTo(move.source, target))
    for (const name of link.names) {
      const through = name.kind === "namespace" ? throughAll(name, target, seen) : undefined;
      if (through) return through;
      if (name.kind !== "named" || !seen.some((it) => it.name === name.imported)) continue;
      if (name.local !== name.imported)
        return refused(
          "move-symbol.alias",
          `"${baseName(target.path)}" has "${name.imported}" under another name.`,
        );
      gone.push(name);
    }
  return gone;
}

/** Names that stand for something else in the target already. */
function taken(target: Source, own: readonly LinkedName[], { bindings, to }: Move): Refusal | undefined {
  const { root, references } = target.bindings();
  for (const { name } of bindings) {
    const there = root.bindings.get(`value ${name}`) ?? root.bindings.get(`type ${name}`);
    if (there && !own.some((it) => it.local === name && contains(it.node, there.declarations[0])))
      return refused("move-symbol.taken", `"${name}" stands for something else in "${baseName(to)}".`);
    const isListed =
      hasExport(target, name) && !own.some((it) => it.local === name && it.node.type === "export_specifier");
    if (isListed) return refused("move-symbol.taken", `"${baseName(to)}" exports a "${name}" already.`);
    if (references.some((it) => !it.binding && textOf(it.node, target) === name))
      return refused(
        "move-symbol.captured",
        `"${name}" is used in "${baseName(to)}" for something from elsewhere.`,
      );
  }
  return undefined;
}

function contains(outer: SyntaxNode, inner: SyntaxNode | undefined): boolean {
  return inner !== undefined && outer.from <= inner.from && inner.to <= outer.to;
}
