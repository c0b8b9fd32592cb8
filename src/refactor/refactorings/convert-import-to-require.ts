import { exchangedForm } from "../exchanged-form.ts";
import type { Refactoring } from "../refactoring.ts";

/** Loads what is imported by a call of `require`. */
export const convertImportToRequire: Refactoring = exchangedForm({
  id: "convert-import-to-require",
  title: "Convert import to require",
  form: "toRequire",
});
