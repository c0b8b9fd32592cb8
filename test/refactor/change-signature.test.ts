import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { offersAt, planned } from "../../src/refactor/engine.ts";
import type { Options } from "../../src/refactor/refactoring.ts";
import { withChanges } from "../../src/text/changes.ts";
import { withParser } from "./marked.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");

/** The text after a change at the name between `«` and `»`, or the code of its refusal. */
function done(text: string, options: Options, path: string): string {
  const [from, end] = [text.indexOf("«"), text.indexOf("»") - 1];
  const plain = text.replace(/[«»]/g, "");
  const plan = planned(
    "change-signature",
    { file: { path, text: plain }, from, to: end, others: [] },
    options,
    parse,
  );
  return plan.kind === "refused" ? plan.code : withChanges(plain, plan.files[0]?.changes ?? []);
}

type Row = readonly [what: string, options: Options, text: string, expected: string];

function table(path: string, rows: readonly Row[]): void {
  for (const [what, options, text, expected] of rows)
    it(`${what}: ${text.replace(/\s+/g, " ")}`, () => assert.equal(done(text, options, path), expected));
}

const SWAP: Options = { reorder: [1, 0] };

describe("change-signature in JavaScript", () => {
  table("/p/a.mjs", [
    [
      "moves parameters and arguments",
      SWAP,
      "function «sub»(a, b) { return a - b; }\nlog(sub(1, 2), sub(x, y));\n",
      "function sub(b, a) { return a - b; }\nlog(sub(2, 1), sub(y, x));\n",
    ],
    [
      "adds a parameter at the end",
      { add: [{ name: "c", default: "0" }] },
      "const «f» = (a) => a;\nf(1);\n",
      "const f = (a, c) => a;\nf(1, 0);\n",
    ],
    [
      "adds parentheses",
      { add: [{ name: "c", default: "0", index: 0 }] },
      "const «f» = a => a;\nf(1);\n",
      "const f = (c, a) => a;\nf(0, 1);\n",
    ],
    [
      "removes what is not used",
      { remove: [0] },
      "function «f»(a, b) { return b; }\nf(1, 2);\n",
      "function f(b) { return b; }\nf(2);\n",
    ],
    [
      "leaves what is used",
      { remove: [0] },
      "function «f»(a) { return a; }\nf(1);\n",
      "change-signature.used",
    ],
    [
      "renames",
      { rename: [{ index: 0, name: "count" }] },
      "function «f»(n) { return { n, m: n + 1 }; }\n[1].map(f);\n",
      "function f(count) { return { n: count, m: count + 1 }; }\n[1].map(f);\n",
    ],
    [
      "does all at once",
      {
        reorder: [2, 0, 1],
        remove: [1],
        add: [{ name: "d", default: "{}", index: 0 }],
        rename: [{ index: 0, name: "x" }],
      },
      "function «f»(a, b, c) { return a + c; }\nf(1, 2, 3);\n",
      "function f(c, d, x) { return x + c; }\nf(3, {}, 1);\n",
    ],
    [
      "writes undefined for what is left out",
      { add: [{ name: "c", default: "0" }] },
      "function «f»(a, b = 2) { return a + b; }\nf(1);\nf();\n",
      "function f(a, b = 2, c) { return a + b; }\nf(1, undefined, 0);\nf(undefined, undefined, 0);\n",
    ],
    [
      "changes calls in arguments of the same call",
      SWAP,
      "function «f»(a, b) { return a - b; }\nf(f(1, 2), 3);\n",
      "function f(b, a) { return a - b; }\nf(3, f(2, 1));\n",
    ],
    [
      "changes calls of itself",
      { reorder: [1, 0], rename: [{ index: 0, name: "n" }] },
      "function «f»(a, b = a) { return a > 0 ? f(a - 1, b) : b; }\nf(1, 2);\n",
      "change-signature.default",
    ],
    [
      "keeps the layout and comments",
      SWAP,
      "function «f»(\n  a, // first\n  b, // second\n) {\n  log(a, b);\n}\nf(\n  1, // one\n  2\n);\nf(/* x */ 1, 2 /* y */);\n",
      "function f(\n  b, // second\n  a, // first\n) {\n  log(a, b);\n}\nf(\n  2,\n  1 // one\n);\nf(2 /* y */, /* x */ 1);\n",
    ],
    [
      "leaves effects in their order",
      SWAP,
      "function «f»(a, b) {}\nf(g(), h());\n",
      "change-signature.order",
    ],
    [
      "moves what stays the same",
      SWAP,
      "function «f»(a, b) {}\nf(g(), 1);\n",
      "function f(b, a) {}\nf(1, g());\n",
    ],
    ["leaves spread arguments", SWAP, "function «f»(a, b) {}\nf(...x);\n", "change-signature.value"],
    ["leaves what is handed around", SWAP, "function «f»(a, b) {}\nmap(f);\n", "change-signature.value"],
    ["leaves what is made", SWAP, "function «F»(a, b) {}\nnew F(1, 2);\n", "change-signature.value"],
    ["leaves what may be missing", SWAP, "function «f»(a, b) {}\nf?.(1, 2);\n", "change-signature.value"],
    [
      "leaves what looks at its arguments",
      SWAP,
      "function «f»(a, b) { log(arguments); }\nf(1, 2);\n",
      "change-signature.arguments",
    ],
    ["leaves the rest last", SWAP, "function «f»(a, ...b) {}\nf(1, 2);\n", "change-signature.kind"],
    [
      "adds before the rest",
      { add: [{ name: "c", default: "0" }] },
      "function «f»(a, ...b) { return b; }\nf(1, 2, 3);\n",
      "function f(a, c, ...b) { return b; }\nf(1, 0, 2, 3);\n",
    ],
  ]);
});

