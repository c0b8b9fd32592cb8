import ts from "typescript-js";
import { type Refusal, refused } from "../refactor/plan.ts";

/** Where a name begins. */
interface NameStart {
  readonly path: string;
  readonly from: number;
}

/**
 * A use of a member of that name, none of `known`, on something of which the compiler does not know what it is: it may
 * be the one that is renamed. `undefined`: there is none.
 */
export function untypedUse(
  name: string,
  paths: readonly string[],
  known: readonly NameStart[],
  program: ts.Program,
): Refusal | undefined {
  const checker = program.getTypeChecker();
  const sure = new Set(known.map((it) => `${it.path} ${it.from}`));
  for (const path of paths) {
    const file = program.getSourceFile(path);
    const found =
      file &&
      firstIn(file, (node) => isUntyped(node, name, checker) && !sure.has(`${path} ${startOf(node, file)}`));
    if (!found || !file) continue;
    const { line } = file.getLineAndCharacterOfPosition(found.getStart(file));
    const where = `line ${line + 1} of "${path}"`;
    return refused(
      "rename.untyped",
      `In ${where} "${name}" is a member of something whose type is not known: it may be the same one.`,
    );
  }
  return undefined;
}

/** Of a text in quotes, where what is in them begins. */
function startOf(node: ts.Node, file: ts.SourceFile): number {
  return node.getStart(file) + (ts.isStringLiteralLike(node) ? 1 : 0);
}

function firstIn(node: ts.Node, test: (node: ts.Node) => boolean): ts.Node | undefined {
  return test(node) ? node : ts.forEachChild(node, (it) => firstIn(it, test));
}

function isUntyped(node: ts.Node, name: string, checker: ts.TypeChecker): boolean {
  const isIt = ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isPrivateIdentifier(node);
  if (!isIt || node.text !== name) return false;
  const owner = ownerOf(node);
  if (!owner) return false;
  const type = checker.getTypeAtLocation(owner);
  if ((type.flags & ts.TypeFlags.Any) !== 0) return true;
  // Where nothing is known of what is taken apart, the compiler makes a type of the pattern: its members are declared nowhere.
  return ts.isObjectBindingPattern(owner) && !type.getProperty(name)?.declarations?.length;
}

/** Of what it is read as a member, if it is. */
function ownerOf(node: ts.Node): ts.Node | undefined {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return parent.expression;
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) return parent.expression;
  if (ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent))
    return (parent.propertyName ?? parent.name) === node ? parent.parent : undefined;
  if (ts.isJsxAttribute(parent) && parent.name === node) return tagOf(parent);
  return ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.InKeyword &&
    parent.left === node
    ? parent.right
    : undefined;
}

/** The component; an element of the page's own has attributes that are nobody's. */
function tagOf(attribute: ts.JsxAttribute): ts.Node | undefined {
  const { tagName } = attribute.parent.parent;
  return /^[a-z]/.test(tagName.getText()) ? undefined : tagName;
}
