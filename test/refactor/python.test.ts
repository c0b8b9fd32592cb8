import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import { withChanges } from "../../src/text/changes.ts";
import { marked, withParser } from "./marked.ts";

const parse = withParser("python");
const { done, table } = marked(parse, "/p/a.py");

describe("extract-variable in Python", () => {
  table("extract-variable", "x", [
    ["puts the value before its statement", "f(«a + 1»)\n", "x = a + 1\nf(x)\n"],
    ["keeps the indentation", "def g():\n    return «a.b»\n", "def g():\n    x = a.b\n    return x\n"],
    ["makes a variable of a lone call", "«f()»\n", "x = f()\n"],
    ["leaves its neighbours in a row", "«f()», g()\n", "x = f()\nx, g()\n"],
    ["stays in a body on one line", "if a: f(«b + 1»)\n", "if a: x = b + 1; f(x)\n"],
    ["puts lines in parentheses", "f(«a +\n  b»)\n", "x = (a +\n  b)\nf(x)\n"],
    ["needs none within brackets", "f(«g(a,\n  b)»)\n", "x = g(a,\n  b)\nf(x)\n"],
    ["keeps a word before it", "def g():\n    return«(a)»\n", "def g():\n    x = (a)\n    return x\n"],
    ["takes an expression out of a text", 'f(f"{«a + 1»!r}")\n', 'x = a + 1\nf(f"{x!r}")\n'],
    ["leaves what a text shows", 'f(f"{«a + 1»=}")\n', "extract-variable.place"],
    ["takes a value of two", "return_(«1, 2»)\n", "extract-variable.selection"],
    ["takes the condition of an if", "if «a()» > 1:\n    b()\n", "x = a()\nif x > 1:\n    b()\n"],
    ["takes no condition after another", "if a: pass\nelif «b()»: pass\n", "extract-variable.row"],
    ["takes none of a while", "while «a()»: pass\n", "extract-variable.lazy"],
    ["takes what a loop goes through", "for i in «a()»: pass\n", "x = a()\nfor i in x: pass\n"],
    ["moves no lazy operand", "b = a and «c()»\n", "extract-variable.lazy"],
    ["moves no third of a comparison", "a < b < «c()»\n", "extract-variable.lazy"],
    ["moves no branch", "«a()» if b else c\n", "extract-variable.lazy"],
    ["takes what is asked first", "d = a if «b()» else c\n", "x = b()\nd = a if x else c\n"],
    ["moves nothing out of a comprehension", "[«f(i)» for i in a]\n", "extract-variable.lazy"],
    ["moves nothing out of a function", "f(lambda a: «a + 1»)\n", "extract-variable.lazy"],
    ["moves no default", "def f(a=«g()»): pass\n", "extract-variable.lazy"],
    ["moves no second context", "with a() as b, «c(b)»: pass\n", "extract-variable.lazy"],
    ["leaves assertions", "assert «a()»\n", "extract-variable.lazy"],
    ["leaves the order of calls", "f(g(), «h()»)\n", "extract-variable.order"],
    ["leaves what a call may change", "f(g(), «a + b»)\n", "extract-variable.order"],
    ["knows texts and numbers", "a = 1\nf(g(), «a + 1»)\n", "a = 1\nx = a + 1\nf(g(), x)\n"],
    ["knows the order of stars and names", "f(k=«g()», *h())\n", "extract-variable.lazy"],
    ["leaves targets", "a[«f()»] = g()\n", "extract-variable.place"],
    ["leaves what is removed", "del «a.b»\n", "extract-variable.place"],
    ["leaves documentation", '«"says"»\nf()\n', "extract-variable.place"],
    ["leaves part of a text", '«"a"» "b"\n', "extract-variable.place"],
    ["leaves the body of a class", "class A:\n    b = «f()»\n", "extract-variable.place"],
    ["leaves annotations", "a: «int» = 1\n", "extract-variable.place"],
    ["takes a name along that is given a value", "f(«(n := g())»)\n", "x = (n := g())\nf(x)\n"],
    ["leaves one that is used before", "f(n, «(n := 1)»)\n", "extract-variable.order"],
    ["leaves parentheses of a call", "sum«(i for i in a)»\n", "extract-variable.selection"],
    ["leaves lines that go on", "if a: \\\n  f(«b()»)\n", "extract-variable.place"],
    ["knows who sees all names", "def f():\n    g(«a.b»)\n    return locals()\n", "opaque"],
    ["takes no name that is used", "def f():\n    g(«a.b», x)\n", "name.taken"],
    ["takes no keyword", "f(«a.b»)\n", "x = a.b\nf(x)\n"],
  ]);

  it("takes no keyword as a name", () =>
    assert.equal(done("extract-variable", "f(«a.b»)\n", "lambda"), "name.invalid"));

  it("replaces all that is equal, but in functions that may be called before", () =>
    assert.equal(
      done(
        "extract-variable",
        "a = 1\nf(«a + 1», a + 1)\ndef g():\n    return a + 1\n",
        "x",
        "/p/a.py",
        true,
      ),
      "a = 1\nx = a + 1\nf(x, x)\ndef g():\n    return a + 1\n",
    ));
});

