import type { Binding } from "../../../syntax/bindings.ts";
import { inField, isComment, parts, type SyntaxNode } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { baseName } from "../../../text/paths.ts";
import type { Exported, ExportForms } from "../../exporting.ts";
import { lineEnd } from "../../extraction/moved-text.ts";
import { wholeLines } from "../../lines.ts";
import { isClear, textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { trimmed } from "../../selection.ts";
import { isConstant } from "../../steady.ts";
import { statementEnd } from "../declared.ts";
import { linksOf } from "../moving/links.ts";
import { hasExport } from "../moving/needs.ts";
import { isImported, usersOf } from "./users.ts";

/** Exports of ES modules. */
export const exporting: ExportForms = {
  exportedAt,
  exchanged({ name, isDefault, from }, source, others, id) {
    const statement = source.root.children.find((it) => it.from === from);
    const binding = bindingOf(name, source);
    if (!statement || !binding || binding.kind === "import")
      return refused(`${id}.name`, `"${name}" is not declared in the file.`);
    const obstacle = cannotChange(binding, source, id) ?? unfit(statement, binding, isDefault, source, id);
    if (obstacle) return obstacle;
    const own = isDefault ? named(statement, binding, source, id) : unnamed(statement, name, source);
    if ("code" in own) return own;
    const changed = { source, name, isDefault, id };
    const users = usersOf(changed, others);
    if ("code" in users) return users;
    const isUsed = others.some((it) => isImported(changed, it));
    const warning = `No file was found that imports it: what takes it from "${baseName(source.path)}" in another way, as frameworks do, will not find it there.`;
    return {
      files: [{ path: source.path, before: source.text, changes: own }, ...users],
      warnings: isUsed ? [] : [warning],
    };
  },
};

/** The export in whose statement, before the body of what it declares, the place lies. */
function exportedAt(place: Place): Exported | undefined {
  const { source } = place;
  const { from, to } = trimmed(place);
  const statement = source.root.children.find((it) => it.from <= from && to <= it.to);
  if (statement?.type !== "export_statement") return undefined;
  const isDefault = statement.children.some((it) => it.type === "default");
  const value = inField(statement, "value");
  const declaration = inField(statement, "declaration") ?? value;
  const name = declaration && nameOf(declaration);
  const body = declaration && inField(declaration, "body");
  const isInHead = to <= (body?.from ?? statement.to) || from === statement.from;
  const isPlain = value === undefined || value.type === "identifier";
  if (!name || !isInHead || !isPlain) return undefined;
  return { name: textOf(name, source), isDefault, from: statement.from, to: statement.to };
}

function nameOf(declaration: SyntaxNode): SyntaxNode | undefined {
  if (declaration.type === "identifier") return declaration;
  if (!/^(lexical|variable)_declaration$/.test(declaration.type)) return inField(declaration, "name");
  const [only, ...more] = parts(declaration);
  const name = only && more.length === 0 ? inField(only, "name") : undefined;
  return name?.type === "identifier" ? name : undefined;
}

function bindingOf(name: string, source: Source): Binding | undefined {
  const { bindings } = source.bindings().root;
  return bindings.get(`value ${name}`) ?? bindings.get(`type ${name}`);
}

/** Why what others see of a name would not be the same. */
function cannotChange(binding: Binding, source: Source, id: string): Refusal | undefined {
  const { name, spaces, declarations } = binding;
  const { bindings } = source.bindings().root;
  if (!isConstant(binding))
    return refused(`${id}.written`, `"${name}" is declared again or given another value.`, declarations[0]);
  if ((["value", "type"] as const).some((it) => !spaces.includes(it) && bindings.has(`${it} ${name}`)))
    return refused(
      `${id}.companion`,
      `"${name}" is a value and a type; they are two things.`,
      declarations[0],
    );
  const hidden = isClear(binding, source);
  if (hidden) return hidden;
  const all = linksOf(source).find((it) => it.isAll);
  return (
    all &&
    refused(`${id}.all`, "The file exports all of another one, which may have the same name.", all.statement)
  );
}

/** What has no such form. */
function unfit(
  statement: SyntaxNode,
  { name }: Binding,
  isDefault: boolean,
  source: Source,
  id: string,
): Refusal | undefined {
  const declaration = inField(statement, "declaration");
  const isOther =
    declaration &&
    !/^((generator_)?function|class|abstract_class|interface|lexical)_declaration$/.test(declaration.type);
  if (isOther || statement.children.some((it) => it.type === "decorator"))
    return refused(`${id}.kind`, "What is declared there has no such form.", statement);
  const comment = statement.children.find(isComment);
  if (comment) return refused(`${id}.comment`, "A comment would have no place.", comment);
  const isThere = isDefault ? hasExport(source, name) : hasDefault(source);
  return isThere
    ? refused(
        `${id}.taken`,
        isDefault ? `The file exports a "${name}" already.` : "The file has a default export already.",
        statement,
      )
    : undefined;
}

function hasDefault(source: Source): boolean {
  return (
    hasExport(source, "default") ||
    source.root.children.some(
      (it) =>
        it.type === "export_statement" && it.children.some((at) => at.type === "default" || at.type === "="),
    )
  );
}

/** `export default f` as an export of its name. */
function named(
  statement: SyntaxNode,
  { declarations: [declared] }: Binding,
  source: Source,
  id: string,
): readonly TextChange[] | Refusal {
  const word = statement.children.find((it) => it.type === "default");
  const declaration = inField(statement, "declaration");
  if (word && declaration) return [{ from: word.from, to: declaration.from, text: "" }];
  const home = source.root.children.find(
    (it) => declared && it.from <= declared.from && declared.to <= it.to,
  );
  const gone = { ...withBlanks(statement, source), text: "" };
  if (home?.type === "export_statement") return [gone];
  if (!home || !nameOf(home) || nameOf(home) !== declared)
    return refused(`${id}.kind`, "What it is declared by declares more, or is of another kind.", statement);
  return [{ from: home.from, to: home.from, text: "export " }, gone].toSorted((a, b) => a.from - b.from);
}

/** The lines of a statement and, at the end of a file, the empty ones before it. */
function withBlanks(statement: SyntaxNode, { text }: Source) {
  const lines = wholeLines(statement, text);
  if (text.slice(lines.to).trim() !== "") return lines;
  const kept = text.slice(0, lines.from).replace(/(\r?\n)([ \t]*\r?\n)*$/, "$1");
  return { from: kept.length, to: lines.to };
}

/** `export f` as the default. */
function unnamed(statement: SyntaxNode, name: string, source: Source): readonly TextChange[] {
  const declaration = inField(statement, "declaration");
  const start = declaration?.from ?? statement.to;
  if (declaration?.type !== "lexical_declaration") return [{ from: start, to: start, text: "default " }];
  const text = `${lineEnd(source.text)}export default ${name}${statementEnd(source)}`;
  return [
    { from: statement.from, to: start, text: "" },
    { from: statement.to, to: statement.to, text },
  ];
}
