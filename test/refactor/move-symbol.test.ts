import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import { withParser } from "./marked.ts";
import { afterMove, type Files, unmarked } from "./several.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");

/** What it is about, the target, the files, and those that come to be others. */
const MOVES: readonly (readonly [string, string | undefined, Files, Files])[] = [
  [
    "comments above and behind, not those of the file",
    "b.ts",
    {
      "a.ts":
        'import { q } from "./q";\n\n// Head of the file.\n\n/**\n * Doc of f.\n */\n// second\nexport function «f»() {\n  return q;\n} // behind\n\nexport const z = 1;\n',
      "b.ts": "export const b = 1;\n",
    },
    {
      "a.ts": "// Head of the file.\n\nexport const z = 1;\n",
      "b.ts":
        'import { q } from "./q";\n\nexport const b = 1;\n\n/**\n * Doc of f.\n */\n// second\nexport function f() {\n  return q;\n} // behind\n',
    },
  ],
  [
    "all but the licence",
    undefined,
    { "a.ts": "/* Copyright me */\nexport function «f»() {}\nexport const z = f();\n" },
    {
      "a.ts": '/* Copyright me */\nimport { f } from "./f";\n\nexport const z = f();\n',
      "f.ts": "export function f() {}\n",
    },
  ],
  [
    "what stands last",
    undefined,
    { "a.ts": "export const z = 1;\n\nexport function «f»() {}\n" },
    { "a.ts": "export const z = 1;\n", "f.ts": "export function f() {}\n" },
  ],
  [
    "lines with CRLF",
    undefined,
    {
      "a.ts":
        'import { q } from "./q";\r\n\r\nexport function «f»() {\r\n  return q;\r\n}\r\n\r\nexport const z = () => f();\r\n',
    },
    {
      "a.ts": 'import { f } from "./f";\r\n\r\nexport const z = () => f();\r\n',
      "f.ts": 'import { q } from "./q";\r\n\r\nexport function f() {\r\n  return q;\r\n}\r\n',
    },
  ],
  [
    "into a file with CRLF",
    "b.ts",
    {
      "a.ts": "export function «f»() {\n  return 1;\n}\nexport const z = () => f();\n",
      "b.ts": "export const b = 1;\r\n",
    },
    {
      "a.ts": 'import { f } from "./b";\n\nexport const z = () => f();\n',
      "b.ts": "export const b = 1;\r\n\r\nexport function f() {\r\n  return 1;\r\n}\r\n",
    },
  ],
  [
    "in the style of the file",
    undefined,
    {
      "a.ts":
        "import { q, r } from './q'\nimport s from './s'\n\nexport const «f» = () => [q, s]\n\nexport const z = () => [f(), r]\n",
    },
    {
      "a.ts": "import { r } from './q'\nimport { f } from './f'\n\nexport const z = () => [f(), r]\n",
      "f.ts": "import { q } from './q'\nimport s from './s'\n\nexport const f = () => [q, s]\n",
    },
  ],
  [
    "into an import of several lines",
    "b.ts",
    {
      "a.ts":
        'import {\n  one,\n  two,\n  three,\n} from "./q";\nexport const «f» = () => two();\nexport const g = () => one() + three();\n',
      "b.ts": 'import {\n  zero,\n} from "./q";\nexport const b = zero;\n',
    },
    {
      "a.ts": 'import {\n  one,\n  three,\n} from "./q";\nexport const g = () => one() + three();\n',
      "b.ts":
        'import {\n  zero,\n  two,\n} from "./q";\nexport const b = zero;\n\nexport const f = () => two();\n',
    },
  ],
  [
    "what needs a default and all of a module",
    "b.ts",
    {
      "a.ts":
        'import d, { n } from "./q";\nimport * as ns from "./ns";\nexport const «f» = () => d(ns.a);\nexport const g = () => n();\n',
      "b.ts": 'import d from "./q";\nexport const b = d;\n',
    },
    {
      "a.ts": 'import { n } from "./q";\nexport const g = () => n();\n',
      "b.ts":
        'import d from "./q";\nimport * as ns from "./ns";\nexport const b = d;\n\nexport const f = () => d(ns.a);\n',
    },
  ],
  [
    "what needs types, into another folder",
    "x/b.ts",
    {
      "a.ts":
        'import type { T, U } from "./t";\nimport { type V, v } from "./v";\nexport function «f»(t: T, w: V): void {}\nexport const g = (u: U) => v;\n',
    },
    {
      "a.ts": 'import type { U } from "./t";\nimport { v } from "./v";\nexport const g = (u: U) => v;\n',
      "x/b.ts":
        'import type { T } from "../t";\nimport type { V } from "../v";\n\nexport function f(t: T, w: V): void {}\n',
    },
  ],
  [
    "documentation apart from what it is about, whatever it says",
    "b.ts",
    { "a.ts": 'import "./s";\n\n/** The license. */\n\nexport const «f» = 1;\nexport const z = 1;\n' },
    {
      "a.ts": 'import "./s";\n\nexport const z = 1;\n',
      "b.ts": "/** The license. */\n\nexport const f = 1;\n",
    },
  ],
  [
    "all overloads that it calls into view",
    "b.ts",
    {
      "a.ts":
        "function g(a: number): number;\nfunction g(a: unknown) { return a; }\nexport const «f» = () => g(1);\nexport const z = 1;\n",
    },
    {
      "a.ts":
        "export function g(a: number): number;\nexport function g(a: unknown) { return a; }\nexport const z = 1;\n",
      "b.ts": 'import { g } from "./a";\n\nexport const f = () => g(1);\n',
    },
  ],
  [
    "a class that decorators have to know",
    "b.ts",
    {
      "a.ts":
        'import { Injectable } from "@angular/core";\nexport class «Service» {}\n@Injectable()\nexport class C { constructor(private s: Service) {} }\n',
    },
    {
      "a.ts":
        'import { Injectable } from "@angular/core";\nimport { Service } from "./b";\n@Injectable()\nexport class C { constructor(private s: Service) {} }\n',
      "b.ts": "export class Service {}\n",
    },
  ],
  [
    "for specifiers with endings",
    undefined,
    {
      "a.ts": 'import { q } from "./q.js";\nexport const «f» = () => q;\nexport const g = () => f();\n',
      "c.ts": 'import { f } from "./a.js";\nf();\n',
    },
    {
      "a.ts": 'import { f } from "./f.js";\nexport const g = () => f();\n',
      "c.ts": 'import { f } from "./f.js";\nf();\n',
      "f.ts": 'import { q } from "./q.js";\n\nexport const f = () => q;\n',
    },
  ],
  [
    "a component",
    undefined,
    {
      "a.tsx":
        'import React from "react";\nimport { Button } from "./button";\n\nexport function «Panel»() {\n  return <Button />;\n}\n\nexport const App = () => <Panel />;\n',
    },
    {
      "a.tsx":
        'import React from "react";\nimport { Panel } from "./Panel";\n\nexport const App = () => <Panel />;\n',
      "Panel.tsx":
        'import React from "react";\nimport { Button } from "./button";\n\nexport function Panel() {\n  return <Button />;\n}\n',
    },
  ],
  [
    "the only component",
    undefined,
    {
      "a.tsx":
        'import React, { useState } from "react";\n\nexport function «Panel»() {\n  return <div />;\n}\n\nexport const useIt = () => useState(1);\n',
    },
    {
      "a.tsx": 'import { useState } from "react";\n\nexport const useIt = () => useState(1);\n',
      "Panel.tsx": 'import React from "react";\n\nexport function Panel() {\n  return <div />;\n}\n',
    },
  ],
  [
    "several statements",
    "b.ts",
    {
      "a.ts":
        "const k = 1;\n«export interface A { b: B }\n// between\ntype B = number;\nconst c: B = 2;»\nexport const d = () => c + k;\nexport type E = B;\n",
    },
    {
      "a.ts":
        'import type { B } from "./b";\nimport { c } from "./b";\n\nconst k = 1;\nexport const d = () => c + k;\nexport type E = B;\n',
      "b.ts": "export interface A { b: B }\n// between\nexport type B = number;\nexport const c: B = 2;\n",
    },
  ],
  [
    "a variable that nobody changes",
    "b.ts",
    { "a.ts": "export let «n» = 1;\nexport const g = () => n;\n" },
    { "a.ts": 'import { n } from "./b";\n\nexport const g = () => n;\n', "b.ts": "export let n = 1;\n" },
  ],
  [
    "an enumeration, whose members are its own",
    "b.ts",
    {
      "a.ts": "export enum «E» { A = 1, B = A }\nexport const g = E.A;\n",
      "b.ts": "const A = 3;\nexport const k = A;\n",
    },
    {
      "a.ts": 'import { E } from "./b";\n\nexport const g = E.A;\n',
      "b.ts": "const A = 3;\nexport const k = A;\n\nexport enum E { A = 1, B = A }\n",
    },
  ],
  [
    "a class with its interface",
    "b.ts",
    { "a.ts": "export class «C» {}\nexport interface C { x: number }\nexport const z = 1;\n" },
    { "a.ts": "export const z = 1;\n", "b.ts": "export class C {}\nexport interface C { x: number }\n" },
  ],
  [
    "a type and a value of one name",
    "b.ts",
    { "a.ts": "export const «C» = 1;\nexport type C = number;\nexport const z = 1;\n" },
    { "a.ts": "export const z = 1;\n", "b.ts": "export const C = 1;\nexport type C = number;\n" },
  ],
  [
    "for a file that takes it in three ways",
    "b.ts",
    {
      "a.ts": "export function «C»() {}\nexport const z = 1;\n",
      "o.ts": 'import { C, z } from "./a";\nexport { C } from "./a";\nexport * from "./a";\nC(z);\n',
    },
    {
      "a.ts": "export const z = 1;\n",
      "o.ts":
        'import { z } from "./a";\nimport { C } from "./b";\nexport { C } from "./b";\nexport * from "./a";\nC(z);\n',
      "b.ts": "export function C() {}\n",
    },
  ],
  [
    "a type that the file exports by another name",
    "b.ts",
    { "a.ts": "export interface «I» { a: 1 }\nexport const z: I = { a: 1 };\nexport type { I as J };\n" },
    {
      "a.ts": 'import type { I } from "./b";\n\nexport const z: I = { a: 1 };\nexport type { I as J };\n',
      "b.ts": "export interface I { a: 1 }\n",
    },
  ],
  [
    "types as the file imports them",
    "b.ts",
    {
      "a.ts": 'import { T } from "./t";\nexport interface «I» { a: T }\nexport const z: I = { a: 1 };\n',
      "t.ts": "export type T = number;\n",
    },
    {
      "a.ts": 'import { I } from "./b";\nexport const z: I = { a: 1 };\n',
      "b.ts": 'import { T } from "./t";\n\nexport interface I { a: T }\n',
    },
  ],
  [
    "with the directives of the file",
    undefined,
    {
      "a.tsx":
        '"use client";\n\nimport { q } from "./q";\nexport function «f»() { return q; }\nexport const g = () => f();\n',
    },
    {
      "a.tsx": '"use client";\n\nimport { f } from "./f";\nexport const g = () => f();\n',
      "f.tsx": '"use client";\nimport { q } from "./q";\n\nexport function f() { return q; }\n',
    },
  ],
  [
    "and leaves the first line",
    undefined,
    { "a.mjs": "#!/usr/bin/env node\nexport function «f»() { return 1; }\nexport const g = () => f();\n" },
    {
      "a.mjs": '#!/usr/bin/env node\nimport { f } from "./f.mjs";\n\nexport const g = () => f();\n',
      "f.mjs": "export function f() { return 1; }\n",
    },
  ],
  [
    "one of two on a line",
    undefined,
    { "a.mjs": "export function «f»() { return 1; } export const g = () => f();\n" },
    {
      "a.mjs": 'import { f } from "./f.mjs";\n\nexport const g = () => f();\n',
      "f.mjs": "export function f() { return 1; }\n",
    },
  ],
  [
    "what uses the default export",
    undefined,
    { "a.ts": "export default function f() {}\nexport const «g» = () => f();\n" },
    {
      "a.ts": "export default function f() {}\n",
      "g.ts": 'import f from "./a";\n\nexport const g = () => f();\n',
    },
  ],
  [
    "what uses something under its exported name",
    undefined,
    { "a.ts": "function f() {}\nexport { f as h };\nexport const «g» = () => f();\n" },
    {
      "a.ts": "function f() {}\nexport { f as h };\n",
      "g.ts": 'import { h as f } from "./a";\n\nexport const g = () => f();\n',
    },
  ],
  [
    "what needs an import with attributes",
    "lib/b.ts",
    {
      "a.ts":
        'import d from "./d.json" with { type: "json" };\nexport const «g» = () => d;\nexport const z = 1;\n',
    },
    {
      "a.ts": "export const z = 1;\n",
      "lib/b.ts": 'import d from "../d.json" with { type: "json" };\n\nexport const g = () => d;\n',
    },
  ],
  [
    "into an empty file",
    "b.ts",
    { "a.ts": "export const «g» = () => 1;\nexport const z = g;\n", "b.ts": "" },
    { "a.ts": 'import { g } from "./b";\n\nexport const z = g;\n', "b.ts": "export const g = () => 1;\n" },
  ],
  [
    "into a file of comments",
    "b.ts",
    { "a.ts": "export const «g» = () => 1;\nexport const z = () => g;\n", "b.ts": "// Here it goes.\n" },
    {
      "a.ts": 'import { g } from "./b";\n\nexport const z = () => g;\n',
      "b.ts": "// Here it goes.\n\nexport const g = () => 1;\n",
    },
  ],
  [
    "what calls itself",
    undefined,
    {
      "a.ts":
        "export function «fact»(n: number): number { return n < 2 ? 1 : n * fact(n - 1); }\nexport const z = () => fact(3);\n",
    },
    {
      "a.ts": 'import { fact } from "./fact";\n\nexport const z = () => fact(3);\n',
      "fact.ts": "export function fact(n: number): number { return n < 2 ? 1 : n * fact(n - 1); }\n",
    },
  ],
];

