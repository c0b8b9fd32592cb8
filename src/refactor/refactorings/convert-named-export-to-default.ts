import { exchangedExport } from "../exchanged-export.ts";
import type { Refactoring } from "../refactoring.ts";

/** Exports as the default of a file what it exports by its name, and has all files import it so. */
export const convertNamedExportToDefault: Refactoring = exchangedExport({
  id: "convert-named-export-to-default",
  title: "Convert to default export",
  isDefault: false,
});
