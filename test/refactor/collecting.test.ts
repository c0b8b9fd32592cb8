import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";
import { type Program, type Row, reran, rewritten } from "./rewritten.ts";

const parse = withParser("python", "javascript");
const [TO, BACK] = ["convert-loop-to-comprehension", "convert-comprehension-to-loop"];

/** Loops that fill a collection, and the comprehension of each. */
const BOTH: readonly (readonly [string, string, string])[] = [
  [
    "a list",
    "def f(ys):\n    xs = []\n    «»for y in ys:\n        xs.append(y + 1)\n    return xs\n",
    "def f(ys):\n    xs = «»[y + 1 for y in ys]\n    return xs\n",
  ],
  [
    "a condition",
    "def f(ys):\n    «»xs = []\n    for y in ys:\n        if y:\n            xs.append(y)\n    return xs\n",
    "def f(ys):\n    xs = [y «»for y in ys if y]\n    return xs\n",
  ],
  [
    "a set",
    "def f(ys):\n    xs = set()\n    «»for y in ys:\n        xs.add(y)\n    return xs\n",
    "def f(ys):\n    xs = {y «»for y in ys}\n    return xs\n",
  ],
  [
    "a dictionary with a type",
    "def f(ys):\n    xs: dict[str, int] = {}\n    «»for k, v in ys.items():\n        xs[k] = v + 1\n    return xs\n",
    "def f(ys):\n    xs: dict[str, int] = «»{k: v + 1 for k, v in ys.items()}\n    return xs\n",
  ],
  [
    "loops in a loop",
    "def f(ys):\n    xs = []\n    «»for y in ys:\n        for z in y:\n            if z:\n                xs.append((y, z))\n    return xs\n",
    "def f(ys):\n    xs = «»[(y, z) for y in ys for z in y if z]\n    return xs\n",
  ],
  [
    "a file's own",
    "xs = []\n«»for y in range(3):\n    xs.append(y)\nprint(xs)\n",
    "xs = «»[y for y in range(3)]\nprint(xs)\n",
  ],
];

const ALSO: readonly Row[] = [
  [
    "what needs parentheses",
    "py",
    "def f(a, c):\n    xs = []\n    «»for y in a, c:\n        if y if c else a:\n            xs.append(y)\n    return xs\n",
    "def f(a, c):\n    xs = [y for y in (a, c) if (y if c else a)]\n    return xs\n",
  ],
  [
    "a long one",
    "py",
    "def f(a_long_name):\n    a_longer_name = []\n    «»for another_long_name in a_long_name:\n        if another_long_name.is_of_any_use:\n            a_longer_name.append(another_long_name)\n    return a_longer_name\n",
    "def f(a_long_name):\n    a_longer_name = [\n        another_long_name\n        for another_long_name in a_long_name\n        if another_long_name.is_of_any_use\n    ]\n    return a_longer_name\n",
  ],
  [
    "a name that another loop has, too",
    "py",
    "def f(a):\n    for y in a:\n        print(y)\n    xs = []\n    «»for y in a:\n        xs.append(y)\n    return xs\n",
    "def f(a):\n    for y in a:\n        print(y)\n    xs = [y for y in a]\n    return xs\n",
  ],
  [
    "both selected",
    "py",
    "def f(a):\n    «xs = []\n    for y in a:\n        xs.append(y)\n»    return xs\n",
    "def f(a):\n    xs = [y for y in a]\n    return xs\n",
  ],
];

