import type { Language } from "../language.ts";
import { scriptSymbols, typeSymbols } from "../script-symbols.ts";

/** TypeScript with JSX. */
export const tsx: Language = {
  id: "tsx",
  name: "TypeScript with JSX",
  extensions: [".tsx"],
  grammar: "tsx",
  symbols: scriptSymbols + typeSymbols,
};
