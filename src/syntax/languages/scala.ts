import type { Language } from "../language.ts";

/** Scala 2 and 3. */
export const scala: Language = {
  id: "scala",
  name: "Scala",
  extensions: [".scala", ".sc"],
  grammar: "scala",
  symbols: `
(class_definition name: (_) @name) @class
(object_definition name: (_) @name) @class
(trait_definition name: (_) @name) @interface
(enum_definition name: (_) @name) @enum
(type_definition name: (_) @name) @type
(template_body (function_definition name: (_) @name) @method)
(template_body (function_declaration name: (_) @name) @method)
(function_definition name: (_) @name) @function
(compilation_unit (val_definition pattern: (identifier) @name) @constant)
(compilation_unit (var_definition pattern: (identifier) @name) @variable)
(compilation_unit (given_definition name: (_) @name) @constant)
(template_body (val_definition pattern: (identifier) @name) @variable)
(template_body (var_definition pattern: (identifier) @name) @variable)
`,
};
