import type { Binding } from "../../syntax/bindings.ts";
import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { declaredName } from "../selection.ts";
import { isConstant } from "../steady.ts";
import type { Signature, SignatureRules } from "./rules.ts";

/** A function whose parameters may change. */
export interface Found {
  readonly binding: Binding;
  readonly signature: Signature;
  readonly rules: SignatureRules;
}

/** The function at a place: that of its name, in its head, of one of its parameters, or that is called there. */
export function functionAt(place: Place): Found | Refusal {
  const { source } = place;
  const rules = source.rules.signature;
  if (!rules)
    return refused("change-signature.language", "Parameters of this language's functions are not changed.");
  const name = declaredName(place);
  const [declaration] = (name && functionNamed(name, source)?.declarations) ?? [];
  const binding = declaration && source.bindings().at(declaration);
  if (!declaration || !binding || binding.kind === "import")
    return refused("change-signature.name", "No function that this file declares is named here.", name);
  if (!isConstant(binding))
    return refused(
      "change-signature.written",
      `"${binding.name}" is declared, or given a value, more than once.`,
      name,
    );
  const signature = rules.signatureOf(declaration, source);
  return "code" in signature ? signature : { binding, signature, rules };
}

/** The function that the name stands for or, where it declares a parameter, whose it is. */
function functionNamed(name: SyntaxNode, source: Source): Binding | undefined {
  const binding = source.bindings().at(name);
  if (binding?.kind !== "parameter" || binding.declarations[0] !== name) return binding;
  const made = binding.scope.node;
  const own =
    made.parent?.type === "variable_declarator" ? inField(made.parent, "name") : inField(made, "name");
  return own && source.bindings().at(own);
}
