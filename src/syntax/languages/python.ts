import type { Language } from "../language.ts";

/** Python. */
export const python: Language = {
  id: "python",
  name: "Python",
  extensions: [".py", ".pyi"],
  grammar: "python",
  symbols: `
(class_definition name: (_) @name) @class
(class_definition body: (block (function_definition name: (_) @name) @method))
(class_definition body: (block (decorated_definition definition: (function_definition name: (_) @name) @method)))
(function_definition name: (_) @name) @function
(module (expression_statement (assignment left: (identifier) @name) @variable))
`,
};
