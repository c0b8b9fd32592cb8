import type { Language } from "../language.ts";

/** Ruby. */
export const ruby: Language = {
  id: "ruby",
  name: "Ruby",
  extensions: [".rb", ".rake", ".gemspec"],
  grammar: "ruby",
  symbols: `
(module name: (_) @name) @module
(class name: (_) @name) @class
(class body: (body_statement (method name: (_) @name) @method))
(module body: (body_statement (method name: (_) @name) @method))
(singleton_method name: (_) @name) @method
(method name: (_) @name) @function
(assignment left: (constant) @name) @constant
`,
};
