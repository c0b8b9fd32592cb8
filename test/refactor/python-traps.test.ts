import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import { withChanges } from "../../src/text/changes.ts";
import { withParser } from "./marked.ts";
import { printed } from "./printed.ts";

const parse = withParser("python");
const OBJECT = "class O:\n    v = 1\n    l = [0, 0]\n    def bump(self): self.v += 1; return ()\no = O()\n";

interface Trap {
  readonly id: string;
  readonly what: string;
  /** The first file has the marks; it is run, or "main.py" where there is one. */
  readonly files: Readonly<Record<string, string>>;
}

/** Programs in which something looks as if it could be done; of each `files` or just the one text. */
const TRAPS: readonly (readonly [string, string, string | Readonly<Record<string, string>>])[] = [
  [
    "extract-variable all",
    "a member of that name",
    "class O: pass\no = O(); o.a = 7\na = 1\nprint(«a», o.a)\n",
  ],
  ["extract-variable all", "an argument's name", "a = 1\nprint(«a», dict(a=3))\n"],
  ["extract-variable all", "a parameter's name", "a = 1\nprint(«a», (lambda a: a)(2))\n"],
  ["extract-variable all", "texts with escapes", 'print(«"a\\n"», "b\\n")\n'],
  ["extract-variable all", "two lists", "a = «[]»\nb = []\na.append(1)\nprint(a, b)\n"],
  [
    "inline-variable",
    "or of what changes",
    "def f(items, default):\n    «a» = items or default\n    items.append(1)\n    return a\nprint(f([], ['d']))\n",
  ],
  [
    "inline-variable",
    "a condition of what changes",
    "def f(s):\n    «a» = 1 if s else 2\n    s.append(1)\n    return a\nprint(f([]))\n",
  ],
  [
    "extract-variable",
    "or of what changes before",
    'items = []\nprint(items.append(1), «items or "empty"»)\n',
  ],
  [
    "rename",
    "the first parameter of a static method",
    "class A:\n    @staticmethod\n    def m(«a»): return a\nprint(A.m(a=1))\n",
  ],
  [
    "rename",
    "a parameter of a function handed on",
    "def call(fn, **kw): return fn(**kw)\ndef f(«a»): return a\nprint(call(f, a=1))\n",
  ],
  [
    "rename",
    "a parameter of a decorator's function",
    "def deco(fn):\n    def wrapper(«a»): return fn(a)\n    return wrapper\n@deco\ndef g(a): return a\nprint(g(a=1))\n",
  ],
  [
    "rename",
    "a parameter of what becomes a member",
    "def f(«a»): return a\nclass C: pass\nc = C()\nc.run = f\nprint(c.run(a=1))\n",
  ],
  [
    "rename",
    "a parameter of one of two",
    "import sys\nif sys.version_info < (3,):\n    def f(«a»): return a\nelse:\n    def f(a): return a\nprint(f(a=1))\n",
  ],
  ["rename", "a parameter beside others of any name", "def f(«a»=0, **kw): return a, kw\nprint(f(x=2))\n"],
  [
    "rename",
    "a parameter of a class's making",
    "class A:\n    def __init_subclass__(cls, «a», **k): print(a)\nclass B(A, a=1): pass\n",
  ],
  [
    "rename",
    "a parameter given in a dictionary",
    'import threading\ndef f(«a»): print(a)\nt = threading.Thread(target=f, kwargs={"a": 1})\nt.start(); t.join()\n',
  ],
  ["rename", "a name that a class looks up outside", "«a» = 1\nclass A:\n    a = a\nprint(A.a)\n"],
  ["inline-variable", "a name that a class looks up outside", "«a» = 1\nclass A:\n    a = a\nprint(A.a)\n"],
  [
    "rename",
    "a name of Python's own",
    "try:\n    «input» = raw_input\nexcept NameError: pass\nprint(input is not None)\n",
  ],
  ["rename", "a function of Python's own", "old = print\ndef «print»(*a): old('log', *a)\nprint(1)\n"],
  [
    "rename",
    "two ways to import",
    {
      "m.py": "def «a»(): return 1\n",
      "main.py": "try:\n    from .m import a\nexcept ImportError:\n    from m import a\nprint(a())\n",
    },
  ],
  [
    "rename",
    "the same name beside",
    {
      "utils.py": "def «a»(): return 1\n",
      "main.py": "import pkg.b\n",
      "pkg/__init__.py": "",
      "pkg/utils.py": "def c(): return 2\n",
      "pkg/b.py": "from utils import a\nprint(a())\n",
    },
  ],
  [
    "rename",
    "the name of a module of Python's own",
    {
      "pkg/logging.py": "def «info»(t): print('own', t)\n",
      "main.py": "import logging\nlogging.info('hi')\nprint('done')\n",
    },
  ],
  [
    "rename",
    "files that import each other",
    {
      "m.py": "def «a»(): return 1\ndef late():\n    import b\n    return b.a()\n",
      "b.py": "from m import a\nprint(a())\n",
      "main.py": "import m\nprint(m.late())\n",
    },
  ],
  [
    "rename",
    "a module handed on",
    {
      "pkg/m.py": "«a» = 1\n",
      "pkg/__init__.py": "from . import m as mm\n",
      "main.py": "import pkg\nprint(pkg.mm.a)\n",
    },
  ],
  [
    "rename",
    "a module handed on by its name",
    {
      "pkg/m.py": "«a» = 1\n",
      "pkg/__init__.py": "from . import m as mm\n",
      "main.py": "from pkg import mm\nprint(mm.a)\n",
    },
  ],
  [
    "rename",
    "an import in a class",
    { "m.py": "def «a»(): return 1\n", "main.py": "class C:\n    from m import a\nprint(C.a())\n" },
  ],
  [
    "rename",
    "a module by its text",
    {
      "m.py": "def «a»(): return 1\n",
      "main.py": "import importlib\nprint(importlib.import_module('m').a())\n",
    },
  ],
  ["rename", "the file by its text", "import sys\n«a» = 1\nprint(getattr(sys.modules[__name__], 'a'))\n"],
  [
    "inline-variable",
    "a target",
    "def f(i):\n    «a» = next(i)\n    o[a] = next(i)\no = {}\nf(iter([1, 2]))\nprint(o)\n",
  ],
  [
    "inline-variable",
    "a target behind another",
    changing("def f():\n    «a» = o.v\n    o.v, o.l[a] = 1, 2\n    return o.l\no.v = 0\nprint(f())\n"),
  ],
  [
    "inline-variable",
    "a condition that comes first",
    changing("def f():\n    «a» = o.v\n    return a if o.bump() == () else 0\nprint(f())\n"),
  ],
  [
    "inline-variable",
    "stars that come first",
    changing("def p(*a, k): return k\ndef f():\n    «a» = o.v\n    return p(k=a, *o.bump())\nprint(f())\n"),
  ],
  ["extract-variable", "a key before", "l = [1, 2]\nprint({l.pop(): «l.pop()»})\n"],
  [
    "inline-variable",
    "a key before",
    "l = [1, 2]\ndef f():\n    «a» = l.pop()\n    return {l.pop(): a}\nprint(f())\n",
  ],
  ["inline-variable", "the only statement", "if 0:\n    «A» = 1\ndef f(): return A\nprint('hi')\n"],
  [
    "inline-variable",
    "the only statement, unused",
    "def f():\n    if 1:\n        «a» = 1\n    return 2\nprint(f())\n",
  ],
  ["inline-variable", "a line that goes on", "if 0: \\\n    «a» = 1\nprint('hi')\n"],
  [
    "inline-variable",
    "no documentation before",
    "def f():\n    «a» = 1\n    'not doc'\n    return a\nprint(f.__doc__)\n",
  ],
  ["inline-variable", "a text as a statement", "def f():\n    «a» = 'doc'\n    a\nf()\nprint(f.__doc__)\n"],
  ["extract-variable", "documentation in parentheses", "def f():\n    («'doc'»)\nprint(f.__doc__)\n"],
  [
    "inline-variable",
    "what is declared on a condition",
    "PY2 = False\nif PY2:\n    «range» = xrange\n    print('py2')\ndef f():\n    return list(range(3))\nprint(f())\n",
  ],
  [
    "inline-variable",
    "what each turn gives anew",
    "fs = []\nfor i in range(3):\n    n = i\n    for g in fs: print(g())\n    «a» = n\n    fs.append(lambda: a)\n",
  ],
  [
    "inline-variable",
    "what is tried",
    "d = {}\ntry:\n    «u» = d['x']\n    print('has')\nexcept KeyError:\n    print('no')\n",
  ],
  [
    "inline-variable",
    "a name that is tried",
    "try:\n    «u» = unicode\n    print('py2')\nexcept NameError:\n    print('py3')\n",
  ],
  [
    "inline-variable",
    "into a try",
    "def f(n: int):\n    «a» = 1 / n\n    try:\n        return a\n    except ZeroDivisionError:\n        return 'caught'\ntry: print(f(0))\nexcept ZeroDivisionError: print('outer')\n",
  ],
  [
    "inline-variable",
    "into what suppresses",
    "import contextlib\ndef f(d):\n    «a» = d['x']\n    with contextlib.suppress(KeyError):\n        print(a)\ntry: f({})\nexcept KeyError: print('outer')\n",
  ],
  [
    "inline-variable",
    "into a context",
    "class C:\n    v = 1\n    def __enter__(self): self.v = 2\n    def __exit__(self, *a): pass\nc = C()\ndef f():\n    «a» = c.v\n    with c:\n        print(a)\nf()\n",
  ],
  [
    "inline-variable",
    "over a default",
    changing("def f():\n    «a» = o.v\n    def g(x=o.bump()): pass\n    return a\nprint(f())\n"),
  ],
  [
    "inline-variable",
    "over a lambda's default",
    changing("def f():\n    «a» = o.v\n    k = lambda x=o.bump(): x\n    return a\nprint(f())\n"),
  ],
  [
    "extract-variable",
    "a lambda's default before",
    "def f():\n    return (lambda y=print('d'): y), «print('x')»\nf()\n",
  ],
  ["extract-variable", "looking into an iterator", "g = iter([1, 2, 3])\nprint(1 in g, «2 in g»)\n"],
  ["rename", "a name that is shown", "def f():\n    «a» = 1\n    print(f'{a=}')\nf()\n"],
  ["rename", "a name for eval", "«a» = 3\nprint(list(map(eval, ['a'])))\n"],
  ["extract-variable", "names that are listed", "def f():\n    y = 1\n    print(dir(), «y + 1»)\nf()\n"],
  [
    "inline-variable",
    "a name that is another in a class",
    "__g = 1\n«a» = __g\nclass B:\n    def m(self): return a\nprint(B().m())\n",
  ],
  [
    "extract-function",
    "a name given in branches",
    "def f(c):\n    if c:\n        a = 1\n    else:\n        b = 2\n    «print(a)»\nf(1)\n",
  ],
];