describe("the parameters as a person edits them", () => {
  const text = "function «f»(a, { b: [c] }: Map<1, 2> = {}, ...d) { return d; }\n";
  const path = "/p/a.ts";

  it("are their names and patterns", () => {
    const plain = text.replace(/[«»]/g, "");
    const offered = offersAt({ file: { path, text: plain }, from: 9, to: 9 }, parse);
    const asks = offered.kind === "offers" && offered.offers.find((it) => it.asks !== undefined)?.asks;
    assert.equal(asks, "a, { b: [c] }, ...d");
  });

  for (const [answer, expected] of [
    ["{ b: [c] }, a, ...d", "function f({ b: [c] }: Map<1, 2> = {}, a, ...d) { return d; }\n"],
    [
      'x = [1, ","], a as y, z: number = 0, { b: [c] }, ...d',
      "function f(x, y, z: number, { b: [c] }: Map<1, 2> = {}, ...d) { return d; }\n",
    ],
    ["{ b: [c] }, ...d,", "function f({ b: [c] }: Map<1, 2> = {}, ...d) { return d; }\n"],
    ["a, a, ...d", "change-signature.option"],
    ["a, q, { b: [c] }, ...d", "change-signature.option"],
    ["a, { b: [c] }", "change-signature.used"],
    ["a, { b: [c] }, ...d", "change-signature.same"],
  ] as const)
    it(`become what is made of them: ${answer}`, () => assert.equal(done(text, { answer }, path), expected));
});

