import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { look } from "./look.ts";

/** The numbers of all functions that have any, in order. */
async function measured(smell: string, path: string, text: string): Promise<readonly (number | undefined)[]> {
  const limits = { cognitiveComplexity: 0, cyclomaticComplexity: 0 };
  return (await look(path, text, smell, { limits, ignored: [] })).map((it) => it.value);
}

/** The examples of the white paper, in JavaScript where they are not. */
const COGNITIVE: readonly (readonly [
  what: string,
  path: string,
  text: string,
  expected: readonly number[],
])[] = [
  [
    "sumOfPrimes: loops in loops, and a jump to a label",
    "a.js",
    `function sumOfPrimes(max) {
  let total = 0;
  OUT: for (let i = 1; i <= max; ++i) {
    for (let j = 2; j < i; ++j) {
      if (i % j === 0) continue OUT;
    }
    total += i;
  }
  return total;
}`,
    [7],
  ],
  [
    "getWords: a switch counts once",
    "a.js",
    `function getWords(number) {
  switch (number) { case 1: return "one"; case 2: return "a couple"; case 3: return "a few"; default: return "lots"; }
}`,
    [1],
  ],
  [
    "toRegexp: conditions in conditions, else and else-if",
    "a.js",
    `function toRegexp(pattern) {
  let i = pattern.startsWith("/") || pattern.startsWith("\\\\") ? 1 : 0;
  while (i < pattern.length) {
    const ch = pattern.charAt(i);
    if (SPECIAL.indexOf(ch) !== -1) add("\\\\", ch);
    else if (ch === "*") {
      if (i + 1 < pattern.length && pattern.charAt(i + 1) === "*") {
        if (i + 2 < pattern.length && isSlash(pattern.charAt(i + 2))) i += 2;
        else i += 1;
      } else add("[^", "]*?");
    } else if (ch === "?") add("[^", "]");
    else if (isSlash(ch)) add("sep");
    else add(ch);
    i++;
  }
}`,
    [20],
  ],
  ["rows of equal operators", "a.js", "function f() { if (a && b && c || d || e && g) h(); }", [4]],
  ["a row behind a not", "a.js", "function f() { if (a && !(b && c)) d(); }", [3]],
  [
    "a catch, not a try",
    "a.js",
    "function f() { try { if (a) { for (;;) { while (b) c(); } } } catch { if (d) e(); } }",
    [9],
  ],
  [
    "a function within, deeper by one",
    "a.js",
    "function f() { if (z) y(); const r = () => { if (a) b(); }; }",
    [3],
  ],
  ["else and else-if, without depth", "a.js", "function f() { if (a) b(); else if (c) d(); else e(); }", [3]],
  ["a choice within a choice", "a.js", "const f = (a) => a ? b : c ? d : e;", [3]],
  ["?? and ?. not at all", "a.js", "function f() { return a?.b ?? c?.d ?? (e && g); }", [1]],
  ["a call of itself", "a.js", "function f(n) { return n > 0 ? f(n - 1) : 0; }", [2]],
  [
    "functions of a module that decides nothing, each by itself",
    "a.js",
    "function m() { return { a() { if (x) y(); }, b() { if (x) if (y) z(); } }; }",
    [1, 3],
  ],
  [
    "a decorator's inner function, without depth",
    "a.py",
    "def dec(a):\n  def inner(b):\n    if c: d()\n  return inner\n",
    [1],
  ],
  [
    "elif, else, and the else of a loop",
    "a.py",
    "def f():\n  for a in b:\n    if c: d()\n    elif e: g()\n    else: h()\n  else: i()\n",
    [6],
  ],
  [
    "except, not try, else and finally",
    "a.py",
    "def f():\n  try: a()\n  except E: b()\n  else: c()\n  finally: d()\n",
    [1],
  ],
  ["and, or and a choice in Python", "a.py", "def f():\n  return a and b or c if d else e\n", [3]],
  ["match once", "a.py", "def f(a):\n  match a:\n    case 1: b()\n    case 2: c()\n    case _: d()\n", [1]],
];

const CYCLOMATIC: typeof COGNITIVE = [
  ["one without decisions", "a.js", "function f() { a(); }", [1]],
  ["each condition of a compound one", "a.js", "function f() { if (a && b || c) d(); }", [4]],
  [
    "loops, catches and choices",
    "a.js",
    "function f() { for (;;) a(); do b(); while (c); try { d(); } catch { e(); } return g ? 1 : 2; }",
    [5],
  ],
  ["a function within by itself", "a.js", "function f() { g(() => { if (a) b(); }); }", [1, 2]],
  ["elif and except", "a.py", "def f():\n  if a: b()\n  elif c: d()\n  try: e()\n  except E: g()\n", [4]],
  ["comprehensions with conditions", "a.py", "def f():\n  return [a for a in b if c and d]\n", [4]],
];

describe("cognitive complexity counts", () => {
  for (const [what, path, text, expected] of COGNITIVE)
    it(what, async () => assert.deepEqual(await measured("cognitive-complexity", path, text), expected));
});

describe("cyclomatic complexity counts", () => {
  for (const [what, path, text, expected] of CYCLOMATIC)
    it(what, async () => assert.deepEqual(await measured("cyclomatic-complexity", path, text), expected));

  it("cases, but lets a function pass that is a large switch only", async () => {
    const cases = Array.from({ length: 20 }, (_, it) => `case ${it}: return a;`).join(" ");
    const text = `function f(x) { switch (x) { ${cases} } }\nfunction g(x) { switch (x) { ${cases} } ${"if (a) b(); ".repeat(10)} }`;
    assert.deepEqual(
      (await look("a.js", text, "cyclomatic-complexity")).map((it) => it.message),
      [`"g" has a cyclomatic complexity of 31; the limit is 10.`],
    );
  });
});
