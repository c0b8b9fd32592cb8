import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { nodeOutliner, type ThreadOutliner } from "../../src/node/outliner.ts";
import { languageOf } from "../../src/syntax/language-of.ts";
import { languages } from "../../src/syntax/languages/all.ts";
import { never } from "../contract/temporary-folder.ts";
import { grammarsFolder } from "./grammars.ts";

/** For each file: a text, and its outline with a blank for each depth. */
const SAMPLES: Readonly<Record<string, readonly [text: string, outline: string]>> = {
  "a.ts": [
    `export abstract class A { x = () => 1; m() { function z() {} } abstract q(): void }
export interface I { a(): void }
type T = 1; enum E {}
namespace N { export const c = 1 }
export const f = () => 1, g = 2;
export default function d() {}`,
    "class A| method x| method m|  function z| method q|interface I| method a|type T|enum E|module N|function f|constant g|function d",
  ],
  "a.tsx": ["export const C = (p: P) => <div>{p.x}</div>;", "function C"],
  "a.mjs": [
    "class A { m() {} #p() {} }\nfunction* g() {}\nexports.f = function () {};\nvar v = 1;",
    "class A| method m| method #p|function g|function f|variable v",
  ],
  "a.py": [
    "class A:\n  def f(self):\n    def g(): pass\n  @x\n  def h(self): pass\nX = 1\nasync def k(): pass\n",
    "class A| method f|  function g| method h|variable X|function k",
  ],
  "a.go": [
    "package a\ntype S struct{}\ntype I interface { f() }\nfunc F() {}\nfunc (s *S) M() {}\nconst C = 1\nvar V = 2\n",
    "type S|interface I| method f|function F|method M|constant C|variable V",
  ],
  "a.java": [
    "class A { int f; A() {} void m() {} interface I { void x(); } enum E { X } record R(int a) {} }",
    "class A| variable f| method A| method m| interface I|  method x| enum E| class R",
  ],
  "a.rs": [
    "mod m { struct S; enum E { A } trait T { fn f(&self); } impl S { fn g() {} } const C: u8 = 1; fn h() {} }",
    "module m| type S| enum E| interface T|  method f| class S|  method g| constant C| function h",
  ],
  "a.cs": [
    "namespace N { class B { public int P { get; set; } B() {} void M() {} int f; } interface I {} struct S {} enum E { X } record R(int a); }",
    "module N| class B|  variable P|  method B|  method M|  variable f| interface I| class S| enum E| class R",
  ],
  "a.c": [
    "struct S { int a; };\nenum E { A };\nint f(int x) { return x; }\nint *g(void) { return 0; }\ntypedef struct { int a; } T;\n#define M(a) a\nint h(int);\n",
    "type S|enum E|function f|function g|type T|function M|function h",
  ],
  "a.cpp": [
    "namespace n { class A { public: void m(); int f() {\n return 1; } }; template<class T> T g(T x) { return x; } using U = int; }\nvoid A::m() {}\n",
    "module n| class A|  method m|  method f| function g| type U|method A::m",
  ],
  "a.rb": [
    "module M\n class A < B\n  X = 1\n  def self.f(a)\n  end\n  def g; end\n end\nend\ndef h; end\n",
    "module M| class A|  constant X|  method f|  method g|function h",
  ],
  "a.kt": [
    "class A(val x: Int) {\n  val p = 1\n  fun m() {}\n  companion object {\n    fun c() {}\n  }\n}\ninterface I {\n  fun f()\n}\nobject O {\n  fun g() {}\n}\nenum class E { X }\ntypealias T = Int\nfun h() {}\nfun Int.k() = 1\nconst val C = 1\nvar v = 2\n",
    "class A| variable p| method m| method c|interface I| method f|class O| method g|enum E|type T|function h|function k|constant C|variable v",
  ],
  "a.swift": [
    "class A { var p = 1\n init() {}\n func m() {} }\nstruct S { let x: Int }\nprotocol P { func f() }\nenum E { case x }\nextension A { func e() {} }\nactor Q {}\ntypealias T = Int\nfunc g() {}\nlet c = 1\n",
    "class A| variable p| method m|class S| variable x|interface P| method f|enum E|class A| method e|class Q|type T|function g|variable c",
  ],
  "a.scala": [
    "class A(x: Int) { val p = 1; def m() = 1 }\ntrait T { def f(): Int }\nobject O { def g() = 1 }\ncase class D(a: Int)\nenum E { case X }\ntype U = Int\ndef h() = 1\nval c = 1\nvar v = 2\ngiven s: Int = 1\n",
    "class A| variable p| method m|interface T| method f|class O| method g|class D|enum E|type U|function h|constant c|variable v|constant s",
  ],
  "a.lua": [
    "local M = {}\nfunction M.f() end\nfunction M:m() end\nlocal function g() end\nfunction h() end\nM.k = function() end\nk2 = function() end\nlocal v = 1\n",
    "variable M|method M.f|method M:m|function g|function h|method M.k|function k2|variable v",
  ],
  "a.sh": [
    "f() { local x=1; }\nfunction g { echo; }\nA=1\nexport B=2\n",
    "function f|function g|variable A|variable B",
  ],
  "a.php": [
    "<?php\nnamespace N;\nclass B { const C = 1; public function f() {} }\ninterface I {}\ntrait T {}\nenum E { case A; }\nfunction g() {}\n",
    "module N|class B| constant C| method f|interface I|class T|enum E|function g",
  ],
};

describe("languages", () => {
  let outliner: ThreadOutliner;
  before(async () => {
    const worker = new URL("../../src/syntax-worker.ts", import.meta.url);
    outliner = nodeOutliner({ worker, grammars: await grammarsFolder() });
  });
  after(() => outliner.dispose());

  for (const [path, [text, expected]] of Object.entries(SAMPLES)) {
    it(`outlines ${path}`, async () => {
      const found = await outliner.outline(path, text, never());
      const symbols = found.kind === "symbols" ? found.symbols : [];
      assert.equal(symbols.map((it) => `${" ".repeat(it.depth)}${it.kind} ${it.name}`).join("|"), expected);
      assert.ok(found.kind === "symbols" && !found.damaged);
    });
  }

  it("have a sample each, and endings that belong to one language only", () => {
    assert.deepEqual(new Set(Object.keys(SAMPLES).map(languageOf)), new Set(languages));
    const extensions = languages.flatMap((it) => it.extensions);
    assert.equal(new Set(extensions).size, extensions.length);
  });
});
