import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import { codeLines } from "../code-lines.ts";
import type { Examined, Found, Limits, Smell } from "../smell.ts";
import { visit } from "../visit.ts";
import { shown } from "../words.ts";

const METHODS = { name: "classMethods", default: 20, source: "Pylint, max-public-methods" };
const LINES = { name: "classLines", default: 600, source: "detekt, LargeClass" };

/** Classes with many methods, or many lines. */
export const largeClass: Smell = {
  id: "large-class",
  title: "Large class",
  meaning: "A class that does many things changes for many reasons.",
  level: "warning",
  limits: [METHODS, LINES],
  find(file, limits) {
    const found: Found[] = [];
    visit(file.source.root, (node) => {
      if (file.rules.roleOf(node) === "class" && !node.hasError) found.push(...foundIn(node, file, limits));
      return true;
    });
    return found;
  },
};

function foundIn(node: SyntaxNode, file: Examined, limits: Limits): readonly Found[] {
  const { text } = file.source;
  const name = inField(node, "name");
  const head = { from: name?.from ?? node.from, to: name?.to ?? node.from + "class".length };
  const title = name ? `Class "${shown(text.slice(name.from, name.to))}"` : "This class";
  const [most, longest] = [limits[METHODS.name] ?? METHODS.default, limits[LINES.name] ?? LINES.default];
  const methods = file.rules.methods(node, text).length;
  if (methods > most)
    return [
      {
        ...head,
        message: `${title} has ${methods} methods; the limit is ${most}.`,
        value: methods,
        limit: most,
      },
    ];
  const lines = node.to - node.from > longest ? codeLines(node, file) : 0;
  const message = `${title} has ${lines} lines of code; the limit is ${longest}.`;
  return lines > longest ? [{ ...head, message, value: lines, limit: longest }] : [];
}
