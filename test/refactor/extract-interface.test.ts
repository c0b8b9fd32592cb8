import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";
import { type Row, rewritten } from "./rewritten.ts";
import { typeErrors } from "./type-checked.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const ID = "extract-interface";

const LITERALS: readonly Row[] = [
  [
    "the literal at the cursor",
    "ts",
    "g();\nexport function f<T>(a: {«»\n  b: T;\n  c(): void;\n}) {}\n",
    "g();\ninterface N<T> {\n  b: T;\n  c(): void;\n}\n\nexport function f<T>(a: N<T>) {}\n",
  ],
  ["a part of a type", "ts", "let a: 1 | «{ b: 1 }»;\n", "interface N { b: 1 }\n\nlet a: 1 | N;\n"],
  ["no members", "ts", "let a: «{}»;\n", `${ID}.place`],
  ["keys of another type", "ts", "type A<T> = [«{ [K in keyof T]: 1 }»];\n", `${ID}.place`],
  ["any other type", "ts", "let a: «1 | 2»;\n", `${ID}.place`],
  ["an alias", "ts", "type A = «{ b: 1 }»;\n", "extract-type.named"],
  ["JavaScript", "js", "class «A» { b() {} }\n", `${ID}.language`],
  ["Python", "py", "class «A»: pass\n", `${ID}.language`],
];

const CLASSES: readonly Row[] = [
  [
    "its members with written types",
    "ts",
    "g();\n// A\nexport class «»A {\n  b: number = 1;\n  readonly c?: string;\n  d(e: string, f = 1, ...g: number[]) {}\n  h(i: number, j: string = ''): void {}\n}\n",
    "g();\ninterface N {\n  b: number;\n  readonly c?: string;\n  h(i: number, j?: string): void;\n}\n\n// A\nexport class A implements N {\n  b: number = 1;\n  readonly c?: string;\n  d(e: string, f = 1, ...g: number[]) {}\n  h(i: number, j: string = ''): void {}\n}\n",
  ],
  [
    "not what others do not see",
    "ts",
    "class A«» { private a: 1; protected b: 1; #c: 1; static d: 1; constructor(public e: 1, f: 1) {} }\n",
    "interface N {\n  e: 1;\n}\n\nclass A implements N { private a: 1; protected b: 1; #c: 1; static d: 1; constructor(public e: 1, f: 1) {} }\n",
  ],
  [
    "type parameters that are used",
    "ts",
    "class «A»<T, U extends T[]> extends B<T> implements C { d: U; e<V>(f: V): T {} }\n",
    "interface N<T, U extends T[]> {\n  d: U;\n  e<V>(f: V): T;\n}\n\nclass A<T, U extends T[]> extends B<T> implements C, N<T, U> { d: U; e<V>(f: V): T {} }\n",
  ],
  [
    "behind what it extends",
    "ts",
    "abstract class «A» extends B { abstract c(): this; }\n",
    "interface N {\n  c(): this;\n}\n\nabstract class A extends B implements N { abstract c(): this; }\n",
  ],
  [
    "what is read and written by functions",
    "ts",
    "class «A» { get b(): 1 { return 1; } get c(): 2 { return 2; } set c(it) {} set d(it: 1) {} get e(): 1 { return 1; } set e(it: 1 | 2) {} }\n",
    "interface N {\n  readonly b: 1;\n  c: 2;\n}\n\nclass A implements N { get b(): 1 { return 1; } get c(): 2 { return 2; } set c(it) {} set d(it: 1) {} get e(): 1 { return 1; } set e(it: 1 | 2) {} }\n",
  ],
  [
    "overloads",
    "ts",
    "class «A» { b(c: 1): 1; b(c: 2): 2; b(c: unknown): unknown { return c; } }\n",
    "interface N {\n  b(c: 1): 1;\n  b(c: 2): 2;\n}\n\nclass A implements N { b(c: 1): 1; b(c: 2): 2; b(c: unknown): unknown { return c; } }\n",
  ],
  [
    "in a function",
    "ts",
    "function f<T>() {\n  type B = 1;\n  class «A» { c: [B, T]; }\n}\n",
    "function f<T>() {\n  type B = 1;\n  interface N {\n    c: [B, T];\n  }\n\n  class A implements N { c: [B, T]; }\n}\n",
  ],
  [
    "none",
    "ts",
    "class «A» { b = 1; c() {} d(e = 1, f: 2): void {} ['g']: 1; h({ i }: J): void {} }\n",
    `${ID}.members`,
  ],
  [
    "a value that it may know more closely",
    "ts",
    "function f(a: unknown) { class «A» { b: typeof a; } }\n",
    "type.value",
  ],
  ["a class without a name of its own", "ts", "let a = class «A» { b: 1; };\n", `${ID}.place`],
  ["a word of what follows", "ts", "class «A» {\n  get\n  b(): 1 { return 1; }\n}\n", `${ID}.word`],
  ["a name that is used", "ts", "class «A» { b: N; }\n", "name.taken"],
];

/** Programs without a type error. */
const PROGRAMS: readonly string[] = [
  "export class «A»<T extends object, U = 1> { constructor(readonly a: T, public b?: U) {} c<K extends keyof T>(d: K, e: U | 2 = 2): T[K] | U | 2 { return e; } }",
  "export abstract class «A» { abstract b(c: number): this; is(a: unknown): a is string { return true; } [Symbol.iterator](): Iterator<number> { return [1].values(); } async 'd-e'(): Promise<void> {} }",
  "export class «A» { b(c: 1): 1; b(c: 2): 2; b(c: unknown): unknown { return c; } get d(): number { return 1; } set d(it) {} e?(): void; }",
  "export default class «A» { f(this: A, ...g: string[]): asserts this is A {} }",
  "export const f = (a: «{ b: 1; c?: 2 }»): void => void a;",
];

describe("extract-interface", () => {
  describe("of a literal", () => rewritten(parse, ID, LITERALS, { name: "N" }));
  describe("of a class", () => rewritten(parse, ID, CLASSES, { name: "N" }));

  for (const text of PROGRAMS)
    it(`fits where it did: ${text}`, () => {
      assert.deepEqual(typeErrors(text.replace(/[«»]/g, "")), []);
      const made = after(parse, ID, "/p/a.ts", text);
      assert.match(made, /interface \w+(<.*>)? \{/);
      assert.deepEqual(typeErrors(made), [], made);
    });

  it("tells what it left out, and where the name stands", () => {
    const text = "class A { b = 1; c: 1; }\n";
    const plan = planned(ID, { file: { path: "/p/a.ts", text }, from: 6, to: 6 }, {}, parse);
    assert.equal(plan.kind === "plan" && plan.nameAt, "interface ".length);
    assert.deepEqual(plan.kind === "plan" && plan.warnings, [
      'Not in the interface, as their types are not written: "b".',
      'The file is no module, so "AInterface" is a type in all files of the project that are none.',
    ]);
  });
});
