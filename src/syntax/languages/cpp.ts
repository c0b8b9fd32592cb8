import type { Language } from "../language.ts";

/** C++. */
export const cpp: Language = {
  id: "cpp",
  name: "C++",
  extensions: [".cpp", ".cc", ".cxx", ".hpp", ".hh", ".hxx"],
  grammar: "cpp",
  symbols: `
(namespace_definition name: (_) @name) @module
(class_specifier name: (_) @name body: (_)) @class
(struct_specifier name: (_) @name body: (_)) @class
(union_specifier name: (_) @name body: (_)) @type
(enum_specifier name: (_) @name body: (_)) @enum
(function_definition declarator: (function_declarator declarator: (field_identifier) @name)) @method
(function_definition declarator: (function_declarator declarator: [(qualified_identifier) (destructor_name) (operator_name)] @name)) @method
(field_declaration declarator: (function_declarator declarator: (field_identifier) @name)) @method
(function_definition declarator: (function_declarator declarator: (identifier) @name)) @function
(function_definition declarator: (_ (function_declarator declarator: [(identifier) (qualified_identifier)] @name))) @function
(translation_unit (declaration declarator: (function_declarator declarator: (identifier) @name)) @function)
(alias_declaration name: (_) @name) @type
(type_definition declarator: (type_identifier) @name) @type
(preproc_def name: (_) @name) @constant
(preproc_function_def name: (_) @name) @function
`,
};
