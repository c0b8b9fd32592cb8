import type { Language } from "../language.ts";

/** Bash, and what of it other shells have. */
export const bash: Language = {
  id: "bash",
  name: "Bash",
  extensions: [".sh", ".bash", ".zsh", ".ksh", ".bats"],
  grammar: "bash",
  symbols: `
(function_definition name: (_) @name) @function
(program (variable_assignment name: (variable_name) @name) @variable)
(program (declaration_command (variable_assignment name: (variable_name) @name)) @variable)
`,
};
