import { functionAround } from "../selection.ts";
import type { TryingRules } from "../trying/rules.ts";
import { branching } from "./branching.ts";
import { ifPlatform } from "./plain-types.ts";

/** `try` of Java: what is thrown again is of the types that were thrown (The Java Language Specification, section 11.2.2). */
export const trying: TryingRules = {
  around: (name) => ({
    before: "try {",
    behind: [
      { text: `} catch (Exception ${name}) {`, isDeeper: false },
      { text: `throw ${name};`, isDeeper: true },
      { text: "}", isDeeper: false },
    ],
  }),
  failure: "exception",
  // What catches hides no variable of its method (section 6.4).
  isTaken(name, at, source) {
    const there = source.bindings().resolve(name, "value", at.from);
    return there !== undefined && there.scope.kind !== "class" && there.scope.kind !== "module";
  },
  cannotBeTried(statement, source) {
    if (statement.type === "explicit_constructor_invocation") return "it has to stand first";
    if (!functionAround(statement, source)) return "it stands in no method";
    if (!/(_statement|_declaration|_expression)$|^block$/.test(statement.type)) return "it is no statement";
    return ifPlatform("Exception", source) ? undefined : "Exception is something else in this file";
  },
  declaresInRow: branching.declaresInRow,
};
