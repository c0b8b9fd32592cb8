import type { Language } from "../language.ts";

/** C#. */
export const cSharp: Language = {
  id: "c-sharp",
  name: "C#",
  extensions: [".cs"],
  grammar: "c_sharp",
  symbols: `
(namespace_declaration name: (_) @name) @module
(file_scoped_namespace_declaration name: (_) @name) @module
(class_declaration name: (_) @name) @class
(struct_declaration name: (_) @name) @class
(record_declaration name: (_) @name) @class
(interface_declaration name: (_) @name) @interface
(enum_declaration name: (_) @name) @enum
(delegate_declaration name: (_) @name) @type
(method_declaration name: (_) @name) @method
(constructor_declaration name: (_) @name) @method
(local_function_statement name: (_) @name) @function
(property_declaration name: (_) @name) @variable
(field_declaration (variable_declaration (variable_declarator (identifier) @name))) @variable
`,
};
