import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { offersAt, planned } from "../../src/refactor/engine.ts";
import { withChanges } from "../../src/text/changes.ts";
import { marked, withParser } from "./marked.ts";

const parse = withParser("javascript", "typescript", "tsx");
const { done, table } = marked(parse, "/p/a.ts");

describe("extract-variable", () => {
  table("extract-variable", "x", [
    ["puts the value before its statement", "f(«a + 1»);", "const x = a + 1;\nf(x);"],
    ["keeps the indentation", "{\n\tf(«a + 1»);\n}", "{\n\tconst x = a + 1;\n\tf(x);\n}"],
    ["keeps line ends", "a();\r\nf(«b.c»);\r\n", "a();\r\nconst x = b.c;\r\nf(x);\r\n"],
    ["makes a declaration of a lone call", "«f()»;", "const x = f();"],
    [
      "takes a call out of a call's arguments",
      "console.log(«f(1)», 2);",
      "const x = f(1);\nconsole.log(x, 2);",
    ],
    ["stays behind what comes before it", "f(g(), «h()»);", "extract-variable.order"],
    ["stays behind a key that is computed", "f({ [g()]: «h()» });", "extract-variable.order"],
    ["takes the first of two calls", "f(«g()», h());", "const x = g();\nf(x, h());"],
    ["moves no lazy operand", "const v = a && «b()»;", "extract-variable.lazy"],
    ["moves no branch", "const v = a ? «b()» : 1;", "extract-variable.lazy"],
    ["moves nothing out of a loop's head", "while («a.b») f();", "extract-variable.lazy"],
    ["moves nothing out of a function without a body", "const f = (a) => «a + 1»;", "extract-variable.lazy"],
    ["moves no condition after else", "if (a) b(); else if («c()») d();", "extract-variable.row"],
    ["takes no parentheses of a head", "if «(a.b)» c();", "extract-variable.selection"],
    ["needs a block", "if (a) f(«b + 1»);", "extract-variable.row"],
    ["takes no method from its object", "«a.b»(1);", "extract-variable.place"],
    ["takes no target of an assignment", "«a.b» = 1;", "extract-variable.place"],
    [
      "takes nothing that a spread before it may change",
      "log([...it], «o.count»);",
      "extract-variable.order",
    ],
    ["takes no part of an optional chain", "f(«a?.b».c);", "extract-variable.place"],
    ["takes no half of an expression", "f(a - «b - c»);", "extract-variable.selection"],
    ["takes no name that is used close by", "const x = 1;\nf(«2 + 3», x);", "name.taken"],
    ["takes the value before it changes only", "let a = 1;\nf(a++, «a + 1»);", "extract-variable.order"],
    [
      "ends its line before one that would go on with it",
      "a\nif (c) {\n  (f)(«b + 1»)\n}\n",
      "a\nif (c) {\n  const x = b + 1;\n  (f)(x)\n}\n",
    ],
    ["ends no statement where none is ended", "a()\nf(«b + 1»)\n", "a()\nconst x = b + 1\nf(x)\n"],
  ]);

  it("replaces all equal occurrences of what cannot change", () =>
    assert.equal(
      done("extract-variable", "const a = 1;\nf(«a + 1»);\ng(() => a + 1);", "x", "/p/a.ts", true),
      "const a = 1;\nconst x = a + 1;\nf(x);\ng(() => x);",
    ));

  it("leaves those in functions that may be called before", () =>
    assert.equal(
      done(
        "extract-variable",
        "const a = 1;\nf();\ng(«a + 1», a + 1);\nfunction f() { h(a + 1); }",
        "x",
        "/p/a.ts",
        true,
      ),
      "const a = 1;\nf();\nconst x = a + 1;\ng(x, x);\nfunction f() { h(a + 1); }",
    ));

  it("does not when it can", () =>
    assert.equal(
      done("extract-variable", "let a = 1;\nf(«a + 1»);\na = 2;\ng(a + 1);", "x", "/p/a.ts", true),
      "extract-variable.all",
    ));
});

