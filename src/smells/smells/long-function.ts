import type { SyntaxNode } from "../../syntax/tree.ts";
import { codeLines } from "../code-lines.ts";
import type { Smell } from "../smell.ts";

const LINES = { name: "functionLines", default: 50, source: "ESLint, max-lines-per-function" };

/** Functions with many lines of code of their own. */
export const longFunction: Smell = {
  id: "long-function",
  title: "Long function",
  meaning:
    "A function that does not fit on a screen has to be read in parts, and usually does several things.",
  level: "warning",
  limits: [LINES],
  *find(file, limits) {
    const limit = limits[LINES.name] ?? LINES.default;
    const isOther = (it: SyntaxNode) => /^(function|class)$/.test(file.roleOf(it) ?? "");
    for (const { node, title, head } of file.functions) {
      const value = codeLines(node, file, isOther);
      const message = `${title} has ${value} lines of code; the limit is ${limit}.`;
      if (value > limit) yield { ...head, message, value, limit };
    }
  },
};
