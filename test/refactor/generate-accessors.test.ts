import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { printed } from "./printed.ts";
import { after } from "./rerun.ts";
import { type Row, rewritten } from "./rewritten.ts";
import { afterAll } from "./several.ts";
import { typeErrors } from "./type-checked.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const ID = "generate-accessors";

const WRITTEN: readonly Row[] = [
  [
    "a private field",
    "js",
    "class A {\n  «»#b = 1;\n\n  c() {}\n}\n",
    "class A {\n  #b = 1;\n\n  get b() {\n    return this.#b;\n  }\n\n  set b(value) {\n    this.#b = value;\n  }\n\n  c() {}\n}\n",
  ],
  [
    "one with a type, behind the constructor",
    "ts",
    "class A {\n  private _b«»: () => void;\n  constructor() { this._b = () => {}; }\n}\nnew A();\n",
    "class A {\n  private _b: () => void;\n  constructor() { this._b = () => {}; }\n\n  get b(): () => void {\n    return this._b;\n  }\n\n  set b(value: () => void) {\n    this._b = value;\n  }\n}\nnew A();\n",
  ],
  [
    "one that is only read",
    "ts",
    "let a = 1\nclass A {\n\treadonly «#b»: string = ''\n}\n",
    "let a = 1\nclass A {\n\treadonly #b: string = ''\n\n\tget b(): string {\n\t\treturn this.#b\n\t}\n}\n",
  ],
  [
    "a line",
    "js",
    "class A { «#b» }\n",
    "class A { #b; get b() { return this.#b; } set b(value) { this.#b = value; } }\n",
  ],
];

const REFUSED: readonly Row[] = [
  ["another place", "js", "class A { #b = «c»; }\n", `${ID}.place`],
  ["one that others see", "js", "class A { «b»; }\n", `${ID}.place`],
  ["one of the class", "js", "class A { static «#b»; }\n", `${ID}.place`],
  ["a method", "js", "class A { «#b»() {} }\n", `${ID}.place`],
  ["no other name", "ts", "class A { private «b»: 1; }\n", `${ID}.name`],
  ["a word of the language", "js", "class A { «#default»; }\n", `${ID}.name`],
  ["a member that is there", "js", "class A { «#b»; b() {} }\n", "name.taken"],
  ["what the constructor makes", "ts", "class A { «#b»: 1; constructor(public b: 1) {} }\n", "name.taken"],
  ["a name that is computed", "js", "class A { «#b»; ['b']() {} }\n", `${ID}.computed`],
  ["what its functions give it", "js", "class A { «#b»; c() { this.b = 1; } }\n", "name.taken"],
  [
    "what it is filled with",
    "js",
    "class A { «#b»; constructor(c) { Object.assign(this, c); } }\n",
    `${ID}.filled`,
  ],
  [
    "what it is filled with by keys",
    "js",
    "class A { «#b»; constructor(c) { for (const k in c) this[k] = c[k]; } }\n",
    `${ID}.filled`,
  ],
  ["a copy of it", "js", "class A { «#b»; c() { return { ...this }; } }\n", `${ID}.filled`],
  ["a class above", "js", "class A extends B { «#b»; }\n", `${ID}.super`],
  [
    "a class below",
    "js",
    "class A { «#b»; }\nclass B extends A { constructor() { super(); this.b = 1; } }\n",
    `${ID}.extended`,
  ],
  ["one that is handed around", "js", "class A { «#b»; }\nmixed(A);\n", `${ID}.extended`],
  ["decorators", "ts", "@c class A { «#b»: 1; }\n", `${ID}.decorator`],
  ["a default export", "js", "export default class A { «#b»; }\n", `${ID}.exported`],
  ["a class without a name", "js", "let a = class { «#b»; };\n", `${ID}.class`],
  ["what another declaration says", "ts", "interface A { b: 1 }\nclass A { «#b»: 1; }\n", `${ID}.class`],
  ["a word of what follows", "js", "class A {\n  «#b»\n  get\n  c() {}\n}\n", `${ID}.word`],
  ["eval", "js", "class A { «#b»; }\neval(c);\n", "opaque"],
  ["Python", "py", "class A:\n    «_b»: int\n", `${ID}.language`],
];

describe("generate-accessors", () => {
  describe("writes them for", () => rewritten(parse, ID, WRITTEN));
  describe("refuses", () => rewritten(parse, ID, REFUSED));
  describe("takes a name", () =>
    rewritten(
      parse,
      ID,
      [
        [
          "that is given",
          "ts",
          "class A { private readonly «b»: 1 = 1; }\n",
          "class A { private readonly b: 1 = 1; get c(): 1 { return this.b; } }\n",
        ],
      ],
      { name: "c" },
    ));

  it("reads and writes the field", () => {
    const made = after(
      parse,
      ID,
      "/p/main.js",
      "class A {\n  c() { return this.#b }\n  «#b» = 1\n  get\n}\n",
    );
    const use = "const a = new A();\na.b += 2;\nconsole.log(a.b, a.c(), JSON.stringify(a));\n";
    assert.match(printed({ "main.js": made + use }, "main.js"), /^3 3 {}/, made);
  });

  it("brings TypeScript no error", () => {
    const text = "export class A<T> {\n  «#b»?: T | (() => T);\n  c(): A<T> { return this; }\n}\n";
    const made = after(parse, ID, "/p/a.ts", text);
    assert.deepEqual(typeErrors(`${made}new A<1>().b = 1;\n`), [], made);
  });

  for (const [what, other, expected] of [
    ["extends it", "import { A } from './a.js';\nclass B extends A { b = 1; }\n", `${ID}.extended`],
    ["hands it on", "export { A } from './a.js';\n", `${ID}.extended`],
  ] as const)
    it(`is refused where another file ${what}`, () =>
      assert.equal(
        afterAll(ID, { "a.js": "export class A { «#b»; }\n", "b.js": other }, {}, parse),
        expected,
      ));

  it("is done where other files make objects only", () => {
    const files = { "a.js": "export class A { «#b»; }\n", "b.js": "import { A } from './a.js';\nnew A();\n" };
    assert.notEqual(typeof afterAll(ID, files, {}, parse), "string");
  });
});
