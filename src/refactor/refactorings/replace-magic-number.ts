import { isPlainNumber, numberAt, withNamedNumber } from "../magic-number.ts";
import { textOf } from "../names.ts";
import type { Refactoring } from "../refactoring.ts";

/** Gives a number a name for the file, there or wherever it means the same. */
export const replaceMagicNumber: Refactoring = {
  id: "replace-magic-number",
  title: "Replace magic number",
  kind: "refactor.extract",
  repeats: true,
  offer(place) {
    const { source } = place;
    const node = numberAt(place);
    if (!node || isPlainNumber(textOf(node, source))) return undefined;
    return source.rules.cannotStandAlone(node, source) === undefined
      ? "Replace magic number with constant"
      : undefined;
  },
  plan: withNamedNumber,
};