describe("inline-variable in Python", () => {
  table("inline-variable", undefined, [
    ["replaces the use", "def f(b):\n    «a» = b\n    return a\n", "def f(b):\n    return b\n"],
    [
      "adds parentheses where they are needed",
      "def f(b: int):\n    «a» = b + 1\n    return a * 2\n",
      "def f(b: int):\n    return (b + 1) * 2\n",
    ],
    [
      "and none where not",
      "def f(b: int):\n    «a» = b + 1\n    return g(a)\n",
      "def f(b: int):\n    return g(b + 1)\n",
    ],
    [
      "knows powers",
      "def f(b: int):\n    «a» = -b\n    return a ** 2\n",
      "def f(b: int):\n    return (-b) ** 2\n",
    ],
    [
      "knows chains",
      "def f(b: int):\n    «a» = b < 1\n    return a == True\n",
      "def f(b: int):\n    return (b < 1) == True\n",
    ],
    [
      "keeps a tuple together",
      "def f():\n    «a» = 1, 2\n    return g(a)\n",
      "def f():\n    return g((1, 2))\n",
    ],
    [
      "takes a call to the next thing",
      "def f():\n    «a» = g()\n    return a\n",
      "def f():\n    return g()\n",
    ],
    ["moves no call over another", "def f():\n    «a» = g()\n    h()\n    return a\n", "inline.order"],
    ["calls nothing twice", "def f():\n    «a» = g()\n    return a, a\n", "inline.repeated"],
    ["makes no list twice", "def f():\n    «a» = []\n    a.append(1)\n    return a\n", "inline.repeated"],
    [
      "adds nothing twice that may be a list",
      "def f(b, c):\n    «a» = b + c\n    a.append(1)\n    return a\n",
      "inline.repeated",
    ],
    ["looks at nothing later", "def f(b):\n    «a» = b.c\n    b.c = 2\n    return a\n", "inline.changed"],
    ["knows what is given anew", "def f(b):\n    «a» = b\n    b = 2\n    return a\n", "inline.changed"],
    [
      "leaves what has two values",
      "def f():\n    «a» = 1\n    a = 2\n    return a\n",
      "inline-variable.written",
    ],
    ["leaves two at once", "def f():\n    «a» = b = 1\n    return a\n", "inline-variable.kind"],
    ["leaves members", "class A:\n    «a» = 1\n    b = a\n", "inline-variable.kind"],
    ["leaves what a loop gives", "for «a» in b:\n    f(a)\n", "inline-variable.kind"],
    ["leaves what is shown", 'def f(b):\n    «a» = b\n    return f"{a=}"\n', "inline-variable.place"],
    ["puts no quotes into a text", "def f():\n    «a» = 'b'\n    return f'{a}'\n", "inline-variable.place"],
    [
      "puts no brace behind a brace",
      "def f(b):\n    «a» = {b: 1}\n    return f'{a}'\n",
      "def f(b):\n    return f'{({b: 1})}'\n",
    ],
    ["shares a line", "def f(b): «a» = b; return a\n", "def f(b): return b\n"],
    [
      "needs no sign at a line's end",
      "def f(b):\n    «a» = b or c\n    a.d()\n",
      "def f(b):\n    (b or c).d()\n",
    ],
    ["works at the top of a file", "«a» = 1\nf(a)\n", "f(1)\n"],
    ["knows who takes it by name", '__all__ = ["a"]\n«a» = 1\nf(a)\n', "inline-variable.exported"],
    [
      "reaches into functions when it never changes",
      "def f():\n    «a» = 1\n    return lambda: a\n",
      "def f():\n    return lambda: 1\n",
    ],
    [
      "leaves functions when it may change",
      "def f(b):\n    «a» = b.c\n    return lambda: a\n",
      "inline.repeated",
    ],
  ]);
});