/** What it is about, the code, the target, the files. */
const REFUSALS: readonly (readonly [string, string, string | undefined, Files])[] = [
  [
    "elements into a file that has none",
    "verify.syntax",
    "b.ts",
    { "a.tsx": "export function «Panel»() {\n  return <div />;\n}\nexport const a = 1;\n" },
  ],
  [
    "an enumeration of constants",
    "syntax-error",
    "b.ts",
    { "a.ts": "export an enumeration of constants «E» { A }\nexport const g = () => E.A;\n" },
  ],
  [
    "a class apart from its interface",
    "move-symbol.apart",
    "b.ts",
    { "a.ts": "export class «C» {}\nexport const z = 1;\nexport interface C { x: number }\n" },
  ],
  [
    "a function with its namespace",
    "move-symbol.opaque",
    "b.ts",
    { "a.ts": "export function «C»() {}\nexport namespace C { export const q = 1; }\nexport const z = 1;\n" },
  ],
  [
    "into a file of other directives",
    "move-symbol.directive",
    "b.tsx",
    {
      "a.tsx":
        '"use client";\nimport { q } from "./q";\nexport function «f»() { return q; }\nexport const g = () => f();\n',
      "b.tsx": "export const b = 1;\n",
    },
  ],
  [
    "what would join two statements",
    "move-symbol.semicolon",
    undefined,
    { "a.mjs": "const a = g\nfunction «f»() { return 1; }\n[1].forEach(f)\nexport {}\n" },
  ],
  [
    "what is taken apart",
    "move-symbol.effect",
    undefined,
    { "a.mjs": "export const { «a», b } = { a: 1, b: 2 };\n" },
  ],
  [
    "a function that is given members",
    "move-symbol.assigned",
    undefined,
    { "a.ts": 'export function «f»() {}\nf.title = "x";\nexport const g = 1;\n' },
  ],
  [
    "a default export",
    "move-symbol.default",
    undefined,
    { "a.ts": "function «f»() {}\nexport default f;\n" },
  ],
  [
    "where a test replaces the file",
    "move-symbol.loaded",
    "b.ts",
    {
      "a.ts": "export const «g» = () => 1;\nexport const z = 1;\n",
      "t.ts": 'import { g } from "./a";\nvi.mock("./a");\ng();\n',
    },
  ],
  [
    "where a comment would be lost",
    "move-symbol.comment",
    "b.ts",
    {
      "a.ts":
        'import { x, /* why */ y } from "./q";\nexport const «g» = () => x;\nexport const z = () => y;\n',
    },
  ],
  [
    "where another file adds to it",
    "move-symbol.loaded",
    "b.ts",
    {
      "a.ts": "export interface «g» { a: 1 }\nexport const z = 1;\n",
      "t.ts":
        'import { g } from "./a";\ndeclare module "./a" { interface g { b: 1 } }\nexport const t: g = 1 as never;\n',
    },
  ],
  [
    "where a package may be the file",
    "move-symbol.package",
    "b.ts",
    {
      "a.ts": "export const «g» = () => 1;\nexport const z = 1;\n",
      "t.ts": 'import { g } from "@/a";\ng();\n',
    },
  ],
  [
    "what the target has as a type only",
    "move-symbol.taken",
    "b.ts",
    {
      "a.ts": 'import { X } from "./x";\nexport const «g» = () => new X();\nexport const z = 1;\n',
      "b.ts": 'import type { X } from "./x";\nexport const b: X | undefined = undefined;\n',
    },
  ],
  ["into the same file", "move-symbol.target", "a.ts", { "a.ts": "export const «g» = () => 1;\n" }],
  [
    "what would be an element there",
    "move-symbol.target",
    "b.tsx",
    { "a.ts": "export const «f» = <T>(x: T) => x;\nexport const z = 1;\n" },
  ],
  [
    "what is declared for something outside",
    "move-symbol.kind",
    "b.ts",
    { "a.ts": "declare const g: number;\nexport const «f» = () => g;\nexport const z = 1;\n" },
  ],
  [
    "for another file's require",
    "move-symbol.loaded",
    "b.ts",
    {
      "a.ts": "export const «f» = 1;\nexport const z = 1;\n",
      "o.ts": 'import a = require("./a");\na.f;\n',
    },
  ],
  ["in Python", "move-symbol.place", "b.py", { "a.py": "def «g»(): pass\n" }],
  [
    "at a cursor in the body",
    "move-symbol.place",
    undefined,
    { "a.ts": "export function fact() { «»return 1; }\n" },
  ],
];

