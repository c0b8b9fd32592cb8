import type { Binding } from "../../../syntax/bindings.ts";
import {
  ancestors,
  contains,
  inField,
  isComment,
  nearest,
  parts,
  type SyntaxNode,
  walk,
} from "../../../syntax/tree.ts";
import { indentAt, lineEnd, movedText } from "../../extraction/moved-text.ts";
import { badName, clashWith, freshName, hiddenAround, textOf } from "../../names.ts";
import { aboveComments, leadingPart } from "../../new-variable.ts";
import { type Plan, type Refusal, refused } from "../../plan.ts";
import type { Options, Place, Source } from "../../refactoring.ts";
import { isRow, namesIn, tokensOf } from "../../selection.ts";
import { decoratorIn } from "../class-parts.ts";
import { statementEnd } from "../declared.ts";
import { boundToPlace, type Needed, neededBy, thisIn } from "./needed.ts";
import { isMisgrouped, isWrittenType, typeAt, type WrittenType, wrapped } from "./type-at.ts";

/** What a new type is declared as: an alias of any type, or an interface of a literal's members. */
export type NewTypeKind = "type" | "interface";

/** A name for types and nothing else, so that it meets neither a type nor a value. */
export const SPACES = ["type", "value"] as const;

/** The plan that declares the type at the place before the outermost statement around it, and names it where it stood. */
export function withNamedType(kind: NewTypeKind, place: Place, options: Options): Plan | Refusal {
  const { source } = place;
  const written = typeAt(place);
  if (!written || (kind === "interface" && !isPlainLiteral(written.node)))
    return refused(
      `extract-${kind}.place`,
      `There is no ${kind === "type" ? "type" : "type literal"} that is selected whole.`,
    );
  const { node } = written;
  const { row, statement } = homeOf(node, source);
  const needed = neededBy([node], row, source);
  if ("kind" in needed) return needed;
  const trouble = hiddenAround(node, source) ?? cannotMove(written, needed, source);
  if (trouble) return trouble;
  const all = options.replaceAll ? equalTypes(node, row, needed, source) : [written.whole];
  const name = nameFor(node, statement, all, source, options);
  return typeof name === "string" ? planFor({ kind, name, node, all, needed, statement }, source) : name;
}

/** A type literal with members, which an interface can have, too: no `[K in T]`. */
function isPlainLiteral(node: SyntaxNode): boolean {
  const members = node.type === "object_type" ? parts(node) : [];
  return (
    members.length > 0 && !members.some((it) => it.children.some((at) => at.type === "mapped_type_clause"))
  );
}

/** The row of statements that a type is declared in, the file's or the innermost namespace's, and the statement before which. */
export function homeOf(
  node: SyntaxNode,
  { root }: Source,
): { readonly row: SyntaxNode; readonly statement: SyntaxNode } {
  const row =
    ancestors(node).find((it) => isRow(it) && /^(internal_)?module$/.test(it.parent?.type ?? "")) ?? root;
  return { row, statement: row.children.find((it) => contains(it, node)) ?? node };
}

/** Why what stands there cannot be a name, or would mean something else elsewhere. */
function cannotMove({ node, whole }: WrittenType, needed: Needed, source: Source): Refusal | undefined {
  const at = whole.parent?.type;
  if (at === "type_alias_declaration")
    return refused("extract-type.named", "It has a name of its own already.", node);
  // TypeScript tells both by how they are written: `readonly a[]`, and whether `[K in keyof T]` keeps what T's members are.
  const isReadonly = ancestors(whole).some(
    (it) => it.type === "readonly_type" && parts(it)[0]?.from === whole.from,
  );
  if (isReadonly || at === "mapped_type_clause" || isMisgrouped(whole))
    return refused("extract-type.place", "What stands around it needs it to be written there.", node);
  if (textOf(node, source) === "unique symbol" || [...walk(node)].some((it) => isOpenInfer(it, node)))
    return refused("type.infer", "It can be written there only.", node);
  const own = thisIn(node);
  if (own) return refused("type.this", "What `this` is depends on where it is asked.", own);
  if (needed.bindings.length === 1 && node.type === "type_identifier")
    return refused("extract-type.named", "It has a name of its own already.", node);
  if (decoratorIn(node))
    return refused(
      "extract-type.decorator",
      "Types of a class with decorators may be looked at when it runs.",
      node,
    );
  return boundToPlace(node, needed, source);
}

/** `infer T` whose condition is not in the node. */
function isOpenInfer(it: SyntaxNode, node: SyntaxNode): boolean {
  if (it.type !== "infer_type") return false;
  const right = ancestors(it).find((at) => at.field === "right" && at.parent?.type === "conditional_type");
  return !right?.parent || !contains(node, right.parent);
}

