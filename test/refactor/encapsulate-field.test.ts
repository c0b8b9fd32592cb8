// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { offersAt, planned } from "../../src/refactor/engine.ts";
import { withChanges } from "../../src/text/changes.ts";
import { typedRename } from "../../src/typescript/rename.ts";
import { LIBRARIES, memoryDisk } from "../typescript/memory-disk.ts";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";
import { type Program, type Row, reran, rewritten } from "./rewritten.ts";
import { afterAll } from "./several.ts";
import { typeErrors } from "./type-checked.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const ID = "encapsulate-field";

const WRITTEN: readonly Row[] = [
  [
    "a field",
    "js",
    "class A {\n  «»b = 1;\n\n  c() { return this.b; }\n}\n",
    "class A {\n  #b = 1;\n\n  get b() {\n    return this.#b;\n  }\n\n  set b(value) {\n    this.#b = value;\n  }\n\n  c() { return this.b; }\n}\n",
  ],
  [
    "one with a type that its constructor fills, as the class calls what is private",
    "ts",
    "class A {\n  private c = 1;\n  public b«»: string;\n  constructor(b: string) { this.b = b; }\n}\n",
    "class A {\n  private c = 1;\n  private _b: string;\n  constructor(b: string) { this._b = b; }\n\n  public get b(): string {\n    return this._b;\n  }\n\n  public set b(value: string) {\n    this._b = value;\n  }\n}\n",
  ],
  [
    "one that is only read",
    "ts",
    "class A {\n  #c = 1\n  readonly «b» = 'x'\n}\n",
    "class A {\n  #c = 1\n  readonly #b = 'x'\n\n  get b(): 'x' {\n    return this.#b;\n  }\n}\n",
  ],
  [
    "big numbers",
    "ts",
    "class A {\n  #c = 1\n  «b» = 1n\n}\n",
    "class A {\n  #c = 1\n  #b = 1n\n\n  get b(): bigint {\n    return this.#b;\n  }\n\n  set b(value: bigint) {\n    this.#b = value;\n  }\n}\n",
  ],
  [
    "one in a line",
    "js",
    "class A { «b» }\n",
    "class A { #b; get b() { return this.#b; } set b(value) { this.#b = value; } }\n",
  ],
];

const REFUSED: readonly Row[] = [
  ["another place", "js", "class A { b = «c»; }\n", `${ID}.place`],
  ["a method", "js", "class A { «b»() {} }\n", `${ID}.place`],
  ["a name that is computed", "js", "class A { ['«b»'] = 1; }\n", `${ID}.place`],
  ["one of the class", "js", "class A { static «b»; }\n", `${ID}.kind`],
  ["one that is private", "ts", "class A { private «b»: 1; }\n", `${ID}.private`],
  ["one that is only declared", "ts", "class A { declare «b»: 1; }\n", `${ID}.kind`],
  ["one that may be left out", "ts", "class A { private c = 1; «b»?: 1; }\n", `${ID}.optional`],
  ["one whose type nobody says", "ts", "class A { private c = 1; readonly «b» = f(); }\n", `${ID}.type`],
  ["a function that has its name from it", "js", "class A { «b» = () => 1; }\n", `${ID}.named`],
  ["accessors by its name", "js", "class A { «b» = 1; get b() { return 2; } }\n", "name.taken"],
  ["a private name that is there", "js", "class A { «b» = 1; #b = 2; }\n", "name.taken"],
  ["a private name of others", "ts", "class A { private c = 1; «b» = 1; }\nf()._b = 1;\n", "name.taken"],
  ["a name that is computed", "js", "class A { «b» = 1; ['b' + '']() {} }\n", `${ID}.computed`],
  [
    "a symbol of its own",
    "ts",
    "class A { private c = 1; readonly «b»: unique symbol = Symbol(); }\n",
    `${ID}.type`,
  ],
  ["what looks for it early", "js", "class A { c = this.b; «b» = 1; }\n", `${ID}.early`],
  ["a class above", "js", "class A extends B { «b» = 1; }\n", `${ID}.super`],
  ["a class below", "js", "class A { «b» = 1; }\nclass B extends A { b = 2; }\n", `${ID}.extended`],
  ["decorators", "ts", "class A { @c «b» = 1; }\n", `${ID}.decorator`],
  ["a default export", "js", "export default class A { «b» = 1; }\n", `${ID}.exported`],
  ["a word of what follows", "js", "class A {\n  «b» = 1\n  get\n  c() {}\n}\n", `${ID}.word`],
  ["what only looks like it", "ts", "class A { «b» = 1; }\nconst a: A = { b: 2 };\n", `${ID}.structural`],
  ["Python", "py", "class A:\n    «b»: int\n", `${ID}.language`],
];

