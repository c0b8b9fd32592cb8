import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";
import { type Row, rewritten } from "./rewritten.ts";
import { typeErrors } from "./type-checked.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const ID = "extract-type";

const NAMED: readonly Row[] = [
  [
    "a selection",
    "ts",
    "g();\n// f\nexport function f(a: «string | number»): void {}\n",
    "g();\ntype N = string | number;\n\n// f\nexport function f(a: N): void {}\n",
  ],
  [
    "the literal at the cursor",
    "ts",
    "g();\nfunction f(a: {\n  b«»: string;\n}) {}\n",
    "g();\ntype N = {\n  b: string;\n};\n\nfunction f(a: N) {}\n",
  ],
  ["no semicolons, and a bracket behind", "ts", "g()\n;[1 as «1 | 2»]\n", "g()\n;type N = 1 | 2; [1 as N]\n"],
  [
    "type parameters that it uses",
    "ts",
    "class C<T extends K[], K = 1, L = 2> {\n  f<M extends keyof T>(a: «[M, { b: L }]»): void {}\n}\n",
    "type N<T extends K[], K, L, M extends keyof T> = [M, { b: L }];\n\nclass C<T extends K[], K = 1, L = 2> {\n  f<M extends keyof T>(a: N<T, K, L, M>): void {}\n}\n",
  ],
  [
    "the key of a mapped type",
    "ts",
    "type A<T> = { [K in keyof T]: «T[K][]» };\n",
    "type N<T, K extends keyof T> = T[K][];\n\ntype A<T> = { [K in keyof T]: N<T, K> };\n",
  ],
  [
    "a namespace",
    "ts",
    "namespace A {\n  type B = 1;\n  export function f(a: «B[]») {}\n}\n",
    "namespace A {\n  type B = 1;\n  type N = B[];\n\n  export function f(a: N) {}\n}\n",
  ],
  ["parentheses", "ts", "let a: («1 | 2»)[];\n", "type N = 1 | 2;\n\nlet a: N[];\n"],
  ["parentheses that are selected", "ts", "let a: «(1 | 2)»[];\n", "type N = 1 | 2;\n\nlet a: N[];\n"],
  ["all of a choice", "ts", "let a: «readonly 1[] | 2»;\n", "type N = readonly 1[] | 2;\n\nlet a: N;\n"],
  [
    "a name beside a constructor",
    "ts",
    "let a: new () => A | «B[]»;\n",
    "type N = B[];\n\nlet a: new () => A | N;\n",
  ],
  ["a word before it", "ts", "let a = 1 as«{}»;\n", "type N = {};\n\nlet a = 1 as N;\n"],
  [
    "elements",
    "tsx",
    "const a = <A b={c as «1 | 2»} />;\n",
    "type N = 1 | 2;\n\nconst a = <A b={c as N} />;\n",
  ],
  [
    "overloads",
    "ts",
    "function f(a: string): void;\nfunction f(a: «1 | 2»): void;\nfunction f(a: unknown) {}\n",
    "type N = 1 | 2;\n\nfunction f(a: string): void;\nfunction f(a: N): void;\nfunction f(a: unknown) {}\n",
  ],
  [
    "a whole condition",
    "ts",
    "type A<T> = [«T extends (infer U)[] ? U : never»];\n",
    "type N<T> = T extends (infer U)[] ? U : never;\n\ntype A<T> = [N<T>];\n",
  ],
  [
    "a predicate in it",
    "ts",
    "let f: («(a: unknown) => a is string»)[];\n",
    "type N = (a: unknown) => a is string;\n\nlet f: N[];\n",
  ],
  [
    "the type of a function of the file",
    "ts",
    "function g() {}\nfunction f(a: «ReturnType<typeof g>») {}\n",
    "function g() {}\ntype N = ReturnType<typeof g>;\n\nfunction f(a: N) {}\n",
  ],
  [
    "the type of a constant that is no choice",
    "ts",
    "const A = { b: 1 } as const;\nfunction f(a: «keyof typeof A») {}\n",
    "const A = { b: 1 } as const;\ntype N = keyof typeof A;\n\nfunction f(a: N) {}\n",
  ],
];

