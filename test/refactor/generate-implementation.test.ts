import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { offersAt } from "../../src/refactor/engine.ts";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";
import { type Row, rewritten } from "./rewritten.ts";
import { typeErrors } from "./type-checked.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const ID = "generate-implementation";

const WRITTEN: readonly Row[] = [
  [
    "what an interface asks for",
    "ts",
    "interface I {\n  a(b: string): void;\n  readonly c: number;\n  d?: string;\n}\nclass «A» implements I {}\n",
    'interface I {\n  a(b: string): void;\n  readonly c: number;\n  d?: string;\n}\nclass A implements I {\n  a(b: string): void {\n    throw new Error("A.a has not been written yet");\n  }\n\n  get c(): number {\n    throw new Error("A.c has not been written yet");\n  }\n}\n',
  ],
  [
    "what is not there yet",
    "ts",
    "abstract class B<T> {\n  abstract a(): T[];\n  protected abstract b: T;\n  c() {}\n}\nclass «A» extends B<1 | 2> {\n  protected b: 1 | 2 = 1;\n}\n",
    'abstract class B<T> {\n  abstract a(): T[];\n  protected abstract b: T;\n  c() {}\n}\nclass A extends B<1 | 2> {\n  protected b: 1 | 2 = 1;\n\n  a(): (1 | 2)[] {\n    throw new Error("A.a has not been written yet");\n  }\n}\n',
  ],
  [
    "a line",
    "ts",
    "interface I { a(): void; b: 1 }\nclass «A» implements I { b = 1 as const }\n",
    'interface I { a(): void; b: 1 }\nclass A implements I { b = 1 as const; a(): void { throw new Error("A.a has not been written yet"); } }\n',
  ],
  [
    "behind a comment",
    "ts",
    "interface I { a(): void }\nclass «A» implements I { // A\n}\n",
    'interface I { a(): void }\nclass A implements I { // A\n  a(): void {\n    throw new Error("A.a has not been written yet");\n  }\n}\n',
  ],
];

const REFUSED: readonly Row[] = [
  ["another place", "ts", "interface I { a(): void }\nclass A implements «I» {}\n", `${ID}.place`],
  [
    "an abstract class",
    "ts",
    "interface I { a(): void }\nabstract class «A» implements I {}\n",
    `${ID}.abstract`,
  ],
  ["nothing above", "ts", "class «A» {}\n", `${ID}.there`],
  [
    "all there",
    "ts",
    "interface I { a(): void; 'b': 1 }\nclass «A» implements I { a() {} constructor(readonly b: 1) {} }\n",
    `${ID}.there`,
  ],
  [
    "what a class above has",
    "ts",
    "interface I { a(): void }\nclass B { a() {} }\nclass «A» extends B implements I {}\n",
    `${ID}.there`,
  ],
  [
    "an interface from elsewhere",
    "ts",
    "import { I } from './i';\nclass «A» implements I {}\n",
    `${ID}.elsewhere`,
  ],
  [
    "a class from elsewhere",
    "ts",
    "interface I { a(): void }\nclass «A» extends b() implements I {}\n",
    `${ID}.elsewhere`,
  ],
  [
    "an interface of an interface from elsewhere",
    "ts",
    "interface I extends J { a(): void }\nclass «A» implements I {}\n",
    `${ID}.elsewhere`,
  ],
  ["a type", "ts", "type I = { a(): void };\nclass «A» implements I {}\n", `${ID}.elsewhere`],
  ["a class as an interface", "ts", "class B { a() {} }\nclass «A» implements B {}\n", `${ID}.class`],
  ["a call", "ts", "interface I { (): void; a(): void }\nclass «A» implements I {}\n", `${ID}.signature`],
  ["any name", "ts", "interface I { [a: string]: 1 }\nclass «A» implements I {}\n", `${ID}.signature`],
  [
    "what another declaration may have",
    "ts",
    "interface I { a(): void }\ninterface A extends I {}\nclass «A» implements I {}\n",
    `${ID}.declared`,
  ],
  [
    "what is declared only",
    "ts",
    "interface I { a(): void }\ndeclare class «A» implements I {}\n",
    `${ID}.declared`,
  ],
  [
    "two of one name",
    "ts",
    "interface I { a(): void }\ninterface J { a(): void }\nclass «A» implements I, J {}\n",
    `${ID}.twice`,
  ],
  [
    "a default of a parameter",
    "ts",
    "interface I<T = 1> { a(): T }\nclass «A» implements I {}\n",
    `${ID}.types`,
  ],
  [
    "another meaning of a name",
    "ts",
    "type T = 1;\ninterface I { a(): T }\nclass «A»<T> implements I { b: T; }\n",
    `${ID}.name`,
  ],
  [
    "a parameter that takes a name",
    "ts",
    "interface I<T> { a<U>(b: U): T }\nclass «A»<U> implements I<U> {}\n",
    `${ID}.name`,
  ],
  [
    "another Error",
    "ts",
    "class Error {}\ninterface I { a(): void }\nclass «A» implements I {}\n",
    `${ID}.name`,
  ],
  [
    "a circle",
    "ts",
    "interface I extends J {}\ninterface J extends I {}\nclass «A» implements I {}\n",
    `${ID}.circular`,
  ],
  ["JavaScript", "js", "class «A» extends B {}\n", `${ID}.language`],
  ["Python", "py", "class «A»(B): pass\n", `${ID}.language`],
];

