import { functions, nodes } from "../c/family.ts";
import { plainCallee } from "../nodes/functions.ts";
import { rulesBy } from "../nodes/rules.ts";
import type { SmellRules } from "../smell-rules.ts";

/** C. */
export const c: SmellRules = rulesBy(
  {
    ...nodes,
    languages: ["c"],
    roles: {
      function: "function_definition",
      if: "if_statement",
      else: "else_clause",
      loop: "for_statement while_statement do_statement",
      switch: "switch_statement",
      conditional: "conditional_expression",
      jump: "goto_statement",
    },
  },
  { ...functions, calleeOf: plainCallee("call_expression", "function") },
);
