import type { Language } from "../language.ts";

/** Swift. */
export const swift: Language = {
  id: "swift",
  name: "Swift",
  extensions: [".swift"],
  grammar: "swift",
  symbols: `
(class_declaration "enum" name: (_) @name) @enum
(class_declaration "struct" name: (_) @name) @class
(class_declaration name: (_) @name) @class
(protocol_declaration name: (_) @name) @interface
(typealias_declaration . name: (type_identifier) @name) @type
(class_body (function_declaration name: (_) @name) @method)
(enum_class_body (function_declaration name: (_) @name) @method)
(protocol_function_declaration name: (_) @name) @method
(function_declaration name: (_) @name) @function
(source_file (property_declaration name: (pattern bound_identifier: (_) @name)) @variable)
(class_body (property_declaration name: (pattern bound_identifier: (_) @name)) @variable)
`,
};
