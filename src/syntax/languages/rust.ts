import type { Language } from "../language.ts";

/** Rust. */
export const rust: Language = {
  id: "rust",
  name: "Rust",
  extensions: [".rs"],
  grammar: "rust",
  symbols: `
(mod_item name: (_) @name) @module
(struct_item name: (_) @name) @type
(union_item name: (_) @name) @type
(enum_item name: (_) @name) @enum
(trait_item name: (_) @name) @interface
(impl_item type: (_) @name) @class
(impl_item body: (declaration_list (function_item name: (_) @name) @method))
(trait_item body: (declaration_list (function_item name: (_) @name) @method))
(function_signature_item name: (_) @name) @method
(function_item name: (_) @name) @function
(macro_definition name: (_) @name) @function
(type_item name: (_) @name) @type
(const_item name: (_) @name) @constant
(static_item name: (_) @name) @variable
`,
};
