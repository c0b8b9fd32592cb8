import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import { withChanges } from "../../src/text/changes.ts";
import { withParser } from "./marked.ts";
import { printed } from "./printed.ts";

const parse = withParser("javascript", "typescript", "tsx");

/** The text after `extract-function` in a scope, or the code of its refusal. */
function extracted(marked: string, scope: string | undefined, path = "/p/a.ts"): string {
  const [from, end] = [marked.indexOf("«"), marked.indexOf("»") - 1];
  const text = marked.replace(/[«»]/g, "");
  const options = { name: "g", ...(scope !== undefined && { scope }) };
  const plan = planned(
    "extract-function",
    { file: { path, text }, from, to: end, others: [] },
    options,
    parse,
  );
  return plan.kind === "refused" ? plan.code : withChanges(text, plan.files[0]?.changes ?? []);
}

const NESTED = "function f(a: number) {\n  const h = (b: number) => {\n    «log(a, b);»\n  };\n  h(a);\n}\n";
const CLASS = "class C {\n  static m(a: number) {\n    return «a + 1»;\n  }\n}\n";
const SPACES =
  "namespace A {\n  export const x = 1;\n  namespace B {\n    const y = 2;\n    export const f = () => {\n      «log(2);»\n    };\n  }\n}\n";

describe("where an extracted function goes", () => {
  const rows: readonly (readonly [string, string, string | undefined, string])[] = [
    [
      "the file, if nobody says",
      NESTED,
      undefined,
      "function f(a: number) {\n  const h = (b: number) => {\n    g(a, b);\n  };\n  h(a);\n}\n\nfunction g(a: number, b: number) {\n  log(a, b);\n}\n",
    ],
    [
      "the function of that name, whose names it sees",
      NESTED,
      "function f",
      "function f(a: number) {\n  const h = (b: number) => {\n    g(b);\n  };\n  h(a);\n\n  function g(b: number) {\n    log(a, b);\n  }\n}\n",
    ],
    [
      "an arrow function that a variable names",
      NESTED,
      "function h",
      "function f(a: number) {\n  const h = (b: number) => {\n    g();\n\n    function g() {\n      log(a, b);\n    }\n  };\n  h(a);\n}\n",
    ],
    [
      "the nearest function",
      NESTED,
      "enclosing",
      "function f(a: number) {\n  const h = (b: number) => {\n    g();\n\n    function g() {\n      log(a, b);\n    }\n  };\n  h(a);\n}\n",
    ],
    ["no function that is not there", NESTED, "function k", "extract-function.scope"],
    ["no class where there is none", NESTED, "class", "extract-function.this"],
    ["nowhere that is not known", NESTED, "moon", "extract-function.scope"],
    [
      "the class, as what its method is",
      CLASS,
      "class",
      "class C {\n  static m(a: number) {\n    return C.g(a);\n  }\n\n  private static g(a: number) {\n    return a + 1;\n  }\n}\n",
    ],
    [
      "the namespace around it",
      SPACES,
      undefined,
      "namespace A {\n  export const x = 1;\n  namespace B {\n    const y = 2;\n    export const f = () => {\n      g();\n    };\n\n    function g() {\n      log(2);\n    }\n  }\n}\n",
    ],
    [
      "the namespace of that name",
      SPACES,
      "namespace A",
      "namespace A {\n  export const x = 1;\n  namespace B {\n    const y = 2;\n    export const f = () => {\n      g();\n    };\n  }\n\n  function g() {\n    log(2);\n  }\n}\n",
    ],
    ["not out of a namespace whose names it has", SPACES.replace("log(2)", "log(x)"), "file", "opaque"],
    [
      "an inner function only without this",
      "class C {\n  m() {\n    «log(this);»\n  }\n}\n",
      "enclosing",
      "extract-function.this",
    ],
  ];
  for (const [what, text, scope, expected] of rows)
    it(`${what}: ${scope ?? "-"}`, () => assert.equal(extracted(text, scope), expected));

  it("and a child of an element is called in braces", () =>
    assert.equal(
      extracted("const F = () => <p>«<b>a</b>»</p>;\n", undefined, "/p/a.tsx"),
      "const F = () => <p>{g()}</p>;\n\nfunction g() {\n  return <b>a</b>;\n}\n",
    ));
});

/** Programs, with the scopes in which a function may be made of a part of them. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "a variable that both see":
    "function f() {\n  let n = 1;\n  const h = () => n;\n  «n += 2;»\n  return [n, h()];\n}\nconsole.log(f());\n",
  "a variable of a block":
    "function f() {\n  const all = [];\n  for (let i = 0; i < 2; i++) {\n    let k = i;\n    «k += i;\n    all.push(k);»\n  }\n  return all;\n}\nconsole.log(f());\n",
  "what it declares":
    "function f() {\n  «const a = 1;\n  let b = a + 1;»\n  b++;\n  return a + b;\n}\nconsole.log(f());\n",
  "a return":
    "function f(a) {\n  if (a) {\n    «const b = a * 2;\n    return b;»\n  }\n  return 0;\n}\nconsole.log(f(2), f(0));\n",
  "a function that is called before it is declared":
    "function f() {\n  return h();\n  function h() {\n    return «k()» + 1;\n  }\n  function k() { return 2; }\n}\nconsole.log(f());\n",
  waiting:
    "async function f() {\n  const v = «await Promise.resolve(3)»;\n  return v;\n}\nf().then((it) => console.log(it));\n",
  "a generator": "function* f() {\n  «yield 1;\n  yield 2;»\n}\nconsole.log([...f()]);\n",
  "a parameter of the same name further in":
    "function f(n) {\n  const h = (n) => {\n    return «n * 2»;\n  };\n  return h(n + 1);\n}\nconsole.log(f(1));\n",
};

/** What only a function that sees them can do. */
const REFUSED: Readonly<Record<string, string>> = {
  "a variable that both see: file": "extract-function.shared",
};

describe("a program prints the same wherever its function goes", () => {
  for (const [what, marked] of Object.entries(PROGRAMS))
    for (const scope of ["file", "enclosing", "function f"])
      it(`${what}: ${scope}`, () => {
        const after = extracted(marked, scope, "/p/a.mjs");
        if (after === REFUSED[`${what}: ${scope}`]) return;
        assert.match(after, /\bg\b/, after);
        const before = printed({ "a.mjs": marked.replace(/[«»]/g, "") }, "a.mjs");
        assert.equal(printed({ "a.mjs": after }, "a.mjs"), before, after);
      });
});
