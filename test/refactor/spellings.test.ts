import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { marked, withParser } from "./marked.ts";

const parse = withParser("rust", "javascript", "python");
const rust = marked(parse, "/p/a.rs");
const python = marked(parse, "/p/a.py");
const script = marked(parse, "/p/a.mjs");

describe("names in another spelling, in Rust", () => {
  rust.table("rename", "b", [
    ["are taken", "fn f() -> i32 { let r#b = 1; let «x» = 2; x + r#b }\n", "name.taken"],
    ["are not renamed where they are declared", "fn f() -> i32 { let «r#a» = 1; a }\n", "rename.raw"],
    ["are not renamed with one of them", "fn f() -> i32 { let «a» = 1; a + r#a }\n", "opaque"],
    ["may stand in a text", 'fn f() { let «r#type» = 1; println!("{type}"); }\n', "rename.raw"],
    [
      "are others than a text that looks like one",
      'fn f() -> i32 { let «a» = 1; g(r#"b"#); a }\n',
      'fn f() -> i32 { let b = 1; g(r#"b"#); b }\n',
    ],
  ]);
  rust.table("extract-variable", "b", [
    ["are taken by a new one", "fn f() -> i32 { let r#b = 1; g(«1 + 2»); r#b }\n", "name.taken"],
  ]);
  rust.table("inline-variable", undefined, [
    ["are uses, too", "fn f() -> i32 { let «a» = 1; g(a); r#a }\n", "opaque"],
  ]);
});

describe("names in another spelling, in JavaScript", () => {
  it("are others than a text that looks like one", () => {
    const text = 'export function f() { let «a» = 1; return a + "\\u0062"; }\n';
    assert.equal(script.done("rename", text, "b"), text.replace("«a»", "b").replace("return a", "return b"));
  });
  script.table("rename", "b", [
    [
      "are not renamed where they are declared",
      "export function f() { let «\\u0061» = 1; return a; }\n",
      "opaque",
    ],
    ["are taken", "export function f() { let \\u0062 = 1, «x» = 2; return x + \\u0062; }\n", "name.taken"],
    [
      "are taken in braces",
      "export function f() { let \\u{62} = 1, «x» = 2; return x + \\u{62}; }\n",
      "name.taken",
    ],
    [
      "are not renamed with one of them",
      "export function f() { let «a» = 1; return a + \\u0061; }\n",
      "opaque",
    ],
  ]);
  script.table("extract-variable", "b", [
    [
      "are taken by a new one",
      "export function f() { const \\u0062 = 1; g(«1 + 2»); return \\u0062; }\n",
      "name.taken",
    ],
  ]);
  script.table("inline-variable", undefined, [
    ["are uses, too", "export function f() { const «a» = 1; return a + \\u0061; }\n", "opaque"],
  ]);
});

describe("names in another spelling, in Python", () => {
  python.table("rename", "fi", [
    ["are taken", "def f():\n    ﬁ = 1\n    «x» = 2\n    return ﬁ + x\n", "name.taken"],
    [
      "are others than a text that looks like one",
      'def f():\n    «x» = 2\n    return x, "ﬁ"\n',
      'def f():\n    fi = 2\n    return fi, "ﬁ"\n',
    ],
  ]);
  python.table("rename", "b", [
    ["are not renamed with one of them", "def f():\n    «fi» = 1\n    return ﬁ + fi\n", "opaque"],
  ]);
});
