import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { type Project, project } from "./project.ts";

const FILES = {
  "a.ts": [
    'import { price } from "./price.ts";',
    "",
    "export function total(all: readonly number[]): number {",
    "  return all.reduce((sum, it) => sum + price(it), price(0));",
    "}",
    "",
    "class Receipt {",
    "  print() {",
    "    console.log(total([1]));",
    "  }",
    "}",
    "new Receipt().print();",
    "",
  ].join("\n"),
  "price.ts":
    "export function price(n: number): number {\n  return n < 0 ? price(-n) : n;\n}\nexport const same = [1].map(price);\n",
};

describe("callers", () => {
  let made: Project;
  afterEach(() => made.done());
  const found = async (input: Readonly<Record<string, string | boolean>>) =>
    (await made.text("References", { callers: true, ...input })).split("\n");

  it("are the functions that use it, and those that use them, with the lines", async () => {
    made = await project(FILES);
    assert.deepEqual(await found({ path: "price.ts", selection: "1:17" }), [
      "price",
      "  ← price price.ts:1, calls in line 2 (told above)",
      "  ← top of the file price.ts:4, uses in line 4",
      "  ← total a.ts:3, calls in line 4, 4",
      "    ← print a.ts:8, calls in line 9",
      "      ← top of the file a.ts:12, calls in line 12",
    ]);
  });

  it("are said to be none where nothing uses it", async () => {
    made = await project({ "b.py": "def f():\n    pass\n" });
    assert.deepEqual(await found({ path: "b.py", selection: "1:5" }), ['Nothing was found that uses "f".']);
  });

  it("need a place", async () => {
    made = await project(FILES);
    assert.match((await found({ name: "price" })).join("\n"), /give the selection/);
  });
});