describe("inline-variable", () => {
  table("inline-variable", undefined, [
    ["puts the value in the place of each use", "const «a» = 1;\nf(a, a);\n", "f(1, 1);\n"],
    ["puts parentheses where they are needed", "const «a» = b + c;\nf(a * 2);\n", "f((b + c) * 2);\n"],
    ["puts none where they are not", "const «a» = b + c;\nf(a);\n", "f(b + c);\n"],
    ["keeps the key of a shorthand", "const «a» = 1;\nf({ a });\n", "f({ a: 1 });\n"],
    ["takes the only use of a call that is next", "const «a» = g();\nf(a);\n", "f(g());\n"],
    ["takes no call over another", "const «a» = g();\nh();\nf(a);\n", "inline.order"],
    [
      "takes no assignment over what it writes",
      "let b = 1;\nconst «a» = (b = 2);\nf(b + a);\n",
      "inline.order",
    ],
    ["makes no call twice", "const «a» = g();\nf(a, a);\n", "inline.repeated"],
    ["makes no object twice", "const «a» = {};\nf(a, a);\n", "inline.repeated"],
    ["takes no variable that is written", "let «a» = 1;\na = 2;\nf(a);\n", "inline-variable.written"],
    ["takes no export", "export const «a» = 1;\nf(a);\n", "inline-variable.kind"],
    ["takes no value whose names change", "let b = 1;\nconst «a» = b;\nb = 2;\nf(a);\n", "inline.changed"],
    [
      "takes no value whose names mean something else",
      "const b = 1;\nconst «a» = b;\n{ const b = 2; f(a, b); }\n",
      "inline.captured",
    ],
    ["takes nothing into a loop that may change", "const «a» = b.c;\nfor (;;) f(a);\n", "inline.repeated"],
    ["takes no member over what acts", "const «a» = b.c;\nf();\ng(a);\n", "inline.changed"],
    [
      "takes no this into a function",
      "function f() { const «a» = this;\nreturn function () { return a; }; }\n",
      "inline.function",
    ],
    ["leaves the other variables", "const «a» = 1, b = 2;\nf(a, b);\n", "const b = 2;\nf(1, b);\n"],
    ["takes no var of a block", "if (c) { var «a» = 1; }\nf(a);\n", "inline-variable.kind"],
    ["makes no asserted call twice", "const «a» = <number>f();\ng(a, a);\n", "inline.repeated"],
    [
      "takes no spread over what iterates",
      "const «a» = [...it];\nconst b = [...it];\ng(a, b);\n",
      "inline.order",
    ],
    [
      "takes no member over a pattern that iterates",
      "const «a» = o.c;\nconst [q] = it;\ng(a, q);\n",
      "inline.changed",
    ],
    [
      "takes no member over a loop that iterates",
      "const «a» = o.c;\nfor (const q of it) {}\ng(a);\n",
      "inline.changed",
    ],
    ["takes no member into a try", "const «a» = o.b.c;\ntry { g(a); } catch {}\n", "inline.try"],
    [
      "puts parentheses behind extends",
      "const «a» = b || c;\nclass D extends a {}\n",
      "class D extends (b || c) {}\n",
    ],
    ["joins no line with the one before", "const «a» = [1]\nf()\na.map(g)\n", "inline.semicolon"],
    ["takes no use before it", "function g() { f(a); var «a» = 1; }\n", "inline.reach"],
    ["puts an object in parentheses in an arrow", "const «a» = {};\nconst f = () => a;\n", "inline.repeated"],
    [
      "leaves what all turns of a loop share",
      "for (const i of a) {\n  var n = i;\n  for (const g of all) g();\n  var «v» = n;\n  all.push(() => v);\n}",
      "inline-variable.kind",
    ],
    [
      "uses twice what nothing changes meanwhile",
      "function f(a) {\n  const «b» = a.c;\n  return b + b;\n}",
      "function f(a) {\n  return a.c + a.c;\n}",
    ],
    [
      "but not what something may change meanwhile",
      "function f(a) {\n  const «b» = a.c;\n  return g(b) + b;\n}",
      "inline.changed",
    ],
    [
      "takes nothing into a try that may fail",
      "function f(a) {\n  const «b» = a / c;\n  try {\n    return b;\n  } catch {}\n}",
      "inline.try",
    ],
    ["is asked for in its value, too", "const a =\n  «»1;\nf(a);", "f(1);"],
    ["joins nothing to a line that goes", "const «a» = b ?? c\na || d\n", "(b ?? c) || d\n"],
  ]);
});

