import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { printed } from "./printed.ts";
import { after } from "./rerun.ts";
import { type Row, rewritten } from "./rewritten.ts";
import { afterAll } from "./several.ts";
import { typeErrors } from "./type-checked.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const ID = "generate-constructor";

const WRITTEN: readonly Row[] = [
  [
    "fields without a value",
    "ts",
    "class «»A {\n  readonly a: string;\n  private _b: number; // b\n  #c: () => void;\n  d = 1;\n  e?: string;\n  f!: string;\n  static g: string;\n  declare h: string;\n  i(): void {}\n}\n",
    "class A {\n  readonly a: string;\n  private _b: number; // b\n  #c: () => void;\n  d = 1;\n  e?: string;\n  f!: string;\n  static g: string;\n  declare h: string;\n\n  constructor(a: string, b: number, c: () => void) {\n    this.a = a;\n    this._b = b;\n    this.#c = c;\n  }\n\n  i(): void {}\n}\n",
  ],
  [
    "no semicolons",
    "js",
    "let q = 1\nclass A«» {\n\t#b\n\tget\n}\n",
    "let q = 1\nclass A {\n\t#b\n\tget;\n\n\tconstructor(b, get) {\n\t\tthis.#b = b\n\t\tthis.get = get\n\t}\n}\n",
  ],
  [
    "a line",
    "js",
    "class «A» { b; c }\n",
    "class A { b; c; constructor(b, c) { this.b = b; this.c = c; } }\n",
  ],
  [
    "the ends of lines",
    "js",
    "class «A» {\r\n  b; // b\r\n\r\n  c() {}\r\n}\r\n",
    "class A {\r\n  b; // b\r\n\r\n  constructor(b) {\r\n    this.b = b;\r\n  }\r\n\r\n  c() {}\r\n}\r\n",
  ],
  [
    "a class above that is given nothing",
    "ts",
    "class B {}\nexport class «A» extends B {\n  b: 1;\n}\n",
    "class B {}\nexport class A extends B {\n  b: 1;\n\n  constructor(b: 1) {\n    super();\n    this.b = b;\n  }\n}\n",
  ],
  ["two of one name", "ts", "class «A» {\n  a: 1;\n  _a: 2;\n}\n", `${ID}.name`],
  [
    "Python",
    "py",
    'class «A»:\n    """A."""\n    a: int  # a\n    _b: "int | None"\n    c: str = ""\n    d: ClassVar[int]\n    def e(self): pass\n',
    'class A:\n    """A."""\n    a: int  # a\n    _b: "int | None"\n    c: str = ""\n    d: ClassVar[int]\n\n    def __init__(self, a: int, b: "int | None") -> None:\n        self.a = a\n        self._b = b\n\n    def e(self): pass\n',
  ],
  [
    "the end of a file",
    "py",
    "class «A»(object):\n    a: int",
    "class A(object):\n    a: int\n\n    def __init__(self, a: int) -> None:\n        self.a = a",
  ],
];

