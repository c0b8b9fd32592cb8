import type { Language } from "../language.ts";

/** Kotlin. */
export const kotlin: Language = {
  id: "kotlin",
  name: "Kotlin",
  extensions: [".kt", ".kts"],
  grammar: "kotlin",
  symbols: `
(class_declaration "interface" name: (_) @name) @interface
(class_declaration (modifiers (class_modifier "enum")) name: (_) @name) @enum
(class_declaration name: (_) @name) @class
(object_declaration name: (_) @name) @class
(type_alias type: (_) @name) @type
(class_body (function_declaration name: (_) @name) @method)
(enum_class_body (function_declaration name: (_) @name) @method)
(function_declaration name: (_) @name) @function
(source_file (property_declaration (modifiers (property_modifier "const")) (variable_declaration (identifier) @name)) @constant)
(source_file (property_declaration (variable_declaration (identifier) @name)) @variable)
(class_body (property_declaration (variable_declaration (identifier) @name)) @variable)
`,
};