describe("rename", () => {
  table("rename", "b", [
    ["takes every use", "const «a» = 1;\nf(a, () => a);", "const b = 1;\nf(b, () => b);"],
    ["takes no member and no text", 'const «a» = 1;\nx.a = { a: "a" };', 'const b = 1;\nx.a = { a: "a" };'],
    ["keeps the key of a shorthand", "const «a» = 1;\nf({ a });", "const b = 1;\nf({ a: b });"],
    ["keeps the key of a pattern", "const { «a» = 1 } = o;\nf(a);", "const { a: b = 1 } = o;\nf(b);"],
    ["keeps what an export is called", "const «a» = 1;\nexport { a };", "const b = 1;\nexport { b as a };"],
    [
      "keeps what an import is called",
      'import { «a» } from "./m";\na();',
      'import { a as b } from "./m";\nb();',
    ],
    [
      "takes a type and no value",
      "type «a» = 1;\nlet x: a;\nfunction f(a: a) { return a; }",
      "type b = 1;\nlet x: b;\nfunction f(a: b) { return a; }",
    ],
    ["takes a label", "«a»: for (;;) break a;", "b: for (;;) break b;"],
    ["takes a component", "function «A»() {}\nf(A);", "function b() {}\nf(b);"],
    ["sees a name that is there", "const «a» = 1, b = 2;", "rename.taken"],
    ["sees an inner name", "let «a» = 1;\nfunction f() { const b = 2; return a + b; }", "rename.captured"],
    ["sees a use of an outer name", "function f(«a») { return a + b; }", "rename.captures"],
    [
      "gives a default what is outside of the body",
      "let «x» = 1;\nfunction f(a = x) { let x = 2; return a + x; }\nf(x);",
      "let b = 1;\nfunction f(a = b) { let x = 2; return a + x; }\nf(b);",
    ],
    [
      "leaves a default when it takes what is in the body",
      "let x = 1;\nfunction f(a = x) { let «x» = 2; return a + x; }",
      "let x = 1;\nfunction f(a = x) { let b = 2; return a + b; }",
    ],
    [
      "refuses a var that is a parameter, too",
      "function f(x, a = 1) { var «x» = 2; return a + x; }",
      "opaque",
    ],
    [
      "leaves what the file hands on",
      'import * as «ns» from "./b.js";\nexport * as ns from "./b.js";\nns.f();',
      'import * as b from "./b.js";\nexport * as ns from "./b.js";\nb.f();',
    ],
    ["refuses a function in a block of sloppy code", "{ function «f»() {} }\nf();", "opaque"],
    ["sees eval", 'function f(«a») { eval("a"); }', "opaque"],
  ]);

  it("leaves the labels of a tuple alone", () =>
    assert.equal(
      done("rename", "function f(): [a: string, b?: string] {\n  const «a» = '';\n  return [a];\n}\n", "c"),
      "function f(): [a: string, b?: string] {\n  const c = '';\n  return [c];\n}\n",
    ));

  it("follows exports into other files, under any alias", () => {
    const file = { path: "/p/a.ts", text: "export const a = 1;\n" };
    const text =
      'import { a } from "./a.js";\nimport { a as c } from "./a";\nimport * as all from "./a.ts";\nf(a, c, all.a);\n';
    const plan = planned(
      "rename",
      { file, from: 13, to: 13, others: [{ path: "/p/b.ts", text }] },
      { name: "b" },
      parse,
    );
    assert.equal(plan.kind, "plan");
    assert.equal(
      plan.kind === "plan" && withChanges(text, plan.files[1]?.changes ?? []),
      'import { b } from "./a.js";\nimport { b as c } from "./a";\nimport * as all from "./a.ts";\nf(b, c, all.b);\n',
    );
  });

  it("gives a type no name of the language's own", () =>
    assert.equal(done("rename", "type «Foo» = 1;\nlet x: Foo;", "string"), "name.invalid"));

  it("refuses what another script of the page may use", () => {
    const file = { path: "/p/a.js", text: "var a = 1;\n" };
    const named = (text: string) => {
      const others = [{ path: "/p/b.js", text }];
      return planned("rename", { file, from: 4, to: 4, others }, { name: "b" }, parse);
    };
    const codeOf = (plan: ReturnType<typeof named>) => (plan.kind === "refused" ? plan.code : plan.kind);
    assert.equal(codeOf(named("log(a);\n")), "rename.global");
    assert.equal(codeOf(named("const a = 2;\nlog(a);\n")), "plan");
  });

  it("refuses when nobody looked at other files", () => {
    const file = { path: "/p/a.ts", text: "export const a = 1;\n" };
    const plan = planned("rename", { file, from: 13, to: 13 }, { name: "b" }, parse);
    assert.equal(plan.kind === "refused" && plan.code, "rename.exported");
  });

  it("refuses when a package may lead to the file", () => {
    const file = { path: "/p/a.ts", text: "export const a = 1;\n" };
    const others = [{ path: "/p/b.ts", text: 'import { a } from "@/a";\nf(a);\n' }];
    const plan = planned("rename", { file, from: 13, to: 13, others }, { name: "b" }, parse);
    assert.equal(plan.kind === "refused" && plan.code, "rename.package");
  });
});