/** The type, and all that are equal to it and mean the same, in order. */
function equalTypes(
  node: SyntaxNode,
  row: SyntaxNode,
  needed: Needed,
  source: Source,
): readonly SyntaxNode[] {
  const meaning = meaningOf(node, source);
  const isSame = (it: SyntaxNode) => {
    const other = meaningOf(it, source);
    return other.length === meaning.length && other.every((at, index) => at === meaning[index]);
  };
  return [...walk(row)]
    .filter(
      (it) =>
        it.type === node.type &&
        isWrittenType(it) &&
        tokensOf(it, source.text) === tokensOf(node, source.text) &&
        isSame(it),
    )
    .map((it) => ({ node: it, whole: wrapped(it) }))
    .filter((it) => it.node === node || !cannotMove(it, needed, source))
    .map((it) => it.whole);
}

/** What each name in a type stands for; of those that are declared in it, which word of it that is. */
function meaningOf(node: SyntaxNode, source: Source): readonly (Binding | number | undefined)[] {
  const words = [...walk(node)].filter((it) => it.children.length === 0 && !isComment(it));
  return namesIn(node, source).map(({ binding }) => {
    const own = words.findIndex((it) => binding?.declarations.includes(it));
    return own === -1 ? binding : own;
  });
}

function nameFor(
  node: SyntaxNode,
  statement: SyntaxNode,
  all: readonly SyntaxNode[],
  source: Source,
  { name }: Options,
): string | Refusal {
  const clash = (it: string) =>
    [statement, ...all].map((at) => clashWith(it, at, source, SPACES)).find((at) => at !== undefined);
  if (name !== undefined) return badName(name, source, ["type", "value"]) ?? clash(name) ?? name;
  return freshName(suggested(node, source), statement, source, undefined, (it) => clash(it) !== undefined);
}

/** After what has the type: `options: {…}` gives "Options". */
function suggested(node: SyntaxNode, source: Source): string {
  const holder = nearest(node.parent, (it) => !/_type$|^type_a/.test(it.type));
  const named = holder && (inField(holder, "name") ?? inField(holder, "pattern"));
  const isName = named !== undefined && named.children.length === 0 && /identifier$/.test(named.type);
  const word = isName ? textOf(named, source).replace(/^[#_$]+/, "") : "";
  const result = holder && source.rules.isFunction(holder) ? "Result" : "";
  return word === "" ? "NewType" : word.charAt(0).toUpperCase() + word.slice(1) + result;
}

/** What becomes of it. */
interface Named {
  readonly kind: NewTypeKind;
  readonly name: string;
  readonly node: SyntaxNode;
  readonly all: readonly SyntaxNode[];
  readonly needed: Needed;
  readonly statement: SyntaxNode;
}

function planFor({ kind, name, node, all, needed, statement }: Named, source: Source): Plan {
  const { path, text } = source;
  const part = { kind: "expression", nodes: [node], from: node.from, to: node.to } as const;
  const indent = indentAt(statement.from, text);
  const body = movedText(part, source, indent);
  const parameters = needed.declared.length > 0 ? `<${needed.declared.join(", ")}>` : "";
  const uses = needed.names.length > 0 ? `${name}<${needed.names.join(", ")}>` : name;
  const head = `${kind} ${name}${parameters}`;
  const declaration =
    kind === "interface" ? `${head} ${body}` : `${head} = ${body}${endBefore(statement, source)}`;
  const at = aboveComments(leadingPart(statement), text);
  const changes = [
    { from: at, to: at, text: declaration + gapAt(at, text) },
    ...all.map((it) => ({ from: it.from, to: it.to, text: apart(it, uses, text) })),
  ];
  return {
    kind: "plan",
    title: `Extract ${kind} '${name}'`,
    files: [{ path, before: text, changes }],
    warnings: statement.parent === source.root ? warningsFor(name, source) : [],
    nameAt: at + kind.length + 1,
  };
}

/** What a declaration ends with that stands before a statement. */
function endBefore(statement: SyntaxNode, source: Source): string {
  return /^[([`/+*<-]/.test(source.text.slice(statement.from)) ? ";" : statementEnd(source);
}

/** What stands between a declaration and what it is put before, at an offset. */
export function gapAt(at: number, text: string): string {
  const ahead = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return ahead.trim() === "" ? lineEnd(text) + lineEnd(text) + ahead : " ";
}

/** A word right before the type, as in `as{}`, stays one of its own. */
function apart({ from, to }: SyntaxNode, name: string, text: string): string {
  const isWord = (at: string) => /[\p{ID_Continue}$]/u.test(at);
  return (isWord(text.charAt(from - 1)) ? " " : "") + name + (isWord(text.charAt(to)) ? " " : "");
}

/** What no module is shares its types with all files that are none. */
export function warningsFor(name: string, { root }: Source): readonly string[] {
  const isModule = root.children.some((it) => /^(import|export)_/.test(it.type));
  return isModule
    ? []
    : [`The file is no module, so "${name}" is a type in all files of the project that are none.`];
}
