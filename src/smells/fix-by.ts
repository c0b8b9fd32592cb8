import type { Fix } from "./finding.ts";
import type { Examined } from "./smell.ts";

/** The refactoring with that id at the first of these places at which it is offered; `undefined`: at none. */
export function fixBy(
  id: string,
  places: Iterable<{ readonly from: number; readonly to: number }>,
  { offeredAt }: Pick<Examined, "offeredAt">,
): { readonly fix?: Fix } {
  for (const { from, to } of places) {
    const title = offeredAt(id, from, to);
    if (title !== undefined) return { fix: { kind: "refactoring", id, title, from, to } };
  }
  return {};
}
