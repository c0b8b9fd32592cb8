import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import type { Options } from "../../src/refactor/refactoring.ts";
import { withChanges } from "../../src/text/changes.ts";
import { withParser } from "./marked.ts";
import { printed } from "./printed.ts";

const parse = withParser("javascript", "typescript", "python");

const SWAP: Options = { reorder: [1, 0] };
const DROP: Options = { remove: [0] };
const ADD: Options = { add: [{ name: "z", default: "0" }] };
const FIRST: Options = { add: [{ name: "z", default: "0", index: 0 }] };

/** Programs in which parameters seem to be there to be changed; `«` stands before the function's name. */
const TRAPS: readonly (readonly [ending: string, what: string, options: Options, text: string])[] = [
  [
    "mjs",
    "arguments that log",
    SWAP,
    "const v = (n) => { console.log(n); return n; };\nfunction «f(a, b) { return a - b; }\nconsole.log(f(v(5), v(3)));\n",
  ],
  [
    "mjs",
    "an argument that changes the other",
    SWAP,
    "let n = 1;\nfunction «f(a, b) { return a - b; }\nconsole.log(f(n, n++), f(n += 2, n));\n",
  ],
  [
    "mjs",
    "an argument that a call changes",
    SWAP,
    "let n = 1;\nconst up = () => ++n;\nfunction «f(a, b) { return a - b; }\nconsole.log(f(n, up()));\n",
  ],
  [
    "mjs",
    "a member that a call changes",
    SWAP,
    "const o = { n: 1 };\nconst up = () => ++o.n;\nfunction «f(a, b) { return a - b; }\nconsole.log(f(o.n, up()));\n",
  ],
  [
    "mjs",
    "a local that its own call does not change",
    SWAP,
    "function «f(a, b) { return a - b; }\nfunction g() { let n = 1; n++; return f(n, h()); }\nconst h = () => 5;\nconsole.log(g());\n",
  ],
  [
    "mjs",
    "a default that uses the other",
    SWAP,
    "function «f(a, b = a + 1) { return a - b; }\nconsole.log(f(1), f(1, 5));\n",
  ],
  [
    "mjs",
    "defaults that log",
    SWAP,
    "const v = (n) => { console.log(n); return n; };\nfunction «f(a = v(1), b = v(2)) { return a - b; }\nconsole.log(f(), f(3), f(3, 4));\n",
  ],
  [
    "mjs",
    "one default that logs",
    SWAP,
    "const v = (n) => { console.log(n); return n; };\nfunction «f(a = v(1), b = 2) { return a - b; }\nconsole.log(f(), f(3), f(3, 4));\n",
  ],
  [
    "mjs",
    "a pattern that fails before a default logs",
    SWAP,
    "const v = (n) => { console.log(n); return n; };\nfunction «f({ a }, b = v(2)) { return a - b; }\ntry { f(); } catch { console.log('x'); }\nconsole.log(f({ a: 3 }));\n",
  ],
  [
    "mjs",
    "a pattern with defaults",
    SWAP,
    "function «f({ a = 1, b: { c = [a] } = {} }, d) { return [a, c, d].join(); }\nconsole.log(f({}, 2), f({ a: 3, b: { c: 4 } }, 2));\n",
  ],
  [
    "mjs",
    "a pattern with a default that logs",
    { reorder: [1, 0] },
    "const v = (n) => { console.log(n); return n; };\nfunction «f({ a = v(1) }, { b = v(2) }) { return a - b; }\nconsole.log(f({}, {}));\n",
  ],
  [
    "mjs",
    "patterns",
    SWAP,
    "function «f({ a, c: [d] }, [b] = [2]) { return a - b + d; }\nconsole.log(f({ a: 1, c: [4] }), f({ a: 1, c: [4] }, [5]));\n",
  ],
  [
    "mjs",
    "a pattern that is not used",
    DROP,
    "function «f({ a }, b) { return b; }\nconsole.log(f({}, 1));\n",
  ],
  ["mjs", "arguments", DROP, "function «f(a, b) { return arguments.length + b; }\nconsole.log(f(1, 2));\n"],
  [
    "mjs",
    "arguments in an arrow function",
    DROP,
    "function «f(a, b) { return (() => arguments[0])() + b; }\nconsole.log(f(1, 2));\n",
  ],
  ["mjs", "its length", ADD, "function «f(a) { return a; }\nconsole.log(f.length, f(1));\n"],
  [
    "mjs",
    "what is called later",
    SWAP,
    "function «f(a, b) { return a - b; }\nconst g = f;\nconsole.log(g(1, 2));\n",
  ],
  [
    "mjs",
    "call",
    SWAP,
    "function «f(a, b) { return a - b; }\nconsole.log(f.call(null, 1, 2), f.bind(null, 1)(2));\n",
  ],
  [
    "mjs",
    "a list given",
    SWAP,
    "function «f(a, b) { return a - b; }\nconsole.log(f(...[1, 2]), f(1, ...[2]));\n",
  ],
  [
    "mjs",
    "an object's method",
    SWAP,
    "function «f(a, b) { return a - b; }\nconst o = { f };\nconsole.log(o.f(1, 2));\n",
  ],
  [
    "mjs",
    "a template's tag",
    SWAP,
    "function «f(a, b) { return [a.length, b].join(); }\nconsole.log(f`x`);\n",
  ],
  ["mjs", "what is made", SWAP, "function «F(a, b) { this.d = a - b; }\nconsole.log(new F(1, 2).d);\n"],
  ["mjs", "what may be missing", SWAP, "function «f(a, b) { return a - b; }\nconsole.log(f?.(1, 2));\n"],
  [
    "mjs",
    "a shadow",
    SWAP,
    "function «f(a, b) { return a - b; }\nfunction g(f) { return f(1, 2); }\nconsole.log(g((a, b) => a + 2 * b), f(1, 2));\n",
  ],
  [
    "mjs",
    "recursion",
    SWAP,
    "function «f(a, b) { return a > 0 ? f(a - 1, b * 2) : b; }\nconsole.log(f(3, 1));\n",
  ],
  [
    "mjs",
    "calls within calls",
    SWAP,
    "const «f = (a, b) => a - b;\nconsole.log(f(f(1, 2), f(3, f(4, 5))));\n",
  ],
  [
    "mjs",
    "a function expression that calls itself",
    SWAP,
    "const «f = function g(a, b) { return a > 0 ? g(a - 1, b * 2) : b; };\nconsole.log(f(3, 1));\n",
  ],
  [
    "mjs",
    "a call in its own default",
    { reorder: [1, 0], rename: [{ index: 0, name: "x" }] },
    "function «f(a, b = 7) { return a > 0 ? f(a - 1, 2) - b : b; }\nfunction h(a = f(1, 2)) { return a; }\nconsole.log(f(3), h());\n",
  ],
  ["mjs", "more than it takes", ADD, "function «f(a) { return a; }\nconsole.log(f(1, console.log('x')));\n"],
  [
    "mjs",
    "what is left out",
    DROP,
    "function «f(a, b) { return b; }\nconsole.log(f(console.log('x'), 1));\n",
  ],
  [
    "mjs",
    "what fails and is left out",
    DROP,
    "function «f(a, b) { return b; }\ntry { console.log(f(nowhere, 1)); } catch { console.log('x'); }\n",
  ],
  [
    "mjs",
    "a default that is left out",
    DROP,
    "function «f(a = console.log('x'), b) { return b; }\nconsole.log(f(undefined, 1));\n",
  ],
  [
    "mjs",
    "two of one name",
    DROP,
    "const g = new Function('a', 'return 1');\nfunction «f(a, b) { var a; return [a, b].join(); }\nconsole.log(f(1, 2), g());\n",
  ],
  [
    "mjs",
    "null in a default's place",
    ADD,
    "function «f(a, b = 2) { return [a, b].join(); }\nconsole.log(f(1), f(1, null), f(1, undefined));\n",
  ],
  [
    "mjs",
    "the rest",
    ADD,
    "function «f(a, ...r) { return [a, r].join('|'); }\nconsole.log(f(), f(1), f(1, 2, 3));\n",
  ],
  [
    "mjs",
    "the rest, first",
    FIRST,
    "function «f(...r) { return r.join('|'); }\nconsole.log(f(), f(1), f(1, 2, 3));\n",
  ],
  [
    "mjs",
    "generators and waiting",
    SWAP,
    "function* «f(a, b) { yield a; yield b; }\nasync function h(x) { console.log(...f(await x, 1), ...f(await x, await 2)); }\nh(5);\n",
  ],
  [
    "mjs",
    "closures in a loop",
    SWAP,
    "const «f = (a, b) => () => a - b;\nconst all = [];\nfor (let i = 0; i < 3; i++) all.push(f(i, () => i));\nconsole.log(all.map((it) => it()).join());\n",
  ],
  [
    "mjs",
    "comments",
    SWAP,
    "function «f(a /* first */, /* second */ b) { return a - b; }\nconsole.log(f(1, // one\n  2), f(1 /* x */, 2 /* y */,), f(\n  // one\n  1,\n  // two\n  2,\n));\n",
  ],
  [
    "mjs",
    "a comment that hides",
    SWAP,
    "function «f(a, b // b\n) { return a - b; }\nconsole.log(f(1, 2 // two\n));\n",
  ],
  [
    "mjs",
    "comments before commas",
    SWAP,
    "function «f(a // a\n, b // b\n) { return a - b; }\nconsole.log(f(1 // one\n  , 2));\n",
  ],
  [
    "mjs",
    "a new name that is another's",
    { rename: [{ index: 0, name: "c" }] },
    "const c = 5;\nfunction «f(a) { return a + c; }\nconsole.log(f(1));\n",
  ],
  [
    "mjs",
    "an added name that is another's",
    { add: [{ name: "c", default: "0" }] },
    "const c = 5;\nfunction «f(a) { return a + c; }\nconsole.log(f(1));\n",
  ],
  [
    "mjs",
    "an added name that is a variable's",
    { add: [{ name: "c", default: "0" }] },
    "function «f(a) { let c = 1; return a + c; }\nconsole.log(f(1));\n",
  ],
  [
    "mjs",
    "an added name of a var",
    { add: [{ name: "c", default: "0" }] },
    "function «f(a = 1) { if (a) { var c; } return a + String(c); }\nconsole.log(f(1));\n",
  ],
  [
    "mjs",
    "an added name in an inner function",
    { add: [{ name: "c", default: "0" }] },
    "function «f(a) { return ((c) => c + a)(1); }\nconsole.log(f(1));\n",
  ],
  ["mjs", "eval", ADD, "var z = 7;\nfunction «f(a) { return eval('typeof z') + a; }\nconsole.log(f(1));\n"],
  [
    "mjs",
    "a value that is not there yet",
    { add: [{ name: "z", default: "later" }] },
    "function «f(a) { return a; }\nconsole.log(f(1));\nconst later = 1;\n",
  ],
  [
    "mjs",
    "a value that is there",
    { add: [{ name: "z", default: "there" }] },
    "const there = 1;\nfunction «f(a) { return a; }\nfunction g(there) { return f(there); }\nconsole.log(f(1), g(2));\n",
  ],
  [
    "mjs",
    "a value that breaks out",
    { add: [{ name: "z", default: "1) + (2" }] },
    "function «f(a) { return a; }\nconsole.log(f(1));\n",
  ],
  [
    "mjs",
    "two values",
    { add: [{ name: "z", default: "1, 2" }] },
    "function «f(a, ...r) { return r.length; }\nconsole.log(f(1));\n",
  ],
  [
    "mjs",
    "a value with a comment",
    { add: [{ name: "z", default: "1 //" }] },
    "function «f(a) { return a; }\nconsole.log(f(1));\n",
  ],
  [
    "mjs",
    "a function of a block",
    SWAP,
    "{\n  function «f(a, b) { return a - b; }\n  console.log(f(1, 2));\n}\nconsole.log(typeof f);\n",
  ],
  [
    "mjs",
    "spread in a call beside",
    SWAP,
    "const «f = (a, b) => a - b;\nconsole.log(Math.max(...[f(1, 2), f(3, 4)]));\n",
  ],
  ["mjs", "an object at the beginning", SWAP, "const «f = (a, b) => a;\nconsole.log(f({ a: 1 }, {}).a);\n"],
  ["mjs", "an arrow without parentheses", FIRST, "const «f = async a => a;\nf(1).then(console.log);\n"],
  ["mjs", "nothing left", DROP, "const «f = a => 1;\nconst g = (x) => f(x);\nconsole.log(g(1));\n"],
  [
    "mjs",
    "names that are swapped",
    {
      rename: [
        { index: 0, name: "b" },
        { index: 1, name: "a" },
      ],
    },
    "const «f = (a, b) => a - b;\nconsole.log(f(1, 2));\n",
  ],
  [
    "ts",
    "an optional one",
    ADD,
    "function «f(a: number, b?: number): string { return String([a, b]); }\nconsole.log(f(1), f(1, 2));\n",
  ],
  [
    "ts",
    "one that is a predicate",
    SWAP,
    "function «f(a: unknown, b: string): a is string { return typeof a === b; }\nconsole.log(f('x', 'string'));\n",
  ],
  [
    "ts",
    "arguments with types",
    SWAP,
    "const «f = <T,>(a: T, b: number): string => String([a, b]);\nconsole.log(f<string>('x' as string, 2!), f(1, 2 satisfies number));\n",
  ],
  [
    "py",
    "arguments that print",
    SWAP,
    "def v(n):\n    print(n)\n    return n\ndef «f(a, b):\n    return a - b\nprint(f(v(5), v(3)), f(b=v(1), a=v(2)), f(v(1), b=v(2)))\n",
  ],
  [
    "py",
    "defaults that print",
    SWAP,
    "def v(n):\n    print(n)\n    return n\ndef «f(a=v(1), b=v(2)):\n    return a - b\nprint(f())\n",
  ],
  [
    "py",
    "left out, in another order",
    SWAP,
    "def «f(a=1, b=2):\n    return (a, b)\nprint(f(), f(3), f(3, 4), f(b=4))\n",
  ],
  [
    "py",
    "a name for an argument given",
    SWAP,
    "n = 1\ndef «f(a, b):\n    return a - b\nprint(f(n := 5, n))\nprint(f(n, (n := 2)))\n",
  ],
  ["py", "the rest", ADD, "def «f(a, *r):\n    return (a, r)\nprint(f(1), f(1, 2, 3))\n"],
  [
    "py",
    "the rest, with a default",
    ADD,
    "def «f(a=5, *r):\n    return (a, r)\nprint(f(), f(1), f(1, 2, 3))\n",
  ],
  [
    "py",
    "all names",
    { add: [{ name: "k", default: "0" }] },
    "def «f(a, **k2):\n    return (a, k2)\nprint(f(1), f(1, k=2))\n",
  ],
  [
    "py",
    "a new name among all names",
    { rename: [{ index: 0, name: "k" }] },
    "def «f(a, **k2):\n    return (a, k2)\nprint(f(1), f(1, k=2))\n",
  ],
  [
    "py",
    "a name by place only and among all names",
    { rename: [{ index: 0, name: "b" }] },
    "def «f(a, /, **k):\n    return (a, k)\nprint(f(1, a=2))\n",
  ],
  [
    "py",
    "names only",
    { reorder: [0, 2, 1] },
    "def «f(a, *, b, c=3):\n    return (a, b, c)\nprint(f(1, b=2), f(1, c=1, b=2))\n",
  ],
  [
    "py",
    "an argument that is missing",
    DROP,
    "def «f(a, b):\n    return b\ntry:\n    print(f(b=1))\nexcept TypeError:\n    print('x')\n",
  ],
  [
    "py",
    "one argument too many",
    ADD,
    "def «f(a):\n    return a\ntry:\n    print(f(1, 2))\nexcept TypeError:\n    print('x')\n",
  ],
  [
    "py",
    "a generator given",
    SWAP,
    "def «f(a, b=0):\n    return sum(a) - b\nprint(f(x for x in [1, 2]))\nprint(f((x for x in [1, 2]), 1))\n",
  ],
  [
    "py",
    "a key that is missing",
    DROP,
    "def «f(a, b):\n    return b\nd = {}\ntry:\n    print(f(d['x'], 1))\nexcept KeyError:\n    print('x')\n",
  ],
  [
    "py",
    "a global that a call changes",
    SWAP,
    "n = 1\ndef up():\n    global n\n    n += 1\n    return n\ndef «f(a, b, /):\n    return a - b\nprint(f(n, up()))\n",
  ],
  [
    "py",
    "locals",
    { add: [{ name: "z", default: "0" }] },
    "def «f(a):\n    return sorted(locals())\nprint(f(1))\n",
  ],
  [
    "py",
    "a decorator",
    SWAP,
    "def d(g):\n    return lambda a, b: g(a, b) + 1\n@d\ndef «f(a, b):\n    return a - b\nprint(f(1, 2))\n",
  ],
  [
    "py",
    "a partial",
    SWAP,
    "from functools import partial\ndef «f(a, b):\n    return a - b\nprint(partial(f, 1)(2))\n",
  ],
  [
    "py",
    "a value in a default",
    { add: [{ name: "z", default: "x" }] },
    "def «f(a):\n    return a\ndef g(x, y=f(1)):\n    return y\nprint(g(2))\n",
  ],
  [
    "py",
    "a list as a default",
    { add: [{ name: "z", default: "[]" }] },
    "def «f(a=1):\n    return a\nprint(f(), f(2))\n",
  ],
  [
    "py",
    "a call in a class",
    SWAP,
    "def «f(a, b):\n    return a - b\nclass A:\n    a = 5\n    x = f(a, 1)\nprint(A.x)\n",
  ],
  [
    "py",
    "comments",
    SWAP,
    "def «f(a,  # first\n      b):  # second\n    return a - b\nprint(f(1,  # one\n        2  # two\n        ), f(\n    # one\n    1,\n    2,\n))\n",
  ],
  [
    "py",
    "a text of names",
    { rename: [{ index: 0, name: "x" }] },
    "def «f(a):\n    return f'{a=}'\nprint(f(1))\n",
  ],
  ["py", "a name that is given again", DROP, "def «f(a, b):\n    a = 1\n    return a + b\nprint(f(5, 2))\n"],
  ["py", "a call that is shown", SWAP, "def «f(a, b):\n    return a - b\nprint(f'{f(1, 2)=} {f(3, 4)}')\n"],
  [
    "py",
    "a nested function",
    SWAP,
    "def g(n):\n    def «f(a, b):\n        return a - b if a < 0 else f(a - 1, b)\n    return f(n, 1)\nprint(g(3))\n",
  ],
  [
    "py",
    "a coroutine",
    SWAP,
    "import asyncio\nasync def «f(a, b):\n    return a - b\nasync def g():\n    return await f(await f(1, 2), await f(3, 4))\nprint(asyncio.run(g()))\n",
  ],
  [
    "py",
    "annotations that print",
    { reorder: [1, 0] },
    "def v(n):\n    print(n)\n    return int\ndef «f(a: v(1), b: v(2)):\n    return a - b\nprint(f(1, 2))\n",
  ],
];

describe("what looks like parameters to change", () => {
  for (const [ending, what, options, marked] of TRAPS)
    it(`are changed and it prints the same, or are left (${ending}): ${what}`, () => {
      const name = `a.${ending}`;
      const from = marked.indexOf("«");
      const text = marked.replace("«", "");
      const request = { file: { path: `/p/${name}`, text }, from, to: from, others: [] };
      const plan = planned("change-signature", request, options, parse);
      if (plan.kind === "refused") return;
      const after = withChanges(text, plan.files[0]?.changes ?? []);
      assert.equal(printed({ [name]: after }, name), printed({ [name]: text }, name), after);
    });
});