describe("what is offered", () => {
  const ids = (text: string): readonly string[] => {
    const [from, to] = [text.indexOf("«"), text.indexOf("»") - 1];
    const file = { path: "/p/a.ts", text: text.replace(/[«»]/g, "") };
    const offered = offersAt({ file, from, to }, parse);
    return offered.kind === "offers" ? offered.offers.map((it) => it.id) : [offered.code];
  };
  for (const [what, text, wanted] of [
    ["a variable of the file", "const «»a = 1;\nf(a);\n", ["inline-variable", "move-symbol", "rename"]],
    ["its use in another statement", "const a = 1;\nf(«»a);\n", ["inline-variable", "rename"]],
    [
      "the call of a function of the file",
      "function f() { return 1; }\ng(«»f());\n",
      ["change-signature", "inline-function", "rename"],
    ],
    ["a variable of a function", "function f(a) { return «»a; }\n", ["rename"]],
    ["what nothing declares", "g(«»h);\n", []],
    ["a member", "const a = {};\na.«»b;\n", ["rename"]],
    ["a sign of a declaration", "const a =«» 1;\n", ["inline-variable", "move-symbol"]],
    ["a sign", "f(a +«» 1);\n", []],
    ["an expression", "function f(a) { return «a + 1»; }\n", ["extract-function", "extract-variable"]],
    ["statements", "function f(a) {\n  «g(a);\n  h(a);»\n}\n", ["extract-function", "wrap-with-try"]],
    ["half of one", "function f(a) { return a «+ 1»; }\n", []],
  ] as const)
    it(`is what makes sense there: ${what}`, () => assert.deepEqual(ids(text), wanted));

  it("is nothing in a language that is not known", () =>
    assert.equal(offersAt({ file: { path: "/p/a.txt", text: "" }, from: 0, to: 0 }, parse).kind, "refused"));
  it("is refused in a file with a syntax error", () =>
    assert.equal(done("rename", "const «a» = ;", "b"), "syntax-error"));

  for (const [text, isMisread] of [
    ["const «a» = b\n`c`\n", true],
    ["const «a» = b // d\n`c`.length;\n", true],
    ["const «a» = b;\n`c`;\n", false],
    ["const «a» = () => {}\nif (a) {}\n`c`\n", false],
    ["const «a» = b(`\n`)\n", false],
  ] as const)
    it(`${isMisread ? "refuses" : "takes"} a text in a line of its own: ${JSON.stringify(text)}`, () =>
      assert.equal(done("rename", text, "e") === "misread", isMisread));
});
