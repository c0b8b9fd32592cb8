import type { Language } from "../language.ts";

/** PHP. */
export const php: Language = {
  id: "php",
  name: "PHP",
  extensions: [".php"],
  grammar: "php",
  symbols: `
(namespace_definition name: (_) @name) @module
(class_declaration name: (_) @name) @class
(trait_declaration name: (_) @name) @class
(interface_declaration name: (_) @name) @interface
(enum_declaration name: (_) @name) @enum
(method_declaration name: (_) @name) @method
(function_definition name: (_) @name) @function
(const_declaration (const_element . (name) @name)) @constant
`,
};
