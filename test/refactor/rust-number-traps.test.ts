import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { hasRust, printedByRust } from "./built.ts";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";

const parse = withParser("rust");
const main = (text: string, before = "") => `${before}fn main() { ${text} }\n`;
const POINT = "struct P(i32, i32);\n";

/** The refactoring, what it is about, the program with its marks, and the code of the refusal; without, it prints the same after. */
const ALL: readonly (readonly [id: string, what: string, text: string, code?: string])[] = [
  [
    "extract-variable",
    "the number of a field",
    main('let p = P(1, 2); println!("{}", p.«0» + p.1);', POINT),
    "extract-variable.selection",
  ],
  [
    "replace-magic-number",
    "the number of a field",
    main('let p = P(1, 2); println!("{}", p.«1» * 60);', POINT),
    "replace-magic-number.place",
  ],
  [
    "extract-variable",
    "numbers of two types",
    main('let a: u64 = 7 - «1»; let b: u32 = 7 - 1; println!("{} {}", a, b);'),
    "extract-variable.all",
  ],
  [
    "extract-variable",
    "sums of two types",
    main(
      'let a: u64 = 2 * («3 + 4»); let b: f32 = 1.0; let c: u8 = 2 * (3 + 4); println!("{} {} {}", a, b, c);',
    ),
    "extract-variable.all",
  ],
  [
    "extract-variable",
    "numbers with a type, more than once",
    main('let a = 7 - «1u64»; let b = 9 - 1u64; println!("{} {}", a, b);'),
  ],
  ["extract-variable", "a number that stands once", main('let a: u64 = 7 - «1»; println!("{}", a);')],
  [
    "extract-constant",
    "a number of a function with attributes",
    main(
      'println!("{}", f());',
      "/// Five.\n#[inline]\n// Why.\n#[allow(dead_code)]\nfn f() -> u8 { 2 + «3u8» }\n",
    ),
  ],
  [
    "replace-magic-number",
    "a number of a test",
    main(
      'println!("{}", f());',
      "fn f() -> u8 { 2 }\n#[test]\nfn t() { let x = f() * «60u8»; assert!(x == 120); }\n",
    ),
  ],
  ["extract-constant", "a byte", main("let a: u8 = «b'0'»; println!(\"{}\", a);")],
  [
    "extract-variable",
    "bytes, computed with",
    main("let a = b'a' - «b'0'»; let c = b'0'; println!(\"{} {}\", a, c);"),
  ],
];

describe("numbers of Rust that have to become names", () => {
  let made: readonly string[] = [];
  let printed: readonly string[] = [];
  const isCode = (text: string) => /^[\w.-]+$/.test(text);
  before(function () {
    this.timeout(200_000);
    made = ALL.map(([id, , text]) => {
      const name = id === "extract-variable" ? "fresh" : "FRESH";
      return after(parse, id, "/p/main.rs", text, { name, replaceAll: true });
    });
    const plain = ALL.map(([, , text]) => text.replace(/[«»]/g, ""));
    if (hasRust)
      printed = printedByRust([...plain, ...made.map((it, at) => (isCode(it) ? (plain[at] ?? "") : it))]);
  });
  for (const [at, [id, what, , code = "same"]] of ALL.entries())
    it(`${id}: ${what}`, () => {
      const text = made[at] ?? "";
      assert.equal(isCode(text) ? text : "same", code, text);
      if (!hasRust) return;
      assert.doesNotMatch(printed[at] ?? "", /does not compile/);
      assert.equal(printed[ALL.length + at], printed[at], text);
    });
});
