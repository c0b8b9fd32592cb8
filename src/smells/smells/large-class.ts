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
  isFor: ({ methods }) => methods !== undefined,
  find(file, limits) {
    const found: Found[] = [];
    visit(file.source.root, (node) => {
      if (file.roleOf(node) === "class" && !node.hasError) found.push(...foundIn(node, file, limits));
      return true;
    });
    return found;
  },
};

function foundIn(node: SyntaxNode, file: Examined, limits: Limits): readonly Found[] {
  const { text } = file.source;
  // What implements a type bears its name.
  const name = inField(node, "name") ?? inField(node, "type");
  const head = { from: name?.from ?? node.from, to: name?.to ?? node.from + "class".length };
  const title = name ? `${kindOf(node)} "${shown(text.slice(name.from, name.to))}"` : "This class";
  const [most, longest] = [limits[METHODS.name] ?? METHODS.default, limits[LINES.name] ?? LINES.default];
  const methods = file.rules.methods?.(node, text).length ?? 0;
  if (methods > most)
    return [
      {
        ...head,
        message: `${title} has ${methods} methods; the limit is ${most}.`,
        value: methods,
        limit: most,
      },
    ];
  const isOther = (it: SyntaxNode) => file.roleOf(it) === "class";
  const lines = node.to - node.from > longest ? codeLines(node, file, isOther) : 0;
  const message = `${title} has ${lines} lines of code; the limit is ${longest}.`;
  return lines > longest ? [{ ...head, message, value: lines, limit: longest }] : [];
}

/** What it is, as a sentence begins. */
function kindOf(node: SyntaxNode): string {
  const word = inField(node, "declaration_kind")?.type ?? KIND.exec(node.type)?.[0] ?? "class";
  return word === "impl" ? "The implementation of" : `${word[0]?.toUpperCase()}${word.slice(1)}`;
}

const KIND = /^(struct|union|record|enum|trait|interface|module|object|impl|extension)/;
