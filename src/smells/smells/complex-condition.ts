import type { SyntaxNode } from "../../syntax/tree.ts";
import { operatorsIn } from "../complexity.ts";
import { fixBy } from "../fix-by.ts";
import type { Smell } from "../smell.ts";
import { visit } from "../visit.ts";

const OPERATORS = { name: "conditionOperators", default: 3, source: "SonarSource, rule S1067" };

/** Conditions with many operators of logic, "and" and "or" among each other. */
export const complexCondition: Smell = {
  id: "complex-condition",
  title: "Complex condition",
  meaning: "A condition that mixes many ands and ors says how, but not what for: a name for its parts would.",
  level: "warning",
  limits: [OPERATORS],
  *find(file, limits) {
    const limit = limits[OPERATORS.name] ?? OPERATORS.default;
    const { source, rules, roleOf } = file;
    const isWrapper = (it: SyntaxNode) => rules.isParenthesis(it) || rules.isNegation(it);
    const found: { from: number; to: number; value: number }[] = [];
    visit(source.root, (node) => {
      if (roleOf(node) !== "logical" || node.hasError || rules.isCommand?.(node)) return true;
      let around = node.parent;
      while (around && (isWrapper(around) || rules.isBetween?.(around))) around = around.parent;
      if (around && roleOf(around) === "logical") return true;
      const all = operatorsIn(node, file, isWrapper);
      // A row of equal operators reads like a list.
      if (all.length > limit && new Set(all).size > 1)
        found.push({ from: node.from, to: node.to, value: all.length });
      return true;
    });
    for (const it of found)
      yield {
        ...it,
        ...fixBy("extract-variable", [it], file),
        message: `This condition has ${it.value} mixed logical operators; the limit is ${limit}.`,
        limit,
      };
  },
};