const REFUSED: readonly Row[] = [
  ["a place elsewhere", "js", "class A { b; c() { «»} }\n", `${ID}.place`],
  ["no fields", "js", "class «A» { b = 1; }\n", `${ID}.fields`],
  ["a constructor", "js", "class «A» { b; constructor() {} }\n", `${ID}.there`],
  ["a constructor's signature", "ts", "declare class «A» { b: 1; constructor(b: 1); }\n", `${ID}.there`],
  ["a class that is made", "js", "class «A» { b; }\nnew A();\n", `${ID}.used`],
  ["a class that is extended", "js", "class «A» { b; }\nclass B extends A {}\n", `${ID}.used`],
  ["a class that is handed around", "js", "class «A» { b; }\nf(A);\n", `${ID}.used`],
  ["a class that makes itself", "js", "class «A» { b; static c() { return new this(); } }\n", `${ID}.used`],
  [
    "one that makes its like",
    "js",
    "class «A» { b; c() { return new this.constructor(); } }\n",
    `${ID}.used`,
  ],
  ["what eval may make", "js", "class «A» { b; }\neval(c);\n", "opaque"],
  ["a class above that is not known", "js", "class «A» extends B { b; }\n", `${ID}.super`],
  [
    "a class above that is given something",
    "js",
    "class B { constructor(c) {} }\nclass «A» extends B { b; }\n",
    `${ID}.super`,
  ],
  [
    "a class above that has one above",
    "js",
    "class B extends C {}\nclass «A» extends B { b; }\n",
    `${ID}.super`,
  ],
  ["decorators", "ts", "@c class «A» { b: 1; }\n", `${ID}.decorator`],
  ["a decorator of a field", "ts", "export class «A» { @c() b: 1; }\n", `${ID}.decorator`],
  ["a type that is not written", "ts", "class «A» { b; }\n", `${ID}.type`],
  ["what this is", "ts", "class «A» { b: this; }\n", `${ID}.type`],
  ["what a value is of", "ts", "class «A» { b: 1; c: typeof b; }\n", `${ID}.type`],
  ["a word of the language", "js", "class «A» { default; }\n", `${ID}.name`],
  ["a word of what follows", "js", "class «A» {\n  b\n  set\n  c(d) {}\n}\n", `${ID}.word`],
  ["a text", "js", "class «A» { 'b'; }\n", `${ID}.name`],
  ["Python: a data class", "py", "@dataclass\nclass «A»:\n    a: int\n", `${ID}.decorator`],
  ["Python: a class above", "py", "class «A»(NamedTuple):\n    a: int\n", `${ID}.super`],
  ["Python: a metaclass", "py", "class «A»(metaclass=B):\n    a: int\n", `${ID}.super`],
  ["Python: __new__", "py", "class «A»:\n    a: int\n    def __new__(cls): pass\n", `${ID}.there`],
  ["Python: a class that is made", "py", "class «A»:\n    a: int\nA()\n", `${ID}.used`],
  [
    "Python: one that makes itself",
    "py",
    "class «A»:\n    a: int\n    @classmethod\n    def b(it): return it()\n",
    `${ID}.used`,
  ],
  [
    "Python: one that makes its like",
    "py",
    "class «A»:\n    a: int\n    def b(self): return self.__class__()\n",
    `${ID}.used`,
  ],
  ["Python: a name of the class", "py", "class «A»:\n    B = int\n    a: B\n", `${ID}.type`],
  ["Python: what is called", "py", "class «A»:\n    a: b()\n", `${ID}.type`],
  ["Python: Final", "py", "class «A»:\n    a: Final[int]\n", `${ID}.type`],
  ["Python: fields behind functions", "py", "class «A»:\n    def b(self): pass\n    a: int\n", `${ID}.place`],
  ["Python: a line", "py", "class «A»: a: int\n", `${ID}.line`],
  ["Python: no fields", "py", "class «A»:\n    a: int = 1\n", `${ID}.fields`],
];

describe("generate-constructor", () => {
  describe("writes it for", () => rewritten(parse, ID, WRITTEN));
  describe("refuses", () => rewritten(parse, ID, REFUSED));

  for (const [extension, text, use, expected] of [
    [
      "js",
      "class «A» {\n  d() { return [this.#b, this.c]; }\n  #b\n  c\n  get\n}\n",
      "console.log(JSON.stringify(new A(1, 2, 3).d()));\n",
      "[1,2]\n",
    ],
    ["js", "class «A» { b; c = this.b; }\n", "console.log(JSON.stringify(new A(1)));\n", '{"b":1}\n'],
    [
      "py",
      "class «A»:\n    __a: 'int'\n    b: str\n    def c(self):\n        return self.__a, self.b\n",
      "print(A(1, b='x').c())\n",
      "(1, 'x')\n",
    ],
  ] as const)
    it(`${extension}: makes objects: ${text.replace(/\s+/g, " ")}`, () => {
      const made = after(parse, ID, `/p/main.${extension}`, text);
      assert.equal(printed({ [`main.${extension}`]: made + use }, `main.${extension}`), expected, made);
    });

  it("brings TypeScript no error, and takes those away that fields without a value are", () => {
    const text =
      "export class «A»<T> {\n  a: T;\n  readonly b: Map<string, T>;\n  #c: { d: 1 };\n  e(): unknown { return this.#c; }\n}\n";
    assert.notDeepEqual(typeErrors(text.replace(/[«»]/g, "")), []);
    assert.deepEqual(typeErrors(after(parse, ID, "/p/a.ts", text)), []);
  });

  it("is refused where another file uses the class", () => {
    const files = { "a.js": "export class «A» { b; }\n", "b.js": "import { A } from './a.js';\nnew A();\n" };
    assert.equal(afterAll(ID, files, {}, parse), `${ID}.imported`);
  });
});