/** Programs that see whose a member is, or seem to. */
const TRAPS: readonly Program[] = [
  [
    "js",
    "reading and writing",
    "class A { «b» = 1; up() { this.b += 2; return this.b; } }\nconst a = new A();\na.b++;\nconsole.log(a.up(), a.b, 'b' in a, a['b']);\n",
  ],
  [
    "js",
    "an arrow function that reads it later",
    "class A { c = () => this.b; «b» = 1; }\nconsole.log(new A().c());\n",
  ],
  [
    "js",
    "one that is called at once",
    "class A { c = (() => this.b)(); «b» = 1; }\nconsole.log(new A().c);\n",
    `${ID}.early`,
  ],
  ["js", "keys", "class A { «b» = 1; }\nconsole.log(Object.keys(new A()));\n", `${ID}.seen`],
  [
    "js",
    "JSON",
    "class A { «b» = 1; c() { return JSON.stringify(this); } }\nconsole.log(new A().c());\n",
    `${ID}.filled`,
  ],
  ["js", "a copy", "class A { «b» = 1; }\nconst a = new A();\nconsole.log({ ...a });\n", `${ID}.seen`],
  [
    "js",
    "what is left of it",
    "class A { «b» = 1; c = 2; }\nconst { c, ...rest } = new A();\nconsole.log(c, rest);\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "a pattern",
    "class A { «b» = 1; c = 2; }\nconst { c, b: { d } = {} } = new A();\nconsole.log(c, d);\n",
  ],
  [
    "js",
    "a loop over its keys",
    "class A { «b» = 1; }\nfor (const k in new A()) console.log(k);\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "delete",
    "class A { «b» = 1; }\nconst a = new A();\ndelete a.b;\nconsole.log(a.b);\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "hasOwnProperty",
    "class A { «b» = 1; }\nconst a = new A();\nconsole.log(a.hasOwnProperty('b'));\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "freezing",
    "class A { «b» = 1; constructor() { Object.freeze(this); } }\nconst a = new A();\na.b = 2;\nconsole.log(a.b);\n",
    `${ID}.filled`,
  ],
  [
    "js",
    "freezing elsewhere",
    "const f = (it) => Object.freeze(it);\nclass A { «b» = 1; }\nconst a = f(new A());\na.b = 2;\nconsole.log(a.b);\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "a function that uses members",
    "const f = (it) => it.b + 1;\nclass A { «b» = 1; }\nconst a = new A();\nconsole.log(f(a), f({ b: 2 }));\n",
  ],
  [
    "js",
    "a function that gives it on",
    "const f = (it) => it;\nclass A { «b» = 1; }\nconsole.log(Object.keys(f(new A())));\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "a function that makes one",
    "class A { «b» = 1; }\nfunction f() { const a = new A(); a.b = 3; return a; }\nconsole.log(f().b);\n",
  ],
  [
    "js",
    "a function that makes one that is listed",
    "class A { «b» = 1; }\nfunction f() { return new A(); }\nconsole.log(Object.entries(f()));\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "a chain of methods",
    "class A { «b» = 1; up() { this.b++; return this; } }\nconsole.log(new A().up().up().b);\n",
  ],
  [
    "js",
    "a chain that is listed in the end",
    "class A { «b» = 1; up() { this.b++; return this; } }\nconsole.log(Object.keys(new A().up()));\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "a method that is handed around",
    "class A { «b» = 1; me() { return this; } }\nconst a = new A();\nconst m = a.me;\nconsole.log(Object.keys(m.call({ b: 2 })), Object.keys(m.call(a)));\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "one made by the class",
    "class A { «b» = 1; static of() { return new A(); } }\nconsole.log(A.of().b);\n",
  ],
  [
    "js",
    "one made by the class and listed",
    "class A { «b» = 1; static of() { return new this(); } }\nconsole.log(Object.keys(A.of()));\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "a function that it is given",
    "class A { «b» = 1; }\nconst a = new A();\na.c = function () { return Object.keys(this); };\nconsole.log(a.c());\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "a function that the constructor is given",
    "class A { «b» = 1; constructor(c) { this.c = c; } }\nconst a = new A(function () { return { ...this }; });\nconsole.log(a.c());\n",
    `${ID}.seen`,
  ],
  ["js", "a proxy", "class A { «b» = 1; }\nconsole.log(new Proxy(new A(), {}).b);\n", `${ID}.seen`],
  [
    "js",
    "its prototype",
    "class A { «b» = 1; c() { return this.b; } }\nconsole.log(A.prototype.c.call({ b: 5 }));\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "Object.create",
    "class A { «b» = 1; }\nconst a = Object.create(new A());\na.b = 2;\nconsole.log(a.b);\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "objects that are compared with others of the class",
    "class A { «b» = 1; is(o) { return this.b === o.b; } }\nconst a = new A();\nconsole.log(a.is(new A()));\n",
  ],
  [
    "js",
    "a method that another takes the place of",
    "class A { «b» = 1; is(o) { return this.b === o.b; } }\nconst a = new A();\na.is = (o) => Object.keys(o);\nconsole.log(a.is(new A()));\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "a list",
    "class A { «b» = 1; }\nconsole.log([new A()].map((it) => Object.keys(it)));\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "arguments",
    "function f(a) { return Object.keys(arguments[0]); }\nclass A { «b» = 1; }\nconsole.log(f(new A()));\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "an object in another",
    "class A { «b» = 1; }\nconst o = { a: new A() };\nconsole.log(JSON.stringify(o));\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "a variable that all scripts have",
    "class A { «b» = 1; }\nvar a = new A();\nconsole.log(Object.keys(globalThis.a ?? {}), a.b);\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "a template",
    "class A { «b» = 1; toString() { return 'A'; } }\nconst a = new A();\nconsole.log(`${a}`, a && a.b);\n",
  ],
  [
    "js",
    "a function's template",
    "const f = (s, a) => Object.keys(a);\nclass A { «b» = 1; }\nconsole.log(f`${new A()}`);\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "a class in the constructor",
    "class A { «b» = 1; constructor() { this.c = new (class { b = 5; d = this.b; })(); this.b++; } }\nconst a = new A();\nconsole.log(a.b, a.c.d);\n",
  ],
  [
    "js",
    "a method that is replaced by a text",
    "class A { «b» = 1; is(o) { return this.b === o.b; } }\nconst a = new A();\na['is'] = (o) => Object.keys(o);\nconsole.log(a.is(new A()));\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "names of accessors",
    "class A { «get» = 1; set = 2; }\nconst a = new A();\na.get++;\nconsole.log(a.get, a.set);\n",
  ],
  ...(
    [
      "(a as { b: number }).b = 5;",
      "const o: { b: number } = a; o.b++;",
      "[(<{ b: number }>a).b] = [5];",
    ] as const
  ).map(
    (it): Program => [
      "ts",
      `a field that is only read, given a value: ${it}`,
      `class A { private c = 1; readonly «b»: number = 1; }\nconst a = new A();\n${it}\nconsole.log(a.b);\n`,
      `${ID}.written`,
    ],
  ),
  [
    "ts",
    "a field that is only read, as a default",
    "class A { private c = 1; readonly «b»: number = 1; }\nconst a = new A();\nconst [x = a.b] = [];\nconsole.log(x);\n",
  ],
  [
    "js",
    "new.target",
    "class A { «b» = 1; constructor(c) { if (c) this.c = new new.target(); } }\nconsole.log(Object.keys(new A(1).c));\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "super",
    "class A { «b» = 1; c() { return super.hasOwnProperty('b'); } }\nconsole.log(new A().c());\n",
    `${ID}.seen`,
  ],
  [
    "js",
    "a class that says what its objects are",
    "class A { «b» = 1; static [Symbol.hasInstance](o) { return Object.keys(o).length > 0; } }\nconsole.log(new A() instanceof A);\n",
    `${ID}.seen`,
  ],
  ["js", "valueOf", "class A { «b» = 1; }\nconsole.log(Object.keys(new A().valueOf()));\n", `${ID}.seen`],
  [
    "js",
    "a valueOf of its own",
    "class A { «b» = 1; valueOf() { return this.b; } [Symbol.toPrimitive]() { return 5; } }\nconst a = new A();\nconsole.log(a.valueOf(), +a);\n",
  ],
  [
    "js",
    "what it was before",
    "class A { «b»; constructor() { [this.b, this.c] = [1, 2]; ({ x: this.b } = { x: 5 }); } }\nconst a = new A();\nconsole.log(a.b, a.c);\n",
  ],
];