/** With an object that changes. */
function changing(text: string): string {
  return OBJECT + text;
}

describe("what looks as if it could be done in Python", () => {
  for (const { id, what, files } of TRAPS.map(trapOf))
    it(`${id} keeps what is printed, or refuses: ${what}`, () => {
      const after = afterwards(id, files);
      if (typeof after === "string") return;
      const entry = "main.py" in files ? "main.py" : (Object.keys(files)[0] ?? "");
      const before = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, plain(text)]));
      assert.equal(printed(after, entry), printed(before, entry), JSON.stringify(after, undefined, 1));
    });
});

function trapOf([id, what, given]: (typeof TRAPS)[number]): Trap {
  return { id, what, files: typeof given === "string" ? { "a.py": given } : given };
}

/** The files after the refactoring, or the code of its refusal. */
function afterwards(
  named: string,
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | string {
  const [id = "", all] = named.split(" ");
  const [[path, text] = ["", ""], ...rest] = Object.entries(files);
  const request = {
    file: { path: `/p/${path}`, text: plain(text) },
    from: text.indexOf("«"),
    to: text.indexOf("»") - 1,
    others: rest.map(([path, text]) => ({ path: `/p/${path}`, text })),
  };
  const options = { ...(id !== "inline-variable" && { name: "x" }), ...(all && { replaceAll: true }) };
  const plan = planned(id, request, options, parse);
  if (plan.kind === "refused") return plan.code;
  const changed = plan.files.map((it) => [it.path.slice(3), withChanges(it.before ?? "", it.changes)]);
  return {
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [path, plain(text)])),
    ...Object.fromEntries(changed),
  };
}

function plain(text: string): string {
  return text.replace(/[«»]/g, "");
}
