import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";
import { wrappedAt } from "../trying/wrapped.ts";

/** Puts statements into a `try` that lets their failures go on, for a person to say what is to be done. */
export const wrapWithTry: Refactoring = rewriting(
  { id: "wrap-with-try", title: "Wrap with try", needs: "trying" },
  wrappedAt,
);