describe("move-symbol", () => {
  for (const [what, to, files, expected] of MOVES)
    it(`moves ${what}`, () =>
      assert.deepEqual(afterMove(files, to, parse), { ...unmarked(files), ...expected }));

  for (const [what, code, to, files] of REFUSALS)
    it(`refuses ${what}`, () => assert.equal(afterMove(files, to, parse), code));

  it("warns where nobody imports what can be imported", () => {
    const warned = (text: string) => {
      const file = { path: "/p/a.ts", text: "export const total = 1;\nexport const b = 2;\n" };
      const request = { file, from: 13, to: 13, others: [{ path: "/p/c.ts", text }] };
      const plan = planned("move-symbol", request, {}, parse);
      return plan.kind === "plan" ? plan.warnings.length : plan.code;
    };
    assert.deepEqual(
      [warned('import { b } from "./a";\n'), warned('import { total } from "./a";\n')],
      [1, 0],
    );
  });

  it("asks for other files, with the names and the file it would make", () => {
    const file = { path: "/p/a.ts", text: "export const total = 1;\n" };
    const plan = planned("move-symbol", { file, from: 13, to: 13 }, {}, parse);
    assert.ok(plan.kind === "refused");
    assert.deepEqual([plan.lacks, plan.sought?.words, plan.target], ["others", ["total"], "/p/total.ts"]);
  });
});
