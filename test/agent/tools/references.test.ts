import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { type Project, project } from "./project.ts";

const FILES = {
  "a.ts": [
    "/** area is not code here. */",
    "export function area(width: number) {",
    "  return width * width;",
    "}",
    'const text = "area";',
    "let area2 = area(3);",
    "",
  ].join("\n"),
  "b.ts": 'import { area } from "./a.ts";\nconsole.log([1].map(area), { area });\n',
  "c.ts": "class Room {\n  area() {\n    return 1;\n  }\n}\nnew Room().area();\nconst it = { area: 2 };\n",
  "d.py": "def area(x):\n    return x\n\narea = area(1)\nprint(area)\n",
  "e.go": "func area() {}\n",
  "notes.md": "The area.\n",
};

describe("References", () => {
  let made: Project;
  afterEach(() => made.done());

  /** Path, line, column and kind of each place. */
  async function found(input: Readonly<Record<string, string>>) {
    const text = await made.text("References", input);
    let path = "";
    return text.split("\n").flatMap((line) => {
      const [, at, kind] = /^ +(\d+:\d+) (\w+)/.exec(line) ?? [];
      if (at !== undefined) return [`${path}:${at} ${kind}`];
      path = line;
      return line.startsWith("(") ? [line] : [];
    });
  }

  it("tells every place of a name in code, declarations first, and what it did not parse", async () => {
    made = await project(FILES);
    assert.deepEqual(await found({ name: "area" }), [
      "a.ts:2:17 declaration",
      "a.ts:6:13 call",
      "c.ts:2:3 declaration",
      "c.ts:6:12 call",
      "c.ts:7:14 member",
      "d.py:1:5 declaration",
      "d.py:4:1 write",
      "d.py:4:8 call",
      "d.py:5:7 use",
      "e.go:1:6 declaration",
      "b.ts:1:10 import",
      "b.ts:2:21 use",
      "b.ts:2:30 use",
      "(1 file of other languages with that word: see Grep.)",
    ]);
  });

  it("tells the places of a name in C#", async () => {
    made = await project({
      "A.cs":
        "class A {\n  int area;\n  int F() { area = 2; return area + G(area: 1) + new A().area; }\n  int G(int area) => this.area;\n  int H() => o.Area(area);\n}\n",
      "B.cs": "class B { void F(A a) { a.area(); } }\n",
    });
    assert.deepEqual(await found({ name: "area" }), [
      "A.cs:2:7 declaration",
      "A.cs:3:13 write",
      "A.cs:3:30 use",
      "A.cs:3:39 member",
      "A.cs:3:58 member",
      "A.cs:4:13 declaration",
      "A.cs:4:27 use",
      "A.cs:5:21 use",
      "B.cs:1:27 call",
    ]);
  });

  it("tells the places of the very thing at a selection, and no namesake", async () => {
    made = await project(FILES);
    assert.deepEqual(await found({ path: "a.ts", selection: "2:18" }), [
      "a.ts:2:17 declaration",
      "a.ts:6:13 call",
      "b.ts:1:10 import",
      "b.ts:2:21 use",
      "b.ts:2:30 use",
    ]);
  });

  it("tells the places of a member of that type, and of no other", async () => {
    made = await project(FILES);
    assert.deepEqual(await found({ path: "c.ts", selection: "2:3" }), [
      "c.ts:2:3 declaration",
      "c.ts:6:12 call",
    ]);
  });

  it("says where only the name is certain", async () => {
    made = await project({ ...FILES, "f.js": "export const f = (it) => it.area;\n" });
    const places = await found({ path: "c.ts", selection: "2:3" });
    assert.match(places.at(-2) ?? "", /^\(By the name alone, namesakes too;/);
    assert.equal(places.length, 16);
  });

  it("looks only below the path, and at what may be read", async () => {
    made = await project({ ...FILES, "lib/f.js": "area();\n", ".env": "area=1\n" });
    assert.deepEqual(await found({ name: "area", path: "lib" }), ["lib/f.js:1:1 call"]);
    assert.deepEqual(await found({ name: "nobody" }), []);
  });

  it("tells writes from reads", async () => {
    made = await project({ "w.js": "let n = 0;\nn = n + 1;\nn++;\n" });
    assert.deepEqual(await found({ name: "n" }), [
      "w.js:1:5 declaration",
      "w.js:2:1 write",
      "w.js:2:5 use",
      "w.js:3:1 write",
    ]);
  });

  for (const [what, input, words] of [
    ["no name at all", {}, /Give a name/],
    ["what is no name", { name: "a b" }, /"a b" is no name/],
    ["a selection of nothing", { path: "a.ts", selection: "4:2" }, /No name stands at 4:2/],
    ["a selection in a folder", { selection: "1:1" }, /cannot be read/],
    ["a place that is not there", { path: "a.ts", selection: "99:1" }, /There is no line 99/],
  ] as const)
    it(`says what is wrong with ${what}`, async () => {
      made = await project(FILES);
      const { failed, content } = await made.run("References", input);
      assert.equal(failed, true);
      assert.match(String(content), words);
    });
});