/** Programs whose only errors are the members that are missing. */
const PROGRAMS: readonly string[] = [
  "interface I<T> { a<U extends T>(this: I<T>, b: U, ...c: T[]): T | undefined; get d(): T; set d(it: T); readonly e: () => T; f: T }\nexport class «A» implements I<string | number> {}",
  "interface I { a(b: 1): 1; a(b: 2): 2; is(c: unknown): c is string; ok(c: unknown): asserts c; no(): never; self(): this; 'x-y': 1; [Symbol.iterator](): Iterator<1>; 0: 2 }\nexport class «A» implements I {}",
  "interface J<K> { k: K[] }\ninterface I<T> extends J<T | null> { t: T }\nexport class «A»<V> implements I<V[]> { u?: V; }",
  "abstract class B<T> { abstract a(b: T): void; protected abstract c(): T; abstract get d(): T; abstract e: T; protected abstract readonly f: string; g(): void {} }\nabstract class C<T> extends B<T[]> { abstract override g(): void; abstract h(): T; }\nexport class «A» extends C<1 | 2> {}",
  "export namespace N { type X = 1; interface I { a(): X; } export class «A» implements I { /* all */ } }",
  "interface J { a: string | 1 }\ninterface I extends J { a: 1 }\nexport class «A» implements I {}",
  "interface I { a(): void }\ninterface I { b(): void }\nexport default class «A» implements I { static a() {} #b() {} }",
];

describe("generate-implementation", () => {
  describe("writes", () => rewritten(parse, ID, WRITTEN));
  describe("refuses", () => rewritten(parse, ID, REFUSED));

  for (const [text, isOffered] of [
    ["interface J { a(): void }\ninterface I extends J {}\nclass «»A implements I {}\n", true],
    ["interface I { a(): void }\nclass «»A implements I { a() {} }\n", false],
    ["import { I } from './i';\nclass «»A implements I {}\n", false],
  ] as const)
    it(`is ${isOffered ? "" : "not "}offered: ${text.replace(/\s+/g, " ")}`, () => {
      const from = text.indexOf("«");
      const offered = offersAt(
        { file: { path: "/p/a.ts", text: text.replace("«»", "") }, from, to: from },
        parse,
      );
      assert.equal(offered.kind === "offers" && offered.offers.some((it) => it.id === ID), isOffered);
    });

  for (const text of PROGRAMS)
    it(`takes TypeScript's errors away: ${text}`, () => {
      assert.notDeepEqual(typeErrors(text.replace(/[«»]/g, "")), []);
      const made = after(parse, ID, "/p/a.ts", text);
      assert.deepEqual(typeErrors(made), [], made);
      assert.equal(after(parse, ID, "/p/a.ts", made.replace(/class (A)/, "class «$1»")), `${ID}.there`);
    });
});
