import { parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import type { TryingRules } from "../trying/rules.ts";
import { branching } from "./branching.ts";
import { statementEnd } from "./declared.ts";

/** `try` of JavaScript and TypeScript. */
export const trying: TryingRules = {
  around: (name, source) => ({
    before: "try {",
    behind: [
      { text: `} catch (${name}) {`, isDeeper: false },
      { text: `throw ${name}${statementEnd(source)}`, isDeeper: true },
      { text: "}", isDeeper: false },
    ],
  }),
  failure: "error",
  cannotBeTried,
  declaresInRow: branching.declaresInRow,
};

function cannotBeTried(statement: SyntaxNode, source: Source): string | undefined {
  if (/^(import|export)_|^import_alias$|^ambient_/.test(statement.type))
    return "it belongs to the top of the file";
  if (statement.type === "expression_statement" && parts(statement)[0]?.type === "string")
    return "a text there may be a directive";
  if ([...walk(statement)].some((it) => it.type === "super" && it.parent?.type === "call_expression"))
    return "it has to stand in the constructor itself";
  if (/^(await\s+)?using\s/.test(textOf(statement, source))) return "it would be over earlier";
  // A function in a block is there from the block's start only.
  return /function_(declaration|signature)$/.test(statement.type)
    ? "a function fails when it is called, not here"
    : undefined;
}
