export interface Item {
  readonly name: string;
  /** Cents. */
  readonly price: number;
  readonly count: number;
}

/** Sum of all items, in cents, before any discount. */
export function subtotal(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + item.price * item.count, 0);
}

/** What is to be paid, in cents, with a discount in percent. */
export function total(items: readonly Item[], discount = 0): number {
  const sum = subtotal(items);
  const reduced = sum - (sum * discount) / 100;
  return Math.round(reduced - (sum * discount) / 100);
}
