import ts from "typescript-js";
import { type Refusal, refused } from "../refactor/plan.ts";

/** Where a name begins. */
interface NameStart {
  readonly path: string;
  readonly from: number;
}

/**
 * A use of a member of that name, none of `known`, that may be the one that is renamed: on something of which the
 * compiler does not know what it is, or that has members of any name, and where a program asks for it by a text.
 * `undefined`: there is none.
 */
export function untypedUse(
  name: string,
  paths: readonly string[],
  known: readonly NameStart[],
  program: ts.Program,
): Refusal | undefined {
  const checker = program.getTypeChecker();
  for (const [node, file] of others(name, paths, known, program)) {
    const where = `In line ${lineOf(node, file)} of "${file.fileName}" "${name}"`;
    if (isUntyped(node, name, checker))
      return refused(
        "rename.untyped",
        `${where} is a member of something whose type does not tell which: it may be the same one.`,
      );
    if (isAskedFor(node))
      return refused("rename.untyped", `${where} is asked for by a text: it may be the same one.`);
  }
  return undefined;
}

/** Most of them that are told. */
const MAX_TEXTS = 5;

/** Sentences about texts that are nothing but the name and stay as they are. */
export function textsWith(
  name: string,
  paths: readonly string[],
  known: readonly NameStart[],
  program: ts.Program,
): readonly string[] {
  const found = [...others(name, paths, known, program)].filter(
    ([node]) => ts.isStringLiteralLike(node) && !isModule(node),
  );
  return found
    .slice(0, MAX_TEXTS)
    .map(([node, file]) => `The text "${name}" in line ${lineOf(node, file)} of "${file.fileName}" stays.`);
}

/** Every place with the name that is none of `known`, with its file. */
function* others(
  name: string,
  paths: readonly string[],
  known: readonly NameStart[],
  program: ts.Program,
): Generator<readonly [NameNode, ts.SourceFile]> {
  const sure = new Set(known.map((it) => `${it.path} ${it.from}`));
  for (const path of paths) {
    const file = program.getSourceFile(path);
    if (!file) continue;
    for (const node of named(file, name)) if (!sure.has(`${path} ${startOf(node, file)}`)) yield [node, file];
  }
}

type NameNode = ts.Identifier | ts.PrivateIdentifier | ts.StringLiteralLike;

function named(file: ts.SourceFile, name: string): readonly NameNode[] {
  const found: NameNode[] = [];
  const look = (node: ts.Node): void => {
    const isIt = ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isPrivateIdentifier(node);
    if (isIt && node.text === name) found.push(node);
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

function lineOf(node: ts.Node, file: ts.SourceFile): number {
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

/** Of a text in quotes, where what is in them begins. */
function startOf(node: ts.Node, file: ts.SourceFile): number {
  return node.getStart(file) + (ts.isStringLiteralLike(node) ? 1 : 0);
}

/** Whether it is read from what has no declared member of the name: it is not known, or has members of any name. */
function isUntyped(node: NameNode, name: string, checker: ts.TypeChecker): boolean {
  // A private name is a class's own, whatever it is read from.
  const owner = ts.isPrivateIdentifier(node) ? undefined : ownerOf(node);
  if (!owner) return false;
  const type = checker.getApparentType(checker.getNonNullableType(checker.getTypeAtLocation(owner)));
  if (ts.isJsxAttribute(node.parent)) return (type.flags & ts.TypeFlags.Any) !== 0;
  // Where nothing is known of what is taken apart, the compiler makes a type of the pattern, with members declared nowhere.
  return (type.flags & ts.TypeFlags.Any) !== 0 || !type.getProperty(name)?.declarations?.length;
}

/** By ECMA-262 sections 20.1.2, 20.1.3 and 28.1: these take the name of a member. */
const ASKING =
  /^(hasOwn|hasOwnProperty|propertyIsEnumerable|defineProperty|getOwnPropertyDescriptor|get|set|has|deleteProperty)$/;

/** Whether a program asks by a text whether something has the member, or for it. */
function isAskedFor(node: NameNode): boolean {
  const { parent } = node;
  if (!ts.isStringLiteralLike(node)) return false;
  if (ts.isBinaryExpression(parent))
    return parent.operatorToken.kind === ts.SyntaxKind.InKeyword && parent.left === node;
  if (!ts.isCallExpression(parent) || !ts.isPropertyAccessExpression(parent.expression)) return false;
  const { expression, name } = parent.expression;
  if (!ASKING.test(name.text)) return false;
  const isOfMaps = /^(get|set|has)$/.test(name.text);
  return !isOfMaps || (ts.isIdentifier(expression) && expression.text === "Reflect");
}

function isModule({ parent }: ts.Node): boolean {
  return (
    ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isExternalModuleReference(parent)
  );
}

/** Of what it is read as a member, if it is. */
function ownerOf(node: ts.Node): ts.Node | undefined {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return parent.expression;
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) return parent.expression;
  if (ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent))
    return (parent.propertyName ?? parent.name) === node ? parent.parent : undefined;
  return ts.isJsxAttribute(parent) && parent.name === node ? tagOf(parent) : undefined;
}

/** The component; an element of the page's own has attributes that are nobody's. */
function tagOf(attribute: ts.JsxAttribute): ts.Node | undefined {
  const { tagName } = attribute.parent.parent;
  return /^[a-z]/.test(tagName.getText()) ? undefined : tagName;
}
