import type { Language } from "../language.ts";
import { scriptSymbols } from "../script-symbols.ts";

/** JavaScript, with or without JSX. */
export const javascript: Language = {
  id: "javascript",
  name: "JavaScript",
  extensions: [".js", ".mjs", ".cjs", ".jsx"],
  grammar: "javascript",
  symbols: `${scriptSymbols}
(field_definition property: (_) @name value: (arrow_function)) @method
`,
};
