import assert from "node:assert/strict";
import { test } from "node:test";
import { subtotal, total } from "../src/cart.ts";

const items = [
  { name: "Tea", price: 450, count: 2 },
  { name: "Cup", price: 800, count: 1 },
];

test("the subtotal adds up prices times counts", () => {
  assert.equal(subtotal(items), 1700);
});

test("a discount is taken off once", () => {
  assert.equal(total(items, 10), 1530);
});
