// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are types
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";
import { type Row, rewritten } from "./rewritten.ts";
import { typeErrors } from "./type-checked.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const ID = "inline-variable";

const WRITTEN: readonly Row[] = [
  [
    "a choice",
    "ts",
    'type «V» = "a" | "b";\ninterface I {\n  v: V;\n}\n',
    'interface I {\n  v: "a" | "b";\n}\n',
  ],
  ["every use", "ts", "type «V» = 1;\nlet a: V, b: V;\n", "let a: 1, b: 1;\n"],
  ["the cursor before it", "ts", "«»type V = 1;\nlet a: V;\n", "let a: 1;\n"],
  ["the cursor at a use", "ts", "type V = 1;\nlet a: «»V;\n", "let a: 1;\n"],
  ["the declaration selected whole", "ts", "«type V = 1;»\nlet a: V;\n", "let a: 1;\n"],
  ["a list of a choice", "ts", "type «V» = 1 | 2;\nlet a: V[];\n", "let a: (1 | 2)[];\n"],
  ["a choice of choices", "ts", "type «V» = 1 | 2;\nlet a: V | 3;\n", "let a: 1 | 2 | 3;\n"],
  ["a choice of all", "ts", "type «V» = 1 | 2;\nlet a: V & 3;\n", "let a: (1 | 2) & 3;\n"],
  ["keys", "ts", "type «V» = A | B;\nlet a: keyof V;\n", "let a: keyof (A | B);\n"],
  ["a function in a choice", "ts", "type «V» = () => void;\nlet a: V | 1;\n", "let a: (() => void) | 1;\n"],
  [
    "a constructor among others",
    "ts",
    "type «V» = 1 | (new () => A);\nlet a: V | 2;\n",
    "let a: 1 | (new () => A) | 2;\n",
  ],
  [
    "a constructor that goes on",
    "ts",
    "type «V» = new () => A | B;\nlet a: V | 2;\n",
    "let a: (new () => A | B) | 2;\n",
  ],
  [
    "a list that cannot be changed",
    "ts",
    "type «V» = readonly A[] | B;\nlet a: V | 2;\n",
    "let a: (readonly A[] | B) | 2;\n",
  ],
  [
    "what a function gives back",
    "ts",
    "type «V» = () => 1;\nconst f = (a: 1): V => () => a;\n",
    "const f = (a: 1): (() => 1) => () => a;\n",
  ],
  ["an argument of a type", "ts", "type «V» = 1 | 2;\nlet a: Set<V>;\n", "let a: Set<1 | 2>;\n"],
  ["what is given a type", "ts", "type «V» = 1 | 2;\nf(a as V, b);\n", "f(a as 1 | 2, b);\n"],
  [
    "a bound",
    "ts",
    "type «V» = 1 | 2;\nfunction f<T extends V>(a: T) {}\n",
    "function f<T extends 1 | 2>(a: T) {}\n",
  ],
  ["another name", "ts", "type «V» = A<1>;\ninterface B extends V {}\n", "interface B extends A<1> {}\n"],
  ["within another alias", "ts", "type «V» = 1;\ntype W = V[];\n", "type W = 1[];\n"],
  [
    "a type over lines",
    "ts",
    "type «V» = {\n  a: 1;\n};\nfunction f() {\n  let b: V;\n}\n",
    "function f() {\n  let b: {\n    a: 1;\n  };\n}\n",
  ],
  ["a choice that begins with a sign", "ts", "type «V» =\n  | 1\n  | 2;\nlet a: V;\n", "let a: 1 | 2;\n"],
  [
    "elements",
    "tsx",
    "type «V» = 1 | 2;\nconst a = <A b={c as V} />;\n",
    "const a = <A b={c as 1 | 2} />;\n",
  ],
  [
    "a type of a function",
    "ts",
    "function f() {\n  type «V» = 1;\n  let a: V;\n}\n",
    "function f() {\n  let a: 1;\n}\n",
  ],
  [
    "a type parameter",
    "ts",
    "function f<T>() {\n  type «V» = T[];\n  let a: V;\n}\n",
    "function f<T>() {\n  let a: T[];\n}\n",
  ],
  ["a name for both", "ts", "const V = 1;\ntype «V» = 1;\nlet a: V = V;\n", "const V = 1;\nlet a: 1 = V;\n"],
  [
    "a choice with comments",
    "ts",
    "type «V» =\n  | 1 // one\n  | 2;\nlet a: V;\n",
    "let a: 1 // one\n  | 2;\n",
  ],
];

