import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { offersAt, type Parse, planned } from "../../src/refactor/engine.ts";
import type { Plan, Refusal } from "../../src/refactor/plan.ts";
import { withChanges } from "../../src/text/changes.ts";
import { typedRename } from "../../src/typescript/rename.ts";
import { parseFor } from "../refactor/source.ts";
import { LIBRARIES, memoryDisk } from "./memory-disk.ts";

let parse: Parse;
before(async () => {
  parse = await parseFor("javascript", "typescript", "tsx");
});

/** Files by name; the cursor is at "‸" in one of them. */
type Texts = Readonly<Record<string, string>>;

/** Renames what stands at the cursor to "fresh": by the names of the file, and where that does not do, by types. */
function renamed(texts: Texts, name = "fresh", hidden: Texts = {}): Plan | Refusal {
  const all = Object.entries(texts).map(([path, text]) => ({
    path: `/p/${path}`,
    text: text.replace("‸", ""),
  }));
  const [path = "", marked = ""] = Object.entries(texts).find(([, text]) => text.includes("‸")) ?? [];
  const file = all.find((it) => it.path === `/p/${path}`) ?? { path, text: "" };
  const at = marked.indexOf("‸");
  const request = { file, from: at, to: at, others: all.filter((it) => it !== file) };
  const first = planned("rename", request, { name }, parse);
  if (first.kind === "plan" || first.lacks !== "types" || first.from === undefined) return first;
  const disk = memoryDisk(Object.fromEntries([...all, ...filesOf(hidden)].map((it) => [it.path, it.text])));
  const typed = typedRename(
    { ...request, at: first.from, name, all: all.map((it) => it.path), root: "/p" },
    disk,
    LIBRARIES,
  );
  return typed.kind === "refused" ? typed : planned("rename", { ...request, typed }, { name }, parse);
}

function filesOf(texts: Texts) {
  return Object.entries(texts).map(([path, text]) => ({ path: `/p/${path}`, text }));
}

/** What becomes of the files that are changed; the code where it is refused. */
function outcome(texts: Texts, name?: string, hidden?: Texts): Texts | string {
  const plan = renamed(texts, name, hidden);
  if (plan.kind === "refused") return plan.code;
  return Object.fromEntries(
    plan.files.map((it) => [it.path.slice("/p/".length), withChanges(it.before ?? "", it.changes)]),
  );
}

