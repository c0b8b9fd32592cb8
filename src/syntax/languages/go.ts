import type { Language } from "../language.ts";

/** Go. */
export const go: Language = {
  id: "go",
  name: "Go",
  extensions: [".go"],
  grammar: "go",
  symbols: `
(function_declaration name: (_) @name) @function
(method_declaration name: (_) @name) @method
(type_spec name: (_) @name type: (interface_type)) @interface
(type_spec name: (_) @name) @type
(type_alias name: (_) @name) @type
(method_spec name: (_) @name) @method
(source_file (const_declaration (const_spec name: (identifier) @name) @constant))
(source_file (var_declaration (var_spec name: (identifier) @name) @variable))
`,
};