const REFUSED: readonly Row[] = [
  ["exports", "ts", "export type «V» = 1;\n", "inline-variable.kind"],
  ["exports by name", "ts", "type «V» = 1;\nexport { V };\n", "inline-variable.exported"],
  ["exports of types", "ts", "type «V» = 1;\nexport type { V };\n", "inline-variable.exported"],
  ["what is ambient", "ts", "declare module 'm' {\n  type «V» = 1;\n}\n", "opaque"],
  ["type parameters of its own", "ts", "type «V»<T> = T[];\nlet a: V<1>;\n", "inline-variable.kind"],
  ["a type of itself", "ts", "type «V» = { a?: V };\nlet a: V;\n", "inline-variable.recursive"],
  [
    "what means something else there",
    "ts",
    "type A = 1;\ntype «V» = A[];\nfunction f<A>(a: V) {}\n",
    "inline.captured",
  ],
  ["what checks may have narrowed", "ts", "let a: 1 | 2;\ntype «V» = typeof a;\nlet b: V;\n", "type.value"],
  [
    "a literal that is implemented",
    "ts",
    "type «V» = { a: 1 };\nclass C implements V {\n  a = 1 as const;\n}\n",
    "inline-variable.place",
  ],
  [
    "a literal that is extended",
    "ts",
    "type «V» = { a: 1 };\ninterface I extends V {}\n",
    "inline-variable.place",
  ],
  [
    "keys of a mapped type",
    "ts",
    "type «K» = keyof A;\ntype M = { [P in K]: 1 };\n",
    "inline-variable.place",
  ],
  ["decorators", "ts", "type «V» = A;\nclass C {\n  @d a!: V;\n}\n", "inline-variable.decorator"],
  [
    "a condition that knows more",
    "ts",
    "function f<T>() {\n  type «V» = T;\n  let a: T extends 1 ? V : 2;\n}\n",
    "type.narrowed",
  ],
  ["what would go on", "ts", "let a = f\ntype «V» = 1;\n(b as V)\n", "inline.semicolon"],
  ["an interface", "ts", "interface «I» {}\nlet a: I;\n", "inline-variable.kind"],
  ["what nothing uses", "ts", "type «V» = 1;\n", "inline-variable.unused"],
];

describe("inline-variable of a name for a type", () => {
  rewritten(parse, ID, WRITTEN);
  rewritten(parse, ID, REFUSED);
});

describe("a type in the place of its name means the same to TypeScript", () => {
  const VALUES = [
    "1 | 2",
    "{ a: 1 } & { b: 2 }",
    "() => 1 | 2",
    "new () => A | B",
    "readonly 1[] | 2",
    "keyof A",
    "A extends B ? 1 : 2",
    "1[]",
    "[1, 2?]",
    "`a${1 | 2}`",
  ];
  const USES = [
    "V[]",
    "V | 3",
    "V & { c: 1 }",
    "Set<V>",
    "[V, V?]",
    "() => V",
    "(a: V) => 1",
    "V extends A ? 1 : 2",
    "A extends V ? 1 : 2",
    "keyof V",
    "new () => V | 3",
    "{ a?: V }",
    "(new () => V) | V",
    "Promise<V | undefined>[]",
  ];
  for (const value of VALUES)
    it(value, () => {
      const uses = USES.map((use, at) => `export type U${at} = ${use};`);
      const text = `export {};\ninterface A {\n  a: 1;\n}\ninterface B {\n  b: 1;\n}\ntype «V» = ${value};\n${uses.join("\n")}\n`;
      const made = after(parse, ID, "/p/a.ts", text);
      const both = USES.map((use, at) => `const u${at}: Same<U${at}, ${use}> = true;`);
      const same =
        "type Same<X, Y> = (<T>() => T extends X ? 1 : 2) extends <T>() => T extends Y ? 1 : 2 ? true : false;";
      assert.deepEqual(typeErrors(`${made}type V = ${value};\n${same}\n${both.join("\n")}\n`), [], made);
    });
});
