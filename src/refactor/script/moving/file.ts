import { isComment, type SyntaxNode, smallestAround, walk } from "../../../syntax/tree.ts";
import { type TextChange, withChanges } from "../../../text/changes.ts";
import { absolute, baseName, extensionOf, parentOf } from "../../../text/paths.ts";
import type { FileMovingRules } from "../../moving/file-rules.ts";
import { textOf } from "../../names.ts";
import { type FilePlan, type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { leadsTo, mayMean } from "../importers.ts";
import { movedSpecifier, specifiersOf } from "./specifiers.ts";
import { specifierFrom } from "./style.ts";

const ID = "move-file";

/** Files of JavaScript and TypeScript. */
export const fileMoving: FileMovingRules = {
  isAbout,
  moved(source, to, others, known) {
    const obstacle = cannotMove(source, to) ?? confused(source.path, to, known);
    if (obstacle) return obstacle;
    const own = ownChanges(source, to);
    if ("code" in own) return own;
    const files: FilePlan[] = [];
    const warnings = textsIn(source, to);
    for (const file of others) {
      const changes = changesIn(file, source.path, to);
      if ("code" in changes) return changes;
      if (changes.length > 0) files.push({ path: file.path, before: file.text, changes });
      warnings.push(...unsure(file, source.path));
    }
    const alone = `No file was found that imports it: what finds "${baseName(source.path)}" by its path, as package.json and frameworks do, will not find it there.`;
    return {
      kind: "plan",
      title: "Move or rename file",
      files: [
        { path: source.path, before: source.text, changes: [], isRemoved: true },
        { path: to, before: undefined, changes: [{ from: 0, to: 0, text: withChanges(source.text, own) }] },
        ...files,
      ],
      warnings: files.length === 0 ? [...warnings, alone] : warnings,
    };
  },
};

/** At a cursor among the imports, or between the statements of the file. */
function isAbout({ source, from, to }: Place): boolean {
  const at = smallestAround(source.root, from, from);
  const statement = source.root.children.find((it) => it.from <= from && from < it.to);
  return from === to && (at === source.root || from === 0 || statement?.type === "import_statement");
}

/** Why what the file does depends on where it lies, or on its ending. */
function cannotMove(source: Source, to: string): Refusal | undefined {
  const { path, root } = source;
  if (extensionOf(path) !== extensionOf(to) || /\.d\.[cm]?ts$/.test(path + to))
    return refused(`${ID}.kind`, `"${baseName(to)}" would be read in another way than "${baseName(path)}".`);
  const isSameFolder = parentOf(path) === parentOf(to);
  const placed = [...walk(root)].find((it) => {
    if (it.isNamed && /^(import|meta_property)$/.test(it.type)) return isOwnPlace(it, source);
    const name = it.type === "identifier" ? textOf(it, source) : "";
    return name === "__filename" || (name === "__dirname" && !isSameFolder);
  });
  if (placed) return refused(`${ID}.place`, `"${textOf(placed, source)}" tells where the file lies.`, placed);
  const told = isSameFolder
    ? undefined
    : [...walk(root)].find((it) => isComment(it) && /<reference\s+path/.test(textOf(it, source)));
  return told && refused(`${ID}.place`, "A comment names another file for the compiler.", told);
}

/** `import.meta`, but for what bundlers put in every file. */
function isOwnPlace(node: SyntaxNode, { text }: Source): boolean {
  const whole = node.type === "import" ? node.parent : node;
  if (whole === undefined || !/^import\s*\.\s*meta$/.test(text.slice(whole.from, whole.to))) return false;
  return !/^\s*\??\.\s*(env|hot)\b/.test(text.slice(whole.to));
}

/** Whether an import may mean one of two files, now or then. */
function confused(from: string, to: string, known: readonly Source[]): Refusal | undefined {
  const bare = (it: string) => it.replace(/\.[cm]?[jt]sx?$/, "");
  for (const file of known)
    for (const { value, isRead } of specifiersOf(file)) {
      if (!isRead || !value.startsWith(".")) continue;
      const said = bare(absolute(value, parentOf(file.path)));
      const isNow = leadsTo(value, file.path, to);
      const other = known.find((it) => it.path !== from && [said, `${said}/index`].includes(bare(it.path)));
      if (isNow || (other && leadsTo(value, file.path, from)))
        return refused(
          `${ID}.confused`,
          `"${value}" in "${baseName(file.path)}" may mean "${baseName(isNow ? to : from)}" or another file.`,
        );
    }
  return undefined;
}

/** What the file itself names, from its new folder. */
function ownChanges(source: Source, to: string): readonly TextChange[] | Refusal {
  const changes: TextChange[] = [];
  for (const { node, value, isRead } of specifiersOf(source)) {
    if (!isRead || !value.startsWith(".")) continue;
    const isItself = leadsTo(value, source.path, source.path);
    if (!isItself && parentOf(source.path) === parentOf(to)) continue;
    const made = specifierFrom(to, absolute(value, parentOf(source.path)), "own");
    if (isItself || made === undefined)
      return refused(`${ID}.path`, `What "${value}" means there is not certain.`, node);
    changes.push(written(node, value.endsWith("/") && !made.endsWith("/") ? `${made}/` : made));
  }
  return changes;
}

function written({ from, to }: SyntaxNode, text: string): TextChange {
  return { from: from + 1, to: to - 1, text };
}

/** What other files name it by. */
function changesIn(file: Source, from: string, to: string): readonly TextChange[] | Refusal {
  const changes: TextChange[] = [];
  for (const { node, value, isRead } of specifiersOf(file)) {
    if (!isRead || !leadsTo(value, file.path, from)) continue;
    const made = movedSpecifier(value, file.path, from, to);
    if (made === undefined) return refused(`${ID}.path`, `There is no way from "${file.path}" to "${to}".`);
    changes.push(written(node, made));
  }
  return changes;
}

/** What may be about the file, and is left. */
function unsure(file: Source, from: string): readonly string[] {
  return specifiersOf(file).flatMap(({ value, isRead }) => {
    const isText = !isRead && leadsTo(value, file.path, from);
    const isAlias = isRead && !/^(\.|node:)/.test(value) && mayMean(value, from);
    return isText || isAlias ? [`"${value}" in "${file.path}" may be the file, and is left as it is.`] : [];
  });
}

/** Texts of the file itself that look like paths. */
function textsIn(source: Source, to: string): string[] {
  if (parentOf(source.path) === parentOf(to)) return [];
  return specifiersOf(source)
    .filter((it) => !it.isRead)
    .map((it) => `"${it.value}" in the file looks like a path from its folder, and is left as it is.`);
}