describe("change-signature in TypeScript", () => {
  table("/p/a.ts", [
    [
      "keeps types, and writes new ones",
      { reorder: [1, 0], add: [{ name: "c", default: "null", type: "string | null" }] },
      "function «f»(a: number, b: string): void { log(a, b); }\nf(1, 'x');\n",
      "function f(b: string, a: number, c: string | null): void { log(a, b); }\nf('x', 1, null);\n",
    ],
    [
      "tells the type of a literal",
      { add: [{ name: "c", default: "0" }] },
      "const «f» = async <T,>(a: T) => a;\nconst x = f<number>(1);\n",
      "const f = async <T,>(a: T, c: number) => a;\nconst x = f<number>(1, 0);\n",
    ],
    [
      "makes an optional parameter one that may be undefined",
      { add: [{ name: "c", default: "0" }] },
      "function «f»(a: number, b?: () => void) { log(a, b); }\nf(1);\n",
      "function f(a: number, b: (() => void) | undefined, c: number) { log(a, b); }\nf(1, undefined, 0);\n",
    ],
    [
      "leaves what is used in a type",
      { remove: [0] },
      "function «f»(a: unknown): asserts a {}\nf(1);\n",
      "change-signature.used",
    ],
    [
      "leaves overloads",
      SWAP,
      "function «f»(a: 1, b: 2): void;\nfunction f(a: 2, b: 1): void;\nfunction f(a: number, b: number) {}\nf(1, 2);\n",
      "change-signature.written",
    ],
    [
      "leaves typeof",
      SWAP,
      "function «f»(a: 1, b: 2) {}\ntype P = Parameters<typeof f>;\n",
      "change-signature.value",
    ],
    [
      "leaves what has a type from elsewhere",
      SWAP,
      "const «f»: F = (a, b) => a;\nf(1, 2);\n",
      "change-signature.kind",
    ],
    ["leaves this", SWAP, "function «f»(this: A, a: 1) {}\n", "change-signature.kind"],
    [
      "leaves what is no type",
      { add: [{ name: "c", default: "0", type: "number, d: string" }] },
      "function «f»(a: 1) {}\nf(1);\n",
      "change-signature.type",
    ],
    [
      "renames and removes in the comment before it",
      { remove: [1], rename: [{ index: 0, name: "x" }] },
      "/**\n * Says.\n * @param {number} a - what\n * @param b which\n *   of them\n * @returns it\n */\nexport function «f»(a: 1, b: 2) { return a; }\nf(1, 2);\n",
      "/**\n * Says.\n * @param {number} x - what\n * @returns it\n */\nexport function f(x: 1) { return x; }\nf(1);\n",
    ],
    [
      "leaves what is said of two in one line",
      { remove: [1], rename: [{ index: 0, name: "x" }] },
      "/**\n * @param b which @param a what\n */\nfunction «f»(a: 1, b: 2) { return a; }\n",
      "/**\n * @param b which @param x what\n */\nfunction f(x: 1) { return x; }\n",
    ],
  ]);
  table("/p/a.tsx", [
    [
      "leaves components",
      SWAP,
      "const «F» = (a: A, b: B) => <p />;\nconst x = <F />;\n",
      "change-signature.value",
    ],
  ]);
});

