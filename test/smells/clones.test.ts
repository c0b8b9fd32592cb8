import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { compare } from "./look.ts";

const PART =
  "  const a = one(1, 2);\n  const b = two(a, 3);\n  if (a > b) {\n    three(a, b);\n  }\n  four(b, a);\n";
const first = `function f() {\n${PART}  return 5;\n}\n`;
const LIMITS = { duplicateTokens: 20, duplicateLines: 4 };

const shown = async (files: Readonly<Record<string, string>>, limits = LIMITS) =>
  (await compare(files, limits)).map(({ path, line, endLine, value, related }) => {
    const others = (related ?? []).map((it) => `${it.path}:${it.line}-${it.endLine}`);
    return `${path}:${line}-${endLine} ${value} ${others.join()}`;
  });

describe("duplicate code", () => {
  it("is the same statements in two files, told at the later", async () => {
    const second = `other();\nfunction g(x) {\n${PART}  return x;\n}\n`;
    assert.deepEqual(await shown({ "/a.js": first, "/b.js": second }), ["/b.js:3-8 42 /a.js:2-7"]);
  });

  it("is the same in one file", async () => {
    assert.deepEqual(await shown({ "/a.js": `${first}function g() {\n${PART}  return 6;\n}\n` }), [
      "/a.js:11-16 42 /a.js:2-7",
    ]);
  });

  it("is told once for each later place", async () => {
    const names = (await shown({ "/a.js": first, "/b.js": first, "/c.js": first })).map((it) =>
      it.split(" ").at(-1),
    );
    assert.deepEqual(names, ["/a.js:1-9", "/a.js:1-9"]);
  });

  it("does not mind blanks, comments and imports", async () => {
    const second = `import x from "x";\nfunction g() {\n${PART.replaceAll("\n", "\n\n  // so\n").replaceAll(", ", ",")}}\n`;
    assert.equal((await shown({ "/a.js": first, "/b.js": second })).length, 1);
  });

  it("is compared among JavaScript and TypeScript, not with Python", async () => {
    assert.equal((await shown({ "/a.js": first, "/b.ts": first })).length, 1);
    const calls = "one(1)\ntwo(2)\nthree(3)\nfour(4)\nfive(5)\nsix(6)\n";
    assert.equal((await shown({ "/a.py": calls, "/b.py": calls })).length, 1);
    assert.equal((await shown({ "/a.js": calls, "/b.py": calls })).length, 0);
  });

  it("is whole statements: what only begins or ends alike is left out", async () => {
    const [a, b] = ["x", "y"].map((it) => `start(${it});\n${PART}end(1, ${it});\n`);
    assert.deepEqual(await shown({ "/a.js": a ?? "", "/b.js": b ?? "" }), ["/b.js:2-7 42 /a.js:2-7"]);
  });

  it("is not what is shorter, in tokens or in lines", async () => {
    assert.deepEqual(
      await shown({ "/a.js": first, "/b.js": first }, { duplicateTokens: 60, duplicateLines: 4 }),
      [],
    );
    assert.deepEqual(
      await shown({ "/a.js": first, "/b.js": first }, { duplicateTokens: 20, duplicateLines: 20 }),
      [],
    );
  });

  it("is not what differs in a name", async () => {
    assert.deepEqual(await shown({ "/a.js": first, "/b.js": first.replaceAll(/\ba\b/g, "c") }), []);
  });

  it("does not take a row of the same for a repetition of itself", async () => {
    assert.deepEqual(
      await shown({ "/a.js": "f(1, 2, 3);\n".repeat(5) }, { duplicateTokens: 30, duplicateLines: 3 }),
      [],
    );
  });
});
