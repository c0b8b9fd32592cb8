import { parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Source } from "../refactoring.ts";
import type { TryingRules } from "../trying/rules.ts";

/** `try` of Python: what is caught is what programs catch, and goes on with its own traceback. */
export const trying: TryingRules = {
  around: (name) => ({
    before: "try:",
    behind: [
      { text: name === "" ? "except Exception:" : `except Exception as ${name}:`, isDeeper: false },
      { text: "raise", isDeeper: true },
    ],
  }),
  cannotBeTried,
  declaresInRow: () => false,
};

function cannotBeTried(statement: SyntaxNode, source: Source): string | undefined {
  if (source.bindings().all.some((it) => it.name === "Exception")) return "Exception is another one here";
  if (statement.type === "future_import_statement") return "it belongs to the top of the file";
  if (statement.type === "expression_statement" && /string$/.test(parts(statement)[0]?.type ?? ""))
    return "a text there may be documentation";
  return undefined;
}