describe("change-signature in Python", () => {
  table("/p/a.py", [
    [
      "moves parameters and arguments",
      SWAP,
      "def «f»(a, b):\n    return a - b\n\n\nf(1, 2)\nf(1, b=2)\nf(b=2, a=1)\n",
      "def f(b, a):\n    return a - b\n\n\nf(2, 1)\nf(a=1, b=2)\nf(b=2, a=1)\n",
    ],
    [
      "gives by name what has to be evaluated in its order",
      SWAP,
      "def «f»(a, b):\n    return a - b\n\n\nf(g(), h())\nf(x := g(), x)\n",
      "def f(b, a):\n    return a - b\n\n\nf(a=g(), b=h())\nf(a=(x := g()), b=x)\n",
    ],
    [
      "but not where it cannot",
      SWAP,
      "def «f»(a, b, /):\n    return a - b\n\n\nf(g(), h())\n",
      "change-signature.order",
    ],
    [
      "renames what is given by name",
      { rename: [{ index: 0, name: "x" }] },
      "def «f»(a, b=1):\n    return a - b\n\n\nf(a=1)\nf(1)\n",
      "def f(x, b=1):\n    return x - b\n\n\nf(x=1)\nf(1)\n",
    ],
    [
      "gives by name what is behind something left out",
      { add: [{ name: "c", default: "0" }] },
      "def «f»(a, b=1):\n    return a - b\n\n\nf(1)\nf(1, 2)\n",
      "def f(a, b=1, c=0):\n    return a - b\n\n\nf(1, c=0)\nf(1, 2, 0)\n",
    ],
    [
      "removes what is given by name",
      { remove: [0] },
      "def «f»(a, b):\n    return b\n\n\nf(a=1, b=2)\nf(1, 2)\n",
      "def f(b):\n    return b\n\n\nf(b=2)\nf(2)\n",
    ],
    [
      "leaves what may fail",
      { remove: [0] },
      "def «f»(a):\n    pass\n\n\nf(1 / 0)\n",
      "change-signature.effect",
    ],
    [
      "keeps the signs",
      { remove: [0], add: [{ name: "e", default: "None", index: 3 }] },
      "def «f»(a, /, b, *, c, d):\n    return b, c, d\n\n\nf(1, 2, c=3, d=4)\n",
      "def f(b, *, c, e, d):\n    return b, c, d\n\n\nf(2, e=None, c=3, d=4)\n",
    ],
    [
      "leaves keywords keywords",
      SWAP,
      "def «f»(a, *, b):\n    return a - b\n\n\nf(1, b=2)\n",
      "change-signature.kind",
    ],
    [
      "leaves defaults behind",
      SWAP,
      "def «f»(a, b=1):\n    return a - b\n\n\nf(1)\n",
      "change-signature.optional",
    ],
    [
      "leaves a text within a text",
      { add: [{ name: "c", default: "'x'" }] },
      "def «f»(a):\n    return a\n\n\nprint(f'{f(1)}')\n",
      "change-signature.default",
    ],
    ["leaves methods", SWAP, "class A:\n    def «f»(self, a):\n        pass\n", "change-signature.kind"],
    ["leaves what is decorated", SWAP, "@cache\ndef «f»(a, b):\n    pass\n", "change-signature.kind"],
    ["leaves stars", SWAP, "def «f»(a, b):\n    pass\n\n\nf(*x)\n", "change-signature.value"],
    [
      "does not mend a call that fails",
      { remove: [0] },
      "def «f»(a):\n    pass\n\n\nf()\n",
      "change-signature.arguments",
    ],
    [
      "writes types that are there",
      { add: [{ name: "c", default: "0", type: "int", index: 0 }] },
      "def «f»(a: str) -> None:\n    print(a)\n\n\nf('x')\n",
      "def f(c: int, a: str) -> None:\n    print(a)\n\n\nf(0, 'x')\n",
    ],
    [
      "leaves types that are not",
      { add: [{ name: "c", default: "0", type: "Money", index: 0 }] },
      "def «f»(a):\n    print(a)\n\n\nf('x')\n",
      "change-signature.type",
    ],
  ]);
});

