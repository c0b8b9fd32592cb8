import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { bindRust } from "../../src/syntax/scopes/rust.ts";
import { withParser } from "../refactor/marked.ts";

const parse = withParser("rust");

/** Which uses of the name at `«…»` mean the same thing: their lines, and the access where it is no read. */
function uses(marked: string): string {
  const at = marked.indexOf("«");
  const text = marked.replace(/[«»]/g, "");
  const root = parse("rust", text);
  assert.ok(root && !root.hasError);
  const binding = bindRust(root, text).all.find((it) => it.declarations.some((node) => node.from === at));
  const lineOf = (offset: number) => text.slice(0, offset).split("\n").length;
  return (binding?.references ?? [])
    .map(({ node, access }) => `${lineOf(node.from)}${access === "read" ? "" : ` ${access}`}`)
    .join(", ");
}

describe("names in Rust", () => {
  for (const [what, text, expected] of [
    ["counts up to where it is declared again", "fn f() {\nlet «x» = 1;\nlet x = x + 1;\ng(x); }", "3"],
    ["is not seen in its own value", "fn f(«x»: i32) {\nlet x = x;\ng(x); }", "2"],
    [
      "of a condition is seen where that holds",
      "fn f() {\nif let Some(«x») = x {\ng(x) } else {\ng(x) } }",
      "3",
    ],
    ["of a let that leaves is seen behind it", "fn f() {\nlet Some(«x») = o else {\ng(x) };\ng(x); }", "4"],
    [
      "of a case is seen in its guard and body",
      "fn f() { match e {\nSome(«n») if n > 1 =>\ng(n),\n_ => g(n) } }",
      "2, 3",
    ],
    ["of both ways of a case is one", "fn f() { match e {\nA(«n») | B(n) =>\ng(n), _ => {} } }", "3"],
    ["of a loop is seen in its body", "fn f() {\nfor «i» in i {\ng(i) }\ng(i) }", "3"],
    ["of a closure is seen in it", "fn f() {\nlet c = |«a»| a +\na;\na }", "2, 3"],
    ["of an item is seen before it stands there", "fn f() {\ng();\nfn «g»() {}\n}\nfn h() { g() }", "2"],
    ["of a function around is not seen in one within", "fn f(«a»: i32) {\nfn g() {\na; }\na; }", "4"],
    [
      "of a module is seen within where all is imported",
      "fn «f»() {}\nmod a { use super::*;\nfn g() { f() } }\nmod b {\nfn g() { f() } }",
      "3",
    ],
    ["of a type parameter is seen in the impl", "impl<«T»> S<T> {\nfn f(a: T) {\n} }\nfn g(a: T) {}", "1, 2"],
    ["of a lifetime is its own kind of name", "fn f<'«a»>(a: &'a i32) -> &'a i32 {\na }", "1, 1"],
    ["of a label is seen in its loop", "fn f() {\n'«a»: loop {\nbreak 'a; } }", "3"],
    [
      "is written in the braces of a text",
      'fn f(«a»: i32, b: i32) {\nprintln!("{a} {b:a$} {{a}} {}",\na);\nprintln!("{a}", a = 1); }',
      "2, 2, 3",
    ],
    [
      "is changed by what it lends",
      "fn f() {\nlet mut «a» = 1;\na += 1;\na = 2;\ng(&mut a);\na.b();\na.b = 1;\ng(&a); }",
      "3 update, 4 write, 5 update, 6 update, 7 update, 8",
    ],
  ] as const)
    it(`${what}: ${text.replace(/\s+/g, " ")}`, () => assert.equal(uses(text), expected));

  it("tells what nobody can see", () => {
    const hidden = (text: string) => {
      const root = parse("rust", text);
      return root && bindRust(root, text).opaque.map((it) => [...(it.names ?? ["*"])].join());
    };
    assert.deepEqual(hidden('fn f() { mine!(a, "{b}"); }'), ["a,b"]);
    assert.deepEqual(hidden('fn f() { println!("{}", mine!(a)); }'), ["mine,a"]);
    assert.deepEqual(hidden("#[mine(a)]\nfn f() {}"), ["mine,a", "*"]);
    assert.deepEqual(hidden("use super::a;"), ["super,a"]);
    assert.deepEqual(hidden("fn f() { match e { LOW => 1, _ => 2 }; }"), ["LOW"]);
  });
});
