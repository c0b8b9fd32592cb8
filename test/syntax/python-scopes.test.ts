import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { Parse } from "../../src/refactor/engine.ts";
import { bindPython } from "../../src/syntax/scopes/python.ts";
import { smallestAround } from "../../src/syntax/tree.ts";
import { parseFor } from "../refactor/source.ts";

let parse: Parse;
before(async () => {
  parse = await parseFor("python");
});

/** The text with `«»` around every place of the binding that stands at the first one. */
function together(marked: string): string {
  const text = marked.replace(/[«»]/g, "");
  const root = parse("python", text);
  assert.ok(root && !root.hasError, text);
  const bindings = bindPython(root, text);
  const from = marked.indexOf("«");
  const binding = bindings.at(smallestAround(root, from, from + 1));
  const places = [
    ...new Set([
      ...(binding?.declarations ?? []).map((it) => it.from),
      ...(binding?.references ?? []).map((it) => it.node.from),
    ]),
  ].sort((a, b) => b - a);
  const length = binding?.name.length ?? 0;
  return places.reduce(
    (done, at) => `${done.slice(0, at)}«${done.slice(at, at + length)}»${done.slice(at + length)}`,
    text,
  );
}

describe("names of Python that belong together", () => {
  for (const [what, text] of [
    ["a global, declared in a function", "«x» = 1\ndef f():\n  global «x»\n  «x» = 2\n"],
    [
      "not what an inner function binds",
      "«x» = 1\ndef f():\n  global «x»\n  «x» = 2\n  def h():\n    x = 3\n    return x\n",
    ],
    ["not the parameter of a lambda", "«x» = 1\ndef f():\n  global «x»\n  return lambda x: x\n"],
    ["not the variable of a comprehension", "«x» = 1\ndef f(y):\n  global «x»\n  return [x for x in y]\n"],
    [
      "not what an inner function binds after it reads it",
      "«x» = 1\ndef f():\n  global «x»\n  def h():\n    g(x)\n    x = 3\n",
    ],
    ["what an inner function only reads", "«x» = 1\ndef f():\n  global «x»\n  def h():\n    return «x»\n"],
    [
      "a name of the function around",
      "def f():\n  «x» = 1\n  def g():\n    nonlocal «x»\n    «x» = 2\n    def h(x):\n      return x\n",
    ],
    ["names that are deleted together", "x = 1\ndef f(«x»):\n  del («x»)\n"],
    ["the names of a deleted pair", "x = 1\ndef f():\n  «x» = y = 1\n  del (y, «x»)\n"],
    ["not what a method sees of its class", "«x» = 1\nclass A:\n  x = 2\n  def f(self):\n    return «x»\n"],
    ["a walrus in a comprehension", "def f(y):\n  [(«x» := z) for z in y]\n  return «x»\n"],
    ["an annotation in quotes", "class «A»:\n  def f(self) -> '«A»':\n    return «A»()\n"],
    ["no literal type", "«a» = 1\ndef f(x: Literal['a']): pass\n"],
  ] as const)
    it(`are ${what}`, () => assert.equal(together(text), text));

  it("are seen through brackets of annotations", () => {
    const text = "def f(x: List[int], y: Dict[str, A]) -> None: pass\n";
    const root = parse("python", text);
    assert.ok(root);
    assert.deepEqual(bindPython(root, text).opaque, []);
  });

  it("are told once where brackets hold them in quotes", () => {
    const text = "class A: pass\ndef f(x: List['A']): pass\n";
    const root = parse("python", text);
    assert.ok(root);
    assert.equal(bindPython(root, text).all.find((it) => it.name === "A")?.references.length, 1);
  });
});
