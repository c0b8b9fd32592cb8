import { isComment, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { baseName } from "../../../text/paths.ts";
import { type FilePlan, type Refusal, refused } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { leadsTo, mayMean, throughNamespace } from "../importers.ts";
import { type Link, type LinkedName, linksOf } from "../moving/links.ts";
import { linksTo, namesInText } from "../moving/users.ts";

/** An export that gets the other form. */
export interface ChangedExport {
  readonly source: Source;
  readonly name: string;
  /** Whether it was the default. */
  readonly isDefault: boolean;
  readonly id: string;
}

/** Whether a file imports it, or hands it on. */
export function isImported({ source, name, isDefault }: ChangedExport, file: Source): boolean {
  const imported = isDefault ? "default" : name;
  return linksTo(source, file).some((it) =>
    it.names.some((at) => at.imported === imported || at.kind === "namespace"),
  );
}

/** The changes to the files that import it. */
export function usersOf(changed: ChangedExport, others: readonly Source[]): readonly FilePlan[] | Refusal {
  const { source, id } = changed;
  if (linksTo(source, source).length > 0) return refused(`${id}.itself`, "The file imports itself.");
  const files: FilePlan[] = [];
  for (const file of others) {
    const hidden = hiddenIn(file, changed);
    if (hidden) return hidden;
    const changes: TextChange[] = [];
    for (const link of linksTo(source, file)) {
      const made = changesOf(link, file, changed);
      if ("code" in made) return made;
      changes.push(...made);
    }
    if (changes.length > 0)
      files.push({
        path: file.path,
        before: file.text,
        changes: changes.toSorted((a, b) => a.from - b.from),
      });
  }
  return files;
}

/** A use that cannot be followed. */
function hiddenIn(file: Source, { source, id }: ChangedExport): Refusal | undefined {
  const name = baseName(file.path);
  if (namesInText(source, file))
    return refused(
      `${id}.loaded`,
      `"${name}" loads the file by a call, or names it in a text, and what it takes of it is not certain.`,
    );
  const links = linksOf(file);
  const aside = links.find((it) => !/^(\.|node:)/.test(it.specifier) && mayMean(it.specifier, source.path));
  if (aside)
    return refused(
      `${id}.package`,
      `"${name}" imports "${aside.specifier}", and whether that leads to the file is not certain.`,
    );
  const all = links.find((it) => it.isAll && leadsTo(it.specifier, file.path, source.path));
  return (
    all &&
    refused(`${id}.all`, `"${name}" exports all of the file, and with a default that is something else.`)
  );
}

function changesOf(link: Link, file: Source, changed: ChangedExport): readonly TextChange[] | Refusal {
  const { name, isDefault, id } = changed;
  const [old, now] = isDefault ? ["default", name] : [name, "default"];
  const taken = link.names.filter((it) => it.imported === old);
  const changes: TextChange[] = [];
  for (const it of link.names.filter((at) => at.kind === "namespace")) {
    const found = { bindings: [], names: [] as SyntaxNode[], handedOn: [] };
    if (throughNamespace(it.node, file, old, found))
      return refused(
        `${id}.namespace`,
        `"${baseName(file.path)}" uses the file as a whole, and what it takes of it is not certain.`,
      );
    changes.push(...found.names.map((at) => ({ from: at.from, to: at.to, text: now })));
  }
  if (taken.length === 0) return changes;
  const [first, ...more] = taken;
  const clash = more.length > 0 || (!isDefault && link.names.some((it) => it.kind === "default"));
  if (!first || clash) return refused(`${id}.twice`, `"${baseName(file.path)}" imports it twice.`);
  if ([...walk(link.statement)].some(isComment))
    return refused(
      `${id}.comment`,
      `In "${baseName(file.path)}" a comment stands among the names of an import.`,
    );
  if (link.isExport || (isDefault && first.kind === "named"))
    return [
      ...changes,
      { from: first.node.from, to: first.node.to, text: typed(first, link, specified(now, first.local)) },
    ];
  const clause = isDefault ? listed(first, name, link, file, id) : leading(first, link, id, file);
  return "code" in clause ? clause : [...changes, ...clause];
}

function specified(imported: string, local: string): string {
  return imported === local ? local : `${imported} as ${local}`;
}

/** `type` of a single name stays. */
function typed(it: LinkedName, link: Link, text: string): string {
  return it.isType && !link.isType ? `type ${text}` : text;
}

/** `d, { a }` as `{ name as d, a }`. */
function listed(
  it: LinkedName,
  name: string,
  link: Link,
  file: Source,
  id: string,
): readonly TextChange[] | Refusal {
  const { from, to, parent } = it.node;
  const list = parent?.children.find((at) => at.type === "named_imports");
  if (link.names.some((at) => at.kind === "namespace"))
    return refused(`${id}.namespace`, `"${baseName(file.path)}" imports the file as a whole, too.`);
  const text = specified(name, it.local);
  if (!list) return [{ from, to, text: `{ ${text} }` }];
  const first = list.children.find((at) => at.isNamed);
  if (!first) return [{ from, to: list.to, text: `{ ${text} }` }];
  const blank = file.text.slice(list.from + 1, first.from);
  return [
    { from, to: list.from, text: "" },
    { from: first.from, to: first.from, text: `${text},${blank === "" ? " " : blank}` },
  ];
}

/** `{ name as d, a }` as `d, { a }`. */
function leading(it: LinkedName, link: Link, id: string, file: Source): readonly TextChange[] | Refusal {
  const list = it.node.parent;
  const all = list?.children.filter((at) => at.isNamed) ?? [];
  const isTypeOfOne = it.isType && !link.isType;
  if (!list || ((isTypeOfOne || link.isType) && all.length > 1))
    return refused(
      `${id}.type`,
      `"${baseName(file.path)}" imports a type beside others, and a default cannot be.`,
    );
  if (all.length === 1) {
    const word = isTypeOfOne ? "type " : "";
    return [{ from: list.from, to: list.to, text: word + it.local }];
  }
  const at = all.indexOf(it.node);
  const [before, next] = [all[at - 1], all[at + 1]];
  const gone = next
    ? { from: it.node.from, to: next.from }
    : { from: before?.to ?? it.node.from, to: it.node.to };
  return [
    { from: list.from, to: list.from, text: `${it.local}, ` },
    { ...gone, text: "" },
  ];
}
