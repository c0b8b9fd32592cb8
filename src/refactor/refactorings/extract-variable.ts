import { withTextPart, withVariable } from "../new-variable.ts";
import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { selectedExpression, trimmed } from "../selection.ts";
import { variablePlace } from "../variable-place.ts";

/** Gives an expression a name: a variable just before its statement. */
export const extractVariable: Refactoring = {
  id: "extract-variable",
  title: "Extract variable",
  kind: "refactor.extract",
  repeats: true,
  offer(place) {
    const { from, to } = trimmed(place);
    if (from === to) return undefined;
    const node = place.source.rules.textForms?.partAt?.(place)?.node ?? selectedExpression(place);
    if (!node || "code" in variablePlace(node, place.source)) return undefined;
    return "Extract variable";
  },
  plan(place, options) {
    const part = place.source.rules.textForms?.partAt?.(place);
    if (part) {
      const before = variablePlace(part.node, place.source);
      return "code" in before ? before : withTextPart(part, before, "Extract variable", place, options);
    }
    const node = selectedExpression(place);
    if (!node)
      return refused(
        "extract-variable.selection",
        "What is selected is not a whole expression.",
        trimmed(place),
      );
    const statement = variablePlace(node, place.source);
    if ("code" in statement) return statement;
    return withVariable({ node, statement, title: "Extract variable" }, place, options);
  },
};
