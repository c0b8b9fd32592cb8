import type { Language } from "../language.ts";

/** Lua. */
export const lua: Language = {
  id: "lua",
  name: "Lua",
  extensions: [".lua"],
  grammar: "lua",
  symbols: `
(function_declaration name: (dot_index_expression) @name) @method
(function_declaration name: (method_index_expression) @name) @method
(function_declaration name: (_) @name) @function
(assignment_statement
  (variable_list name: (dot_index_expression) @name)
  (expression_list value: (function_definition))) @method
(assignment_statement
  (variable_list name: (identifier) @name)
  (expression_list value: (function_definition))) @function
(chunk (variable_declaration (assignment_statement (variable_list name: (identifier) @name))) @variable)
`,
};