describe("rename in Python", () => {
  table("rename", "x", [
    [
      "a variable",
      "def f():\n    «a» = 1\n    a += 1\n    return a\n",
      "def f():\n    x = 1\n    x += 1\n    return x\n",
    ],
    ["a function", "def «f»(): pass\nf()\n", "def x(): pass\nx()\n"],
    [
      "a class, in annotations in quotes too",
      'class «A»: pass\ndef f(a: "A"): pass\n',
      'class x: pass\ndef f(a: "x"): pass\n',
    ],
    ["an import", "import «os»\nos.sep\n", "import os as x\nx.sep\n"],
    ["an imported name", "from os import «sep»\nsep\n", "from os import sep as x\nx\n"],
    ["an alias", "import os as «o»\no.sep\n", "import os as x\nx.sep\n"],
    ["what __all__ says", '__all__ = ["a"]\n«a» = 1\n', '__all__ = ["x"]\nx = 1\n'],
    [
      "through global",
      "«a» = 1\ndef f():\n    global a\n    a = 2\n",
      "x = 1\ndef f():\n    global x\n    x = 2\n",
    ],
    [
      "through nonlocal",
      "def f():\n    «a» = 1\n    def g():\n        nonlocal a\n        a = 2\n",
      "def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n",
    ],
    ["in a comprehension", "[«a» for a in b if a]\n", "[x for x in b if x]\n"],
    [
      "arguments by name with the parameter",
      "def f():\n    def g(«a»): return a\n    return g(a=1)\n",
      "def f():\n    def g(x): return x\n    return g(x=1)\n",
    ],
    ["no parameter that another may be given as", "def f(«a»): return a\nh.f(a=1)\n", "rename.argument"],
    ["no parameter given in a way that is not seen", "def f(«a»): return a\nf(**b)\n", "rename.argument"],
    [
      "a parameter though another function has it",
      "def f(«a»): return a\ndef g(a): pass\ng(a=1)\n",
      "def f(x): return x\ndef g(a): pass\ng(a=1)\n",
    ],
    [
      "the parameter of a method, with others untouched",
      "class A:\n    def m(self, «a»): return a\n",
      "class A:\n    def m(self, x): return x\n",
    ],
    [
      "no parameter of a method called by name",
      "class A:\n    def m(self, «a»): return a\nA().m(a=1)\n",
      "rename.argument",
    ],
    ["self", "class A:\n    def m(«self»): return self\n", "class A:\n    def m(x): return x\n"],
    ["what nobody can name", "def f(«a», /): return a\nh(a=1)\n", "def f(x, /): return x\nh(a=1)\n"],
    ["nothing a decorator asks for", "@option\ndef f(«a»): return a\n", "rename.decorated"],
    ["no fixture", "def test_it(«tmp_path»): pass\n", "rename.fixture"],
    ["no member", "class A:\n    «a» = 1\n", "rename.member"],
    ["no package", "import «os».path\n", "rename.dotted"],
    ["nothing with a meaning", "__all__ = []\n«__all__».append(1)\n", "rename.special"],
    ["nothing onto a name that is there", "def f(x):\n    «a» = 1\n    return a + x\n", "rename.taken"],
    [
      "nothing that is caught further in",
      "def f():\n    «a» = 1\n    def g(x): return a\n",
      "rename.captured",
    ],
    ["nothing that catches what is built in", "def f():\n    «a» = x()\n", "rename.captures"],
    [
      "nothing that patterns may give",
      "def f():\n    «a» = 1\n    match b:\n        case a: pass\n",
      "opaque",
    ],
  ]);

  const files = (own: string, others: Readonly<Record<string, string>>) => {
    const text = own.replace(/[«»]/g, "");
    const from = own.indexOf("«");
    const request = {
      file: { path: "/p/pkg/m.py", text },
      from,
      to: own.indexOf("»") - 1,
      others: Object.entries(others).map(([path, text]) => ({ path, text })),
    };
    const plan = planned("rename", request, { name: "x" }, parse);
    if (plan.kind === "refused") return plan.code;
    return Object.fromEntries(plan.files.map((it) => [it.path, withChanges(it.before ?? "", it.changes)]));
  };
  const DEFINED = "def «a»(): pass\n";

  for (const [what, path, text, expected] of [
    ["an import", "/p/b.py", "from pkg.m import a\na()\n", "from pkg.m import x\nx()\n"],
    ["a relative one", "/p/pkg/b.py", "from .m import a\na()\n", "from .m import x\nx()\n"],
    ["an alias", "/p/b.py", "from pkg.m import a as b\nb()\n", "from pkg.m import x as b\nb()\n"],
    ["a member of the module", "/p/b.py", "from pkg import m\nm.a()\n", "from pkg import m\nm.x()\n"],
    ["a member of its alias", "/p/b.py", "import pkg.m as k\nk.a()\n", "import pkg.m as k\nk.x()\n"],
    [
      "an import where the new name is taken",
      "/p/b.py",
      "from pkg.m import a\nx = a()\n",
      "from pkg.m import x as a\nx = a()\n",
    ],
    ["no other a", "/p/b.py", "from os import a\na()\n", undefined],
    ["nothing of everything", "/p/b.py", "from pkg.m import *\na()\n", "rename.all"],
    ["nothing by a dotted name", "/p/b.py", "import pkg.m\npkg.m.a()\n", "rename.dotted"],
    ["nothing through the package", "/p/b.py", "import pkg\npkg.m.a()\n", "rename.reached"],
    ["nothing that a text names", "/p/b.py", 'patch("pkg.m.a")\n', "rename.said"],
    ["no module that is handed around", "/p/b.py", "from pkg import m\nf(m)\n", "rename.namespace"],
  ] as const)
    it(`follows into other files ${what}`, () => {
      const made = files(DEFINED, { [path]: text });
      if (typeof made === "string") assert.equal(made, expected);
      else assert.equal(made[path], expected);
    });

  it("keeps a name for those who take it from there", () =>
    assert.deepEqual(
      files(DEFINED, { "/p/pkg/__init__.py": "from .m import a\n", "/p/b.py": "from pkg import a\na()\n" }),
      { "/p/pkg/m.py": "def x(): pass\n", "/p/pkg/__init__.py": "from .m import x as a\n" },
    ));

  it("refuses when two files may be meant", () =>
    assert.equal(
      files(DEFINED, { "/p/t/b.py": "from m import a\n", "/p/other/m.py": "def a(): pass\n" }),
      "rename.module",
    ));

  it("does not take one for meant because it lies beside", () =>
    assert.equal(
      files(DEFINED, { "/p/other/b.py": "from m import a\n", "/p/other/m.py": "def a(): pass\n" }),
      "rename.module",
    ));

  it("leaves to who knows types what a member is, also where it is declared", () => {
    const text = "class A:\n    size = 1\n\nprint(A.size)\n";
    for (const from of [text.indexOf("size"), text.lastIndexOf("size")]) {
      const request = { file: { path: "/p/a.py", text }, from, to: from + 4, others: [] };
      const plan = planned("rename", request, { name: "length" }, parse);
      assert.deepEqual(plan.kind === "refused" && [plan.lacks, plan.from], ["types", from]);
    }
  });
});