const REFUSED: readonly Row[] = [
  [
    "an else",
    "py",
    "def f(a):\n    xs = []\n    «»for y in a:\n        xs.append(y)\n    else:\n        pass\n    return xs\n",
    `${TO}.place`,
  ],
  [
    "an else of a condition",
    "py",
    "def f(a):\n    xs = []\n    «»for y in a:\n        if y:\n            xs.append(y)\n        else:\n            pass\n    return xs\n",
    `${TO}.place`,
  ],
  [
    "more than one statement",
    "py",
    "def f(a):\n    xs = []\n    «»for y in a:\n        print(y)\n        xs.append(y)\n    return xs\n",
    `${TO}.place`,
  ],
  [
    "a list with something in it",
    "py",
    "def f(a):\n    xs = [1]\n    «»for y in a:\n        xs.append(y)\n    return xs\n",
    `${TO}.place`,
  ],
  [
    "something between",
    "py",
    "def f(a):\n    xs = []\n    print(a)\n    «»for y in a:\n        xs.append(y)\n    return xs\n",
    `${TO}.place`,
  ],
  [
    "a key and a value that do something",
    "py",
    "def f(a):\n    xs = {}\n    «»for y in a:\n        xs[g(y)] = h(y)\n    return xs\n",
    `${TO}.order`,
  ],
  [
    "a variable that is used behind",
    "py",
    "def f(a):\n    xs = []\n    «»for y in a:\n        xs.append(y)\n    return xs, y\n",
    `${TO}.used`,
  ],
  [
    "a variable that a function remembers",
    "py",
    "def f(a):\n    xs = []\n    «»for y in a:\n        xs.append(y)\n    return lambda: y\n",
    `${TO}.used`,
  ],
  [
    "a variable that an outer loop has, too",
    "py",
    "def f(a):\n    for y in a:\n        xs = []\n        «»for y in a:\n            xs.append(y)\n        print(xs, y)\n",
    `${TO}.used`,
  ],
  [
    "a parameter as variable",
    "py",
    "def f(a, y):\n    xs = []\n    «»for y in a:\n        xs.append(y)\n    return xs\n",
    `${TO}.used`,
  ],
  [
    "a variable of the file",
    "py",
    "y = 1\ndef f(a):\n    global y\n    xs = []\n    «»for y in a:\n        xs.append(y)\n    return xs\n",
    `${TO}.scope`,
  ],
  [
    "a list of the file",
    "py",
    "def f(a):\n    global xs\n    xs = []\n    «»for y in a:\n        xs.append(y)\n",
    `${TO}.scope`,
  ],
  [
    "functions that are made",
    "py",
    "def f(a):\n    xs = []\n    «»for y in a:\n        xs.append(lambda: y)\n    return xs\n",
    `${TO}.apart`,
  ],
  [
    "a generator",
    "py",
    "def f(a):\n    xs = []\n    «»for y in a:\n        xs.append(z for z in y)\n    return xs\n",
    `${TO}.place`,
  ],
  [
    "a walrus",
    "py",
    "def f(a):\n    xs = []\n    «»for y in a:\n        if (z := y):\n            xs.append(z)\n    return xs\n",
    `${TO}.apart`,
  ],
  [
    "an await",
    "py",
    "async def f(a):\n    xs = []\n    «»for y in a:\n        xs.append(await y)\n    return xs\n",
    `${TO}.apart`,
  ],
  [
    "an async for",
    "py",
    "async def f(a):\n    xs = []\n    «»async for y in a:\n        xs.append(y)\n    return xs\n",
    `${TO}.place`,
  ],
  [
    "super",
    "py",
    "class A(B):\n    def f(self, a):\n        xs = []\n        «»for y in a:\n            xs.append(super().f(y))\n        return xs\n",
    `${TO}.apart`,
  ],
  ["a class", "py", "class A:\n    xs = []\n    «»for y in range(3):\n        xs.append(y)\n", `${TO}.scope`],
  [
    "only what is new",
    "py",
    "def f(a):\n    xs = []\n    «»for y in a:\n        if y not in xs:\n            xs.append(y)\n    return xs\n",
    `${TO}.itself`,
  ],
  [
    "a function that sees it grow",
    "py",
    "def f(a):\n    xs = []\n    «»for y in a:\n        xs.append(g(y))\n    return xs\n\nxs = []\ndef g(y):\n    return len(xs)\n",
    "def f(a):\n    xs = [g(y) for y in a]\n    return xs\n\nxs = []\ndef g(y):\n    return len(xs)\n",
  ],
  [
    "a function of the same that sees it grow",
    "py",
    "xs = []\n«»for y in range(3):\n    xs.append(g(y))\ndef g(y):\n    return len(xs)\n",
    `${TO}.seen`,
  ],
  [
    "what is there when it fails",
    "py",
    "def f(a):\n    xs = None\n    try:\n        xs = []\n        «»for y in a:\n            xs.append(1 / y)\n    except ZeroDivisionError:\n        pass\n    return xs\n",
    `${TO}.caught`,
  ],
  [
    "the same in what may keep failures back",
    "py",
    "def f(a):\n    with g():\n        xs = []\n        «»for y in a:\n            xs.append(1 / y)\n    return xs\n",
    `${TO}.caught`,
  ],
  [
    "a comment",
    "py",
    "def f(a):\n    xs = []\n    # all\n    «»for y in a:\n        xs.append(y)\n    return xs\n",
    `${TO}.comment`,
  ],
  [
    "a member as variable",
    "py",
    "def f(a, o):\n    xs = []\n    «»for o.y in a:\n        xs.append(o.y)\n    return xs\n",
    `${TO}.target`,
  ],
  [
    "locals",
    "py",
    "def f(a):\n    xs = []\n    «»for y in a:\n        xs.append(y)\n    return locals()\n",
    "opaque",
  ],
  [
    "a set of the file's own",
    "py",
    "set = list\ndef f(a):\n    xs = set()\n    «»for y in a:\n        xs.add(y)\n    return xs\n",
    `${TO}.place`,
  ],
  [
    "a variable in its own list",
    "py",
    "def f(y):\n    xs = []\n    «»for y in y:\n        xs.append(y)\n    return xs\n",
    `${TO}.target`,
  ],
  ["another language", "js", "«»xs = [];\n", `${TO}.language`],
];

