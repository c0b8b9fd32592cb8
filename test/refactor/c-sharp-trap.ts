import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { Parse } from "../../src/refactor/engine.ts";
import type { Options } from "../../src/refactor/refactoring.ts";
import { hasCSharp, printedByCSharp } from "./c-sharp-programs.ts";
import { after } from "./rerun.ts";

/** What is done, what the trap is, the program with its marks or what stands in its `Main`, the code of the refusal where it is refused. */
export type Trap = readonly [string, string, string, string?];

/** `P` prints; `Next` counts its calls. */
function program(text: string): string {
  if (/\bclass Program\b/.test(text)) return text;
  return `using System;
using System.Collections.Generic;
using System.Linq;
public class Program {
  static int calls;
  static int Next() { return ++calls; }
  static void P(object it) { Console.WriteLine(it); }
  static void Q(long it) { Console.WriteLine("long " + it); }
  static void Q(int it) { Console.WriteLine("int " + it); }
  static void Q(byte it) { Console.WriteLine("byte " + it); }
  static void Q(object it) { Console.WriteLine("object " + it); }
  static void R(ref int it) { it++; }
  static void M(object a, object b) { P(a); P(b); }
  static void F(object it) { P("object"); }
  static void F(FormattableString it) { P("parts"); }
  struct S { public int A; public void Up() { A++; } }
  class C { public int A; public S B; public C D; public void Up() { A++; } }
  public static void Main() {
    ${text}
  }
}
`;
}

/** A test for each trap: it is refused, or the program prints the same after; without a compiler, whether it is refused. */
export function trapContract(what: string, traps: readonly Trap[], parse: Parse): void {
  describe(`traps of C# where ${what}`, () => {
    let made: readonly string[] = [];
    let printed: readonly string[] = [];
    before(function () {
      this.timeout(120_000);
      const texts = traps.map(([, , text]) => program(text));
      made = traps.map(([how], at) => {
        const [id = "", name, scope] = how.split(" ");
        const options: Options = {
          ...(name && { name }),
          ...(scope === "all" ? { replaceAll: true } : scope && { scope }),
        };
        return after(parse, id, "/p/Program.cs", texts[at] ?? "", options);
      });
      if (hasCSharp) printed = printedByCSharp([...texts.map((it) => it.replace(/[«»]/g, "")), ...made]);
    });
    traps.forEach(([how, about, , expected], at) => {
      it(`${how}: ${about}`, () => {
        const text = made[at] ?? "";
        const isRefused = /^[\w.-]+$/.test(text);
        if (expected !== undefined || isRefused) assert.equal(text, expected);
        const [was, is] = [printed[at], printed[at + traps.length]];
        if (hasCSharp) assert.doesNotMatch(was ?? "", /^does not compile/);
        if (hasCSharp && !isRefused) assert.equal(is, was, text);
      });
    });
  });
}