describe("change-signature in several files", () => {
  /** All files after a change in the first, or the code of its refusal. */
  function files(
    options: Options,
    ...all: readonly (readonly [string, string])[]
  ): readonly string[] | string {
    const [[path, marked] = ["", ""], ...rest] = all;
    const text = marked.replace("«", "");
    const from = marked.indexOf("«");
    const others = rest.map(([name, it]) => ({ path: name, text: it }));
    const plan = planned(
      "change-signature",
      { file: { path, text }, from, to: from, others },
      options,
      parse,
    );
    if (plan.kind === "refused") return plan.code;
    const now = new Map(plan.files.map((it) => [it.path, withChanges(it.before ?? "", it.changes)]));
    return [{ path, text }, ...others].map((it) => now.get(it.path) ?? it.text);
  }

  it("follows imports, aliases and whole modules", () =>
    assert.deepEqual(
      files(
        SWAP,
        ["/p/a.js", "export function «f(a, b) {}\n"],
        ["/p/b.js", "import { f as g } from './a.js';\ng(1, 2);\n"],
        ["/p/c.js", "import * as all from './a.js';\nall.f(1, 2);\n"],
        ["/p/d.js", "import { f } from './a.js';\nconst o = { m: () => f(f(1, 2), 3) };\n"],
      ),
      [
        "export function f(b, a) {}\n",
        "import { f as g } from './a.js';\ng(2, 1);\n",
        "import * as all from './a.js';\nall.f(2, 1);\n",
        "import { f } from './a.js';\nconst o = { m: () => f(3, f(2, 1)) };\n",
      ],
    ));

  it("follows what is exported further, under other names", () =>
    assert.deepEqual(
      files(
        SWAP,
        ["/p/a.js", "function «f(a, b) {}\nexport { f as g };\n"],
        ["/p/b.js", "export { g as h } from './a.js';\n"],
        ["/p/c.js", "import { h } from './b.js';\nh(1, 2);\n"],
      ),
      [
        "function f(b, a) {}\nexport { f as g };\n",
        "export { g as h } from './a.js';\n",
        "import { h } from './b.js';\nh(2, 1);\n",
      ],
    ));

  it("follows what Python's modules take from each other", () =>
    assert.deepEqual(
      files(
        SWAP,
        ["/p/first.py", "def «f(a, b):\n    return a - b\n"],
        ["/p/second.py", "from first import f\nprint(f(1, 2))\n"],
        ["/p/third.py", "import second\nprint(second.f(1, 2))\n"],
        ["/p/fourth.py", "from second import f as g\nprint(g(1, 2))\n"],
        ["/p/fifth.py", "from fourth import g\nprint(g(1, 2))\n"],
      ),
      [
        "def f(b, a):\n    return a - b\n",
        "from first import f\nprint(f(2, 1))\n",
        "import second\nprint(second.f(2, 1))\n",
        "from second import f as g\nprint(g(2, 1))\n",
        "from fourth import g\nprint(g(2, 1))\n",
      ],
    ));

  for (const [what, text] of [
    ["hands it around", "import { f } from './a.js';\n[1].map(f);\n"],
    ["takes everything", "export * from './a.js';\n"],
    ["requires it", "import a = require('./a.js');\na.f(1, 2);\n"],
    ["may load it", "const a = await import('./' + 'a.js');\na.f(1, 2);\n"],
    ["imports it in a way of its own", "import { f } from './a.js?x';\nf(1, 2);\n"],
    ["loads it", "const { f } = await import('./a.js');\nf(1, 2);\n"],
    ["puts another in its place", "jest.mock('./a.js', () => ({ f: (a, b) => a - b }));\n"],
    ["has effects", "import { f } from './a.js';\nf(g(), h());\n"],
  ] as const)
    it(`leaves it where another file ${what}`, () =>
      assert.match(
        String(files(SWAP, ["/p/a.js", "export function «f(a, b) {}\n"], ["/p/b.ts", text])),
        /^(change-signature|rename)\.\w+$/,
      ));

  for (const [what, text] of [
    [
      "has another one",
      "try:\n    from m import f\nexcept ImportError:\n    def f(a, b):\n        pass\nf(1, 2)\n",
    ],
    ["takes it from one of two", "try:\n    import m\nexcept ImportError:\n    import n as m\nm.f(1, 2)\n"],
    ["gives it another value", "from m import f\nf = f or g\nf(1, 2)\n"],
  ] as const)
    it(`leaves it where another file of Python ${what}`, () =>
      assert.match(
        String(files(SWAP, ["/p/m.py", "def «f(a, b):\n    return a\n"], ["/p/o.py", text])),
        /^(change-signature\.(written|value)|rename\.namespace)$/,
      ));

  it("renames what is given by name through an import that stands twice", () =>
    assert.deepEqual(
      files(
        { rename: [{ index: 0, name: "x" }] },
        ["/p/m.py", "def «f(a, b):\n    return a\n"],
        [
          "/p/o.py",
          "def g():\n    import m\n    m.f(a=1, b=2)\n\n\ndef h():\n    import m\n    m.f(1, b=2)\n",
        ],
      ),
      [
        "def f(x, b):\n    return x\n",
        "def g():\n    import m\n    m.f(x=1, b=2)\n\n\ndef h():\n    import m\n    m.f(1, b=2)\n",
      ],
    ));

  it("follows a file that imports itself", () =>
    assert.deepEqual(files(SWAP, ["/p/m.py", "import m\ndef «f(a, b):\n    return m.f(1, 2)\n"]), [
      "import m\ndef f(b, a):\n    return m.f(2, 1)\n",
    ]));

  it("leaves what a script gives to its page", () =>
    assert.equal(
      files(SWAP, ["/p/a.js", "function «f(a, b) {}\n"], ["/p/b.js", "window.f(1, 2);\n"]),
      "change-signature.value",
    ));

  it("needs the other files", () => {
    const file = { path: "/p/a.js", text: "export function f(a, b) {}\n" };
    const plan = planned("change-signature", { file, from: 16, to: 16 }, SWAP, parse);
    assert.ok(plan.kind === "refused");
    assert.deepEqual([plan.lacks, plan.sought], ["others", { words: ["f"], modules: ["/p/a.js"] }]);
  });
});