describe("a member is renamed by its type", () => {
  const cases: readonly (readonly [what: string, before: Texts, after: Texts])[] = [
    [
      "of a class, where it is read, written and called",
      { "a.ts": "class A { n‸ = 1; m() { this.n++; } }\nnew A().n;" },
      { "a.ts": "class A { fresh = 1; m() { this.fresh++; } }\nnew A().fresh;" },
    ],
    [
      "and no other of the same name",
      { "a.ts": "interface A { n‸: 1 }\ninterface B { n: 2 }\nexport const f = (a: A, b: B) => [a.n, b.n];" },
      {
        "a.ts":
          "interface A { fresh: 1 }\ninterface B { n: 2 }\nexport const f = (a: A, b: B) => [a.fresh, b.n];",
      },
    ],
    [
      "beside others of the name that may be missing",
      {
        "a.ts":
          "interface A { n‸: 1 }\ninterface B { n?: 2 }\nexport const f = (a?: A, b?: B | null, all: readonly B[] = []) => [a?.n, b?.n, all[0]?.n];",
      },
      {
        "a.ts":
          "interface A { fresh: 1 }\ninterface B { n?: 2 }\nexport const f = (a?: A, b?: B | null, all: readonly B[] = []) => [a?.fresh, b?.n, all[0]?.n];",
      },
    ],
    [
      "in the classes below it and above it",
      {
        "a.ts": "export class A { m() {} }",
        "b.ts": 'import { A } from "./a";\nexport class B extends A { override m‸() { super.m(); } }',
      },
      {
        "a.ts": "export class A { fresh() {} }",
        "b.ts": 'import { A } from "./a";\nexport class B extends A { override fresh() { super.fresh(); } }',
      },
    ],
    [
      "in patterns and short forms, whose variables keep their names",
      {
        "a.ts":
          "interface A { n‸: number }\nconst n = 1;\nconst a: A = { n };\nexport const f = ({ n }: A) => n + a.n;",
      },
      {
        "a.ts":
          "interface A { fresh: number }\nconst n = 1;\nconst a: A = { fresh: n };\nexport const f = ({ fresh: n }: A) => n + a.fresh;",
      },
    ],
    [
      "where it is named by a text",
      { "a.ts": 'interface A { "n‸": number }\nexport const f = (a: A) => a["n"] + a.n;' },
      { "a.ts": 'interface A { "fresh": number }\nexport const f = (a: A) => a["fresh"] + a.fresh;' },
    ],
    ["of an enumeration", { "a.ts": "enum E { A‸, B }\nE.A;" }, { "a.ts": "enum E { fresh, B }\nE.fresh;" }],
    [
      "that a constructor's parameter makes",
      { "a.ts": "class A { constructor(private n‸: number) { n; } m() { return this.n; } }" },
      { "a.ts": "class A { constructor(private fresh: number) { fresh; } m() { return this.fresh; } }" },
    ],
    [
      "of JavaScript, where what it belongs to is told by its value",
      { "a.js": "class A { m‸() {} }\nconst a = new A();\na.m();" },
      { "a.js": "class A { fresh() {} }\nconst a = new A();\na.fresh();" },
    ],
    [
      "by an element's attribute",
      {
        "a.tsx":
          "declare namespace JSX { interface Element {} interface ElementAttributesProperty { props: {} } }\nfunction F(p: { n‸: number }) { return <G n={p.n} />; }\nfunction G(p: { n: number }) { return <F n={p.n} />; }",
      },
      {
        "a.tsx":
          "declare namespace JSX { interface Element {} interface ElementAttributesProperty { props: {} } }\nfunction F(p: { fresh: number }) { return <G n={p.fresh} />; }\nfunction G(p: { n: number }) { return <F fresh={p.n} />; }",
      },
    ],
    [
      "that is a number, to a name",
      { "a.ts": "const a = { 0‸: 1 };\na[0];" },
      { "a.ts": 'const a = { fresh: 1 };\na["fresh"];' },
    ],
    [
      "that a file exports by its name",
      { "a.ts": "const n = 1;\nexport { n‸ };\nn;", "b.ts": 'import { n } from "./a";\nn;' },
      {
        "a.ts": "const n = 1;\nexport { n as fresh };\nn;",
        "b.ts": 'import { fresh } from "./a";\nfresh;',
      },
    ],
    [
      "in objects that are written without it, and used as it",
      {
        "a.ts":
          "export interface A { n‸: number }\nexport const f = (all: readonly A[]) => all.map((a) => a.n);",
        "b.ts":
          'import { f } from "./a";\nconst all = [{ n: 1 }, { n: 2 }];\nf(all);\nall[0]?.n;\nconst other = { n: 1 };\nother.n;',
      },
      {
        "a.ts":
          "export interface A { fresh: number }\nexport const f = (all: readonly A[]) => all.map((a) => a.fresh);",
        "b.ts":
          'import { f } from "./a";\nconst all = [{ fresh: 1 }, { fresh: 2 }];\nf(all);\nall[0]?.fresh;\nconst other = { n: 1 };\nother.n;',
      },
    ],
    [
      "of a namespace",
      { "a.ts": "namespace N { export const n‸ = 1; }\nN.n;" },
      { "a.ts": "namespace N { export const fresh = 1; }\nN.fresh;" },
    ],
    [
      "with the settings of the project",
      {
        "a.ts": 'import type { A } from "@/b";\nexport const f = (a: A) => a.n‸;',
        "lib/b.ts": "export interface A { n: number }",
      },
      {
        "a.ts": 'import type { A } from "@/b";\nexport const f = (a: A) => a.fresh;',
        "lib/b.ts": "export interface A { fresh: number }",
      },
    ],
  ];
  const settings = {
    "tsconfig.json":
      '{ "compilerOptions": { "strict": true, "paths": { "@/*": ["./lib/*"] }, "jsx": "preserve", "target": "esnext", "module": "esnext", "moduleResolution": "bundler" } }',
  };
  for (const [what, texts, after] of cases)
    it(what, () => assert.deepEqual(outcome(texts, "fresh", settings), after));

  it("with a word on texts that are its name", () => {
    const plan = renamed({ "a.ts": 'class A { n‸ = 1 }\nnew A().n;\nexport const key = "n";' });
    assert.ok(plan.kind === "plan");
    assert.deepEqual(plan.warnings, ['The text "n" in line 3 of "/p/a.ts" stays.']);
  });

  it("a private one with its sign, whether that is said or not", () => {
    const texts = { "a.js": "class A { #n‸ = 1; m() { return this.#n; } }" };
    const after = { "a.js": "class A { #fresh = 1; m() { return this.#fresh; } }" };
    assert.deepEqual(outcome(texts, "fresh"), after);
    assert.deepEqual(outcome(texts, "#fresh"), after);
  });
});

