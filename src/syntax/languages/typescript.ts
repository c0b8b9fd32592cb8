import type { Language } from "../language.ts";
import { scriptSymbols, typeSymbols } from "../script-symbols.ts";

/** TypeScript. */
export const typescript: Language = {
  id: "typescript",
  name: "TypeScript",
  extensions: [".ts", ".mts", ".cts"],
  grammar: "typescript",
  symbols: scriptSymbols + typeSymbols,
};
