import { refused } from "../../plan.ts";
import type { TypingRules } from "../../typing.ts";
import { classNameAt, withClassInterface } from "./class-interface.ts";
import { withoutAlias } from "./inlined-type.ts";
import { withNamedType } from "./named-type.ts";

/** How TypeScript's types get names, and lose them. */
export const typing: TypingRules = {
  extractType: (place, options) =>
    place.source.language === "javascript"
      ? refused("extract-type.language", "JavaScript has no types that are written.")
      : withNamedType("type", place, options),
  extractInterface(place, options) {
    if (place.source.language === "javascript")
      return refused("extract-interface.language", "JavaScript has no types that are written.");
    const name = classNameAt(place);
    return name
      ? withClassInterface(name, place.source, options)
      : withNamedType("interface", place, options);
  },
  withoutAlias,
};