const REFUSED_BACK: readonly Row[] = [
  [
    "a variable that is there",
    "py",
    "def f(a, y):\n    xs = «»[y for y in a]\n    return xs, y\n",
    `${BACK}.taken`,
  ],
  [
    "a name of Python that is used",
    "py",
    "def f(a):\n    xs = «»[id for id in a]\n    return xs, id(a)\n",
    `${BACK}.taken`,
  ],
  [
    "a name of the file that a function uses",
    "py",
    "xs = «»[y for y in range(3)]\ndef f():\n    return y\n",
    `${BACK}.taken`,
  ],
  ["its own old value", "py", "def f(xs):\n    xs = «»[y for y in xs]\n    return xs\n", `${BACK}.itself`],
  ["a class", "py", "class A:\n    xs = «»[y for y in range(3)]\n", `${BACK}.scope`],
  ["a walrus", "py", "def f(a):\n    xs = «»[z for y in a if (z := y)]\n    return xs\n", `${BACK}.apart`],
  [
    "an async comprehension",
    "py",
    "async def f(a):\n    xs = «»[y async for y in a]\n    return xs\n",
    `${BACK}.place`,
  ],
  ["a generator", "py", "def f(a):\n    xs = «»(y for y in a)\n    return xs\n", `${BACK}.place`],
  [
    "a variable twice",
    "py",
    "def f(a):\n    xs = «»[y for y in a for y in y]\n    return xs\n",
    `${BACK}.target`,
  ],
  [
    "the same name in another comprehension",
    "py",
    "def f(a):\n    xs = «»[y for y in a]\n    return [y for y in xs]\n",
    "def f(a):\n    xs = []\n    for y in a:\n        xs.append(y)\n    return [y for y in xs]\n",
  ],
  ["a line that it shares", "py", "def f(a): xs = «»[y for y in a]; return xs\n", `${BACK}.lines`],
  [
    "lines without brackets of their own",
    "py",
    "def f(a):\n    xs = «»[\n        y\n        for y in a\n        if y\n        and a\n    ]\n    return xs\n",
    "def f(a):\n    xs = []\n    for y in a:\n        if (y\n        and a):\n            xs.append(y)\n    return xs\n",
  ],
];

const PROGRAMS: readonly Program[] = [
  [
    "py",
    "values of several loops",
    "def f(a):\n    xs = []\n    «»for i, (p, *q) in enumerate(a):\n        for z in q:\n            if z != p:\n                xs.append((i, z))\n    return xs\nprint(f([[1, 2], [3, 3, 4]]))\n",
  ],
  [
    "py",
    "keys that come twice",
    "def f(a):\n    d = {}\n    «»for x in a:\n        d[x] = str(x)\n    return d\nprint(f([1, True, 2]))\n",
  ],
  [
    "py",
    "a failure midway",
    "def f(a):\n    xs = []\n    «»for x in a:\n        xs.append(1 / x)\n    return xs\ntry:\n    f([1, 0])\nexcept ZeroDivisionError as e:\n    print(e)\n",
  ],
  [
    "py",
    "iterators that end early",
    "def f(it):\n    xs = []\n    «»for x in it:\n        xs.append((x, next(it)))\n    return xs\ntry:\n    print(f(iter([1, 2, 3])))\nexcept StopIteration:\n    print('stopped')\n",
  ],
  [
    "py",
    "a string over lines",
    "def f(a):\n    xs = []\n    «»for x in a:\n        xs.append('''a\nb''' + x)\n    return xs\nprint(f('xy'))\n",
  ],
];
const PROGRAMS_BACK: readonly Program[] = [
  [
    "py",
    "a comprehension in another",
    "def f(a):\n    xs = «»[[y for y in x] for x in a]\n    return xs\nprint(f(['ab', 'c']))\n",
  ],
  [
    "py",
    "a dictionary",
    "def f(a):\n    xs = «»{k: v if v else (\n        None) for k, v in a.items() if k}\n    return xs\nprint(f({0: 1, 1: 0, 2: 2}))\n",
  ],
  [
    "py",
    "a set that is made twice",
    "def f(a):\n    for i in range(2):\n        xs = «»{x + i for x in a}\n        print(sorted(xs))\nf([1, 2, 1])\n",
  ],
];

describe("collections that are filled", () => {
  const plain = (it: string) => it.replace(/[«»]/g, "");
  for (const [what, loop, comprehension] of BOTH) {
    it(`become comprehensions: ${what}`, () =>
      assert.equal(after(parse, TO, "/p/a.py", loop), plain(comprehension)));
    it(`come back: ${what}`, () => assert.equal(after(parse, BACK, "/p/a.py", comprehension), plain(loop)));
  }
  rewritten(parse, TO, ALSO);
  rewritten(parse, TO, REFUSED);
  rewritten(parse, BACK, REFUSED_BACK);
  reran(parse, TO, PROGRAMS);
  reran(parse, BACK, PROGRAMS_BACK);
});
