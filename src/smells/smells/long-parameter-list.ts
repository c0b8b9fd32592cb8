import { fixBy } from "../fix-by.ts";
import type { Smell } from "../smell.ts";

const PARAMETERS = { name: "parameters", default: 5, source: "Pylint, max-args" };

/** Functions with many parameters that are told apart by their order. */
export const longParameterList: Smell = {
  id: "long-parameter-list",
  title: "Long parameter list",
  meaning:
    "Arguments that are told apart by their order only are easily mixed up, and often belong together as one thing.",
  level: "warning",
  limits: [PARAMETERS],
  isFor: ({ parameters }) => parameters !== undefined,
  *find(file, limits) {
    const { functions, rules, source } = file;
    const limit = limits[PARAMETERS.name] ?? PARAMETERS.default;
    for (const { node, title, head } of functions) {
      const all = rules.isDictated?.(node, source.text) ? [] : rules.parameters?.(node, source.text);
      const value = all?.length ?? 0;
      const message = `${title} takes ${value} parameters by their order; the limit is ${limit}.`;
      const at = { from: head.from, to: head.from };
      const fix = () => fixBy("introduce-parameter-object", [at], file);
      if (value > limit) yield { ...head, message, value, limit, ...fix() };
    }
  },
};
