import type { Binding } from "../../syntax/bindings.ts";
import { mayBeChangedAt } from "../../syntax/scopes/go.ts";

/** Whether something may have the variable's address, and so change it without its name. */
export function isAddressed({ references }: Binding): boolean {
  return references.some((it) => it.access === "update" && mayBeChangedAt(it.node));
}