describe(ID, () => {
  describe("writes accessors for", () => rewritten(parse, ID, WRITTEN));
  describe("refuses", () => rewritten(parse, ID, REFUSED));
  describe("keeps what is printed", () => reran(parse, ID, TRAPS));

  it("is offered where types have to be asked, and not where it is refused", () => {
    const offered = (text: string) => {
      const from = text.indexOf("b");
      const made = offersAt({ file: { path: "/p/a.ts", text }, from, to: from }, parse);
      return made.kind === "offers" && made.offers.some((it) => it.id === ID);
    };
    assert.equal(offered("export class A { b = 1; }\n"), true);
    assert.equal(offered("export class A { static b = 1; }\n"), false);
  });

  it("brings TypeScript no error", () => {
    const text =
      "export class A {\n  private c = 1;\n  «b»: string | undefined;\n  constructor(b: string) { this.b = b; this.b.trim(); this.c++; }\n  d() { return this.b ? this.b.trim() : this.c; }\n}\n";
    const made = after(parse, ID, "/p/a.ts", text);
    assert.deepEqual(typeErrors(`${made}new A("").b = undefined;\n`), [], made);
  });

  for (const [what, other, expected] of [
    ["lists its objects", "import { A } from './a.js';\nconsole.log({ ...new A() });\n", `${ID}.seen`],
    ["extends it", "import { A } from './a.js';\nclass B extends A { b = 1; }\n", `${ID}.extended`],
    ["hands it on", "export { A } from './a.js';\n", `${ID}.extended`],
  ] as const)
    it(`is refused where another file ${what}`, () =>
      assert.equal(
        afterAll(ID, { "a.js": "export class A { «b» = 1; }\n", "b.js": other }, {}, parse),
        expected,
      ));

  for (const [what, use, expected] of [
    ["lists what another one makes", "console.log(Object.keys(make()));", `${ID}.seen`],
    ["lists what another one has", "console.log(Object.keys(one));", `${ID}.seen`],
    ["hands a function on that makes them", "export { make };", `done`],
    ["uses members of what another one makes", "console.log(make().b);", "done"],
  ] as const)
    it(`follows objects where a third file ${what}: ${expected}`, () => {
      const made = afterAll(
        ID,
        {
          "a.js": "export class A { «b» = 1; }\n",
          "b.js": `import { A } from "./a.js";\nexport function make() { return new A(); }\n${use.includes("one") ? "export const one = new A();" : ""}\n`,
          "c.js": `import { make, one } from "./b.js";\n${use}\n`,
        },
        {},
        parse,
      );
      assert.equal(typeof made === "string" ? made : "done", expected);
    });

  it("is done where other files use members only", () => {
    const files = {
      "a.js": "export class A { «b» = 1; }\n",
      "b.js": "import { A } from './a.js';\nconst a = new A();\na.b = 2;\n",
    };
    assert.notEqual(typeof afterAll(ID, files, {}, parse), "string");
  });

  describe("asks the compiler what only looks like an object of the class", () => {
    const outcome = (rest: string, type = "") => {
      const text = `export class A { b${type} = 1; }\n${rest}\n`;
      const [path, at] = ["/p/a.ts", text.indexOf("b")];
      const request = { file: { path, text }, from: at, to: at, others: [] };
      const first = planned(ID, request, {}, parse);
      assert.ok(first.kind === "refused");
      if (first.lacks !== "types") return first.code;
      const asked = { ...request, at: first.from ?? 0, name: first.another ?? "", all: [path], root: "/p" };
      const typed = typedRename(asked, memoryDisk({ [path]: text }), LIBRARIES);
      if (typed.kind === "refused") return typed.code;
      const plan = planned(ID, { ...request, typed }, {}, parse);
      return plan.kind === "refused" ? plan.code : withChanges(text, plan.files[0]?.changes ?? []);
    };

    it("and is done where all are made by it", () => {
      const rest = "export function f(a: A) { const { b } = a; return b + a.b; }\nf(new A());";
      assert.match(outcome(rest), /private _b = 1; get b\(\): number/);
    });

    for (const [what, rest] of [
      ["a literal", "export const a: A = { b: 2 };"],
      ["a literal that is given to a function", "export function f(a: A) { return a.b; }\nf({ b: 2 });"],
      ["one in a list", "export const a: A[] = [{ b: 2 }];"],
      ["a class", "export class B { b = 2; }\nexport const a: A = new B();"],
      ["a variable", "const c = { b: 2 };\nexport const a: A = c;"],
      ["something of a wider type", "export const f = (c: { b: number; c: 1 }): A => c;"],
    ] as const)
      it(`and is refused where it is ${what}`, () =>
        assert.match(outcome(rest), /^(encapsulate-field\.structural|rename\.\w+)$/));
  });
});