const REFUSED: readonly Row[] = [
  ["no type", "ts", "let a = «1»;\n", `${ID}.place`],
  ["a cursor elsewhere", "ts", "let a: num«»ber;\n", `${ID}.place`],
  ["a part of a type", "ts", "let a: 1 | «2 | 3»;\n", `${ID}.place`],
  ["a name that is declared", "ts", "type «A» = 1;\n", `${ID}.place`],
  ["the name of a generic type", "ts", "let a: «Map»<1, 2>;\n", `${ID}.place`],
  ["what a class implements", "ts", "class A implements «B» {}\n", `${ID}.place`],
  ["what is tested", "ts", "function f(a: unknown): «a is string» { return true; }\n", `${ID}.place`],
  ["an alias", "ts", "type A = «{ b: 1 }»;\n", `${ID}.named`],
  ["a type parameter", "ts", "function f<T>(a: «T») {}\n", `${ID}.named`],
  ["infer", "ts", "type A<T> = T extends «(infer U)[]» ? U : never;\n", "type.infer"],
  ["what infer found", "ts", "type A<T> = T extends (infer U)[] ? «U[]» : never;\n", "type.infer"],
  ["this", "ts", "class A { b: «this[]»; }\n", "type.this"],
  ["a type of a function", "ts", "function f() { type A = 1; let a: «A[]»; }\n", "type.local"],
  ["a value of a function", "ts", "function f(a: 1) { let b: «[typeof a]»; }\n", "type.value"],
  [
    "a value that is known more closely",
    "ts",
    "declare const A: string | number;\nfunction f() { if (typeof A === 'string') { let b: «(typeof A)[]»; } }\n",
    "type.value",
  ],
  [
    "a parameter that is known more closely",
    "ts",
    "type A<T> = T extends string ? «Uppercase<T>[]» : never;\n",
    "type.narrowed",
  ],
  ["what binds a parameter to itself", "ts", "function f<T extends «Array<T>»>(a: T) {}\n", "type.circular"],
  ["the keys of a mapped type", "ts", "type A<T> = { [K in «keyof T»]: 1 };\n", `${ID}.place`],
  ["what is readonly", "ts", "let a: readonly «string[]»;\n", `${ID}.place`],
  ["what is readonly, beside another", "ts", "let a: readonly «string[]» | B;\n", `${ID}.place`],
  ["what is readonly, taken together", "ts", "let a: B & «readonly string[] | C»;\n", `${ID}.place`],
  ["what a constructor makes", "ts", "let a: «new () => A» | B;\n", `${ID}.place`],
  ["a constructor and more", "ts", "let a: «new () => A | B» | C;\n", `${ID}.place`],
  ["decorators", "ts", "class A { @b() c: «string | B»; }\n", `${ID}.decorator`],
  [
    "two parameters of one name",
    "ts",
    "class A<T> { b: T; c = <U extends T,>() => { type V<T> = «[U, T]»; }; }\n",
    "type.parameters",
  ],
  ["JavaScript", "js", "let a = «1»;\n", `${ID}.language`],
  ["Python", "py", "a: «int» = 1\n", `${ID}.language`],
];

describe("extract-type", () => {
  describe("gives a type a name", () => rewritten(parse, ID, NAMED, { name: "N" }));
  describe("refuses", () => rewritten(parse, ID, REFUSED, { name: "N" }));

  describe("replaces all that mean the same", () =>
    rewritten(
      parse,
      ID,
      [
        [
          "by their names",
          "ts",
          "type B = 1;\nlet a: { b: B }; // 1\nfunction f<B>(a: {b: B}) {}\nlet c: «{ b: B }»[], d: {\n b: B };\nnamespace X { type B = 2; let e: { b: B }; }\n",
          "type B = 1;\nlet a: N; // 1\nfunction f<B>(a: {b: B}) {}\ntype N = { b: B };\n\nlet c: N[], d: N;\nnamespace X { type B = 2; let e: { b: B }; }\n",
        ],
        [
          "with names of their own",
          "ts",
          "let a: «<T>(b: T, c: T) => T», d: <T>(b: T, c: T) => T;\n",
          "type N = <T>(b: T, c: T) => T;\n\nlet a: N, d: N;\n",
        ],
        [
          "but where it cannot stand",
          "ts",
          "let a: «string[]», b: readonly string[];\n",
          "type N = string[];\n\nlet a: N, b: readonly string[];\n",
        ],
        [
          "not where the name is another's",
          "ts",
          "let a: «1 | 2»;\nfunction f() { type N = 3; let b: 1 | 2; }\n",
          "name.taken",
        ],
      ],
      { name: "N", replaceAll: true },
    ));

  describe("does not take a name that is used", () =>
    rewritten(
      parse,
      ID,
      [
        ["by a type", "ts", "type N = 1;\nlet a: «1 | 2»;\n", "name.taken"],
        ["by a value", "ts", "let a: «1 | 2»;\nexport const N = 1;\n", "name.taken"],
        ["from elsewhere", "ts", "let a: «1 | 2», b: N;\n", "name.taken"],
        ["by a parameter", "ts", "function f<N>(a: «1 | 2») {}\n", "name.taken"],
      ],
      { name: "N" },
    ));

  for (const [text, expected] of [
    ["function f(options: «{ a: 1 }») {}", "Options"],
    ["let a: «1 | 2»;\ntype A = 1;", "A2"],
    ["class B { #state: «1 | 2»; }", "State"],
    ["function load(): «1 | 2» {}", "LoadResult"],
    ["f<«1 | 2»>();", "NewType"],
  ] as const)
    it(`names it after what has it: ${expected}`, () =>
      assert.match(after(parse, ID, "/p/a.ts", text), new RegExp(`^type ${expected} =`, "m")));
});

/** Programs without a type error, and the type to be extracted. */
const PROGRAMS: readonly string[] = [
  "export class C<T extends K[], K> { f<M extends keyof T>(a: «[M, K]»): void {} }",
  "export type A<T> = { readonly [K in keyof T]?: «{ a: T[K] }» };\nexport const a: A<{ b: 1 }> = { b: { a: 1 } };",
  "export namespace A { type B = 1; export function f(a: «B[]»): void {} }",
  "export type J = string | «J[]»;",
  "export type J = { [k: string]: «J | J[]» };",
  "export type A<T> = [«T extends string ? 1 : 2»];\nexport const a: A<string | number> = [1];",
  "export function f<T extends { a: «U[]» }, U>(a: T): U[] { return a.a; }",
  "export async function f(): «Promise<1 | 2>» { return 1; }",
  "export const f = function (...a: «[a: string, b?: number]»): void {};",
  "export const r: Record<string, number> = {} as «{ a: number }»;",
  "export class A<T> extends Map<string, «{ a: T }»> {}",
];

describe("a type with a name", () => {
  for (const text of PROGRAMS)
    it(`fits where it did: ${text}`, () => {
      assert.deepEqual(typeErrors(text.replace(/[«»]/g, "")), []);
      const made = after(parse, ID, "/p/a.ts", text);
      assert.match(made, /type \w+(<.*>)? = /);
      assert.deepEqual(typeErrors(made), [], made);
    });
});
