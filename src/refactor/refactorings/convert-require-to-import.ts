import { exchangedForm } from "../exchanged-form.ts";
import type { Refactoring } from "../refactoring.ts";

/** Imports what a call of `require` loads. */
export const convertRequireToImport: Refactoring = exchangedForm({
  id: "convert-require-to-import",
  title: "Convert require to import",
  form: "toImport",
});
