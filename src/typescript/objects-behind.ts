import ts from "typescript-js";

/** How far into an object, or what a list or a promise holds, is looked. */
const MAX_DEPTH = 4;

/** Where a member is written in an object. */
interface Written {
  readonly path: string;
  readonly from: number;
}

/**
 * Where the objects that an error is about are written with a member of that name: it is what does not fit the type
 * that is wanted there.
 */
export function objectsBehind(
  { file, start = 0, length = 0 }: ts.Diagnostic,
  name: string,
  checker: ts.TypeChecker,
): readonly Written[] {
  const node = file && nodeAt(file, start, start + length);
  if (!node) return [];
  const found: Written[] = [];
  const seen = new Set<ts.Type>();
  look(checker.getTypeAtLocation(node), 0);
  return found;

  function look(type: ts.Type, depth: number): void {
    if (depth > MAX_DEPTH || seen.has(type)) return;
    seen.add(type);
    if (type.isUnionOrIntersection()) for (const it of type.types) look(it, depth);
    for (const it of type.getProperty(name)?.declarations ?? []) {
      const member = ts.isObjectLiteralElementLike(it) ? it.name : undefined;
      if (member) found.push({ path: it.getSourceFile().fileName, from: startOf(member) });
    }
    for (const it of argumentsOf(type)) look(it, depth + 1);
    if ((type.symbol?.flags & ts.SymbolFlags.ObjectLiteral) !== 0)
      for (const it of type.getProperties()) look(checker.getTypeOfSymbol(it), depth + 1);
  }

  function argumentsOf(type: ts.Type): readonly ts.Type[] {
    const isReference = "target" in type && (type.flags & ts.TypeFlags.Object) !== 0;
    return isReference ? checker.getTypeArguments(type as ts.TypeReference) : [];
  }
}

function startOf(member: ts.PropertyName): number {
  return member.getStart() + (ts.isStringLiteralLike(member) ? 1 : 0);
}

function nodeAt(file: ts.SourceFile, start: number, end: number): ts.Node | undefined {
  const find = (node: ts.Node): ts.Node | undefined => {
    if (node.getStart(file) === start && node.end === end) return node;
    return node.pos <= start && end <= node.end ? ts.forEachChild(node, find) : undefined;
  };
  return find(file);
}
