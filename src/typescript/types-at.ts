import ts from "typescript-js";
import type { ToldType, TypesRequest } from "../refactor/typed.ts";
import type { Disk } from "./disk.ts";
import { projectOf } from "./project.ts";

/**
 * The types of the names at some places of a file, as they can be written anywhere in that file. Those that are not
 * known are left out, and those that are known only around the place.
 */
export function typesAt(
  { file, at, root }: TypesRequest,
  disk: Disk,
  libraries: string,
): readonly ToldType[] {
  const project = projectOf({ disk, libraries, roots: [file.path], file: file.path, top: root });
  project.show(new Map([[file.path, file.text]]));
  const program = project.program();
  const source = program.getSourceFile(file.path);
  const checker = program.getTypeChecker();
  return at.flatMap((offset) => {
    const node = source && nodeAt(source, offset);
    const type = node && typeText(checker.getTypeAtLocation(node), source, checker);
    return type === undefined ? [] : [{ at: offset, type }];
  });
}

function nodeAt(file: ts.SourceFile, offset: number): ts.Identifier | undefined {
  const find = (node: ts.Node): ts.Identifier | undefined => {
    if (ts.isIdentifier(node) && node.getStart(file) === offset) return node;
    return node.pos <= offset && offset < node.end ? ts.forEachChild(node, find) : undefined;
  };
  return find(file);
}

const FLAGS = ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.UseFullyQualifiedType;

function typeText(type: ts.Type, file: ts.SourceFile, checker: ts.TypeChecker): string | undefined {
  const node = checker.typeToTypeNode(type, file, FLAGS);
  if (!node || !isKnownIn(node, file, checker)) return undefined;
  const printer = ts.createPrinter({ removeComments: true, omitTrailingSemicolon: true });
  const lines = printer.printNode(ts.EmitHint.Unspecified, node, file);
  return lines.replace(/\s*\n\s*/g, " ");
}

/** Whether all that a type names is to be had at the top of the file, and nothing in it is unknown. */
function isKnownIn(type: ts.TypeNode, file: ts.SourceFile, checker: ts.TypeChecker): boolean {
  const flags = ts.SymbolFlags.Type | ts.SymbolFlags.Namespace | ts.SymbolFlags.Value | ts.SymbolFlags.Alias;
  const there = new Map(checker.getSymbolsInScope(file, flags).map((it) => [it.name, it]));
  const isThere = (name: ts.Identifier) => isSame(symbolOf(name), there.get(name.text), checker);
  const isKnown = (node: ts.Node): boolean => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) return false;
    if (ts.isTypeReferenceNode(node) && !isThere(first(node.typeName))) return false;
    if (ts.isTypeQueryNode(node) && !(ts.isIdentifier(node.exprName) && isThere(node.exprName))) return false;
    return ts.forEachChild(node, (it) => !isKnown(it)) !== true;
  };
  return isKnown(type);
}

function first(name: ts.EntityName): ts.Identifier {
  return ts.isIdentifier(name) ? name : first(name.left);
}

/** What a name in a type that the checker has written stands for. */
function symbolOf(name: ts.Identifier & { readonly symbol?: ts.Symbol }): ts.Symbol | undefined {
  return name.symbol;
}

/** Whether a name at the top of the file stands for that, and not for another of its name. */
function isSame(
  meant: ts.Symbol | undefined,
  found: ts.Symbol | undefined,
  checker: ts.TypeChecker,
): boolean {
  if (!meant || !found) return found !== undefined;
  const [one, other] = [meant, found].map((it) =>
    it.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(it) : it,
  );
  return one === other || one?.declarations?.some((it) => other?.declarations?.includes(it)) === true;
}