describe("a member's new name", () => {
  const offered = (text: string) => {
    const at = text.indexOf("‸");
    const file = { path: "/p/a.ts", text: text.replace("‸", "") };
    const found = offersAt({ file, from: at, to: at }, parse);
    return found.kind === "offers"
      ? found.offers.filter((it) => it.id === "rename").map((it) => it.title)
      : [];
  };
  const cases: readonly (readonly [what: string, text: string, titles: readonly string[]])[] = [
    ["is offered where it is declared", "class A { n‸ = 1 }", ["Rename 'n'"]],
    ["is offered where it is used", "a.n‸;", ["Rename 'n'"]],
    ["is offered for a private one", "class A { #n‸ = 1 }", ["Rename '#n'"]],
    ["is not offered for a word", "class A { sta‸tic n = 1 }", []],
    ["is not offered in a text", '"a n‸"', []],
  ];
  for (const [what, text, titles] of cases) it(what, () => assert.deepEqual(offered(text), titles));
});

describe("a member is not renamed", () => {
  const cases: readonly (readonly [what: string, before: Texts, code: string, name?: string])[] = [
    [
      "where something of no known type has a member of that name",
      { "a.js": "class A { m‸() {} }\nexport function f(it) { it.m(); }" },
      "rename.untyped",
    ],
    [
      "where something of no known type is taken apart",
      { "a.js": "class A { m‸ = 1 }\nexport function f({ m }) { return m; }" },
      "rename.untyped",
    ],
    [
      "where something of no known type is asked for it by a text",
      { "a.js": 'class A { m‸ = 1 }\nexport const f = (it) => it["m"];' },
      "rename.untyped",
    ],
    [
      "where it is read from what has members of any name",
      {
        "a.ts":
          "type A = { n‸: number };\nexport const f = (a: A) => { const all: Record<string, number> = a; return all.n; };",
      },
      "rename.untyped",
    ],
    [
      "where a program asks whether something has it",
      { "a.ts": 'interface A { n‸: number }\nexport const f = (a: A | object) => "n" in a;' },
      "rename.untyped",
    ],
    [
      "where a program asks for it by the language's own functions",
      { "a.ts": 'class A { n‸ = 1 }\nexport const f = (a: A) => a.hasOwnProperty("n");' },
      "rename.untyped",
    ],
    [
      "where two types fit each other by it",
      { "a.ts": "interface A { n‸: number }\ninterface B { n: number }\nexport const f = (a: A): B => a;" },
      "rename.types",
    ],
    [
      "where two types fit each other by it, in a file that does not have the word",
      {
        "a.ts": "export interface A { n‸: number }",
        "b.ts": "export interface B { n: number }",
        "c.ts":
          'import type { A } from "./a";\nimport type { B } from "./b";\nexport const f = (a: A): B => a;',
      },
      "rename.types",
    ],
    ["to a name that the type has", { "a.ts": "class A { n‸ = 1; fresh = 2 }" }, "rename.meets"],
    [
      "to a name that a class below has",
      { "a.ts": "class A { n‸() {} }\nclass B extends A { fresh() {} }\nnew B();" },
      "rename.meets",
    ],
    [
      "where the language looks it up",
      { "a.ts": "class A { toString‸() { return ''; } }\nString(new A());" },
      "rename.protocol",
    ],
    [
      "to what the language looks up",
      { "a.ts": "class A { n‸() { return ''; } }\nJSON.stringify(new A());" },
      "rename.protocol",
      "toJSON",
    ],
    ["of the language's own library", { "a.ts": "[1].map‸(String);" }, "rename.types"],
    [
      "that the language's library asks for",
      { "a.ts": "class A implements ArrayLike<number> { length‸ = 0; [n: number]: number }\nnew A();" },
      "rename.types",
    ],
    [
      "where its name is one of the keys of a type",
      { "a.ts": 'interface A { n‸: 1; m: 2 }\nexport type B = Pick<A, "n">;' },
      "rename.types",
    ],
    ["to what is no name", { "a.ts": "class A { n‸ = 1 }" }, "name.invalid", "a-b"],
  ];
  for (const [what, texts, code, name] of cases) it(what, () => assert.equal(outcome(texts, name), code));

  it("where a package has it, too", () => {
    const hidden = {
      "node_modules/lib/index.d.ts": "export interface L { n: number }",
      "node_modules/lib/package.json": '{ "name": "lib", "types": "index.d.ts" }',
    };
    const texts = { "a.ts": 'import type { L } from "lib";\nexport class A implements L { n‸ = 1 }' };
    assert.equal(outcome(texts, "fresh", hidden), "rename.elsewhere");
  });
});
