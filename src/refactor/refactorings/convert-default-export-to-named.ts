import { exchangedExport } from "../exchanged-export.ts";
import type { Refactoring } from "../refactoring.ts";

/** Exports by its name what a file exports as its default, and has all files import it so. */
export const convertDefaultExportToNamed: Refactoring = exchangedExport({
  id: "convert-default-export-to-named",
  title: "Convert to named export",
  isDefault: true,
});
