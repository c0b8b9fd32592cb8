import { type Item, subtotal, total } from "./cart.ts";

/** A receipt as lines of text. */
export function receipt(items: readonly Item[], discount = 0): string {
  const lines = items.map((item) => `${item.count} x ${item.name}  ${euros(item.price * item.count)}`);
  return [...lines, `Sum  ${euros(subtotal(items))}`, `To pay  ${euros(total(items, discount))}`].join("\n");
}

function euros(cents: number): string {
  return `${(cents / 100).toFixed(2)} €`;
}
