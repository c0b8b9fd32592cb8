import type { Language } from "../language.ts";

/** Java. */
export const java: Language = {
  id: "java",
  name: "Java",
  extensions: [".java"],
  grammar: "java",
  symbols: `
(class_declaration name: (_) @name) @class
(record_declaration name: (_) @name) @class
(interface_declaration name: (_) @name) @interface
(annotation_type_declaration name: (_) @name) @interface
(enum_declaration name: (_) @name) @enum
(method_declaration name: (_) @name) @method
(constructor_declaration name: (_) @name) @method
(field_declaration declarator: (variable_declarator name: (_) @name)) @variable
`,
};
