import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { Parse } from "../../src/refactor/engine.ts";
import type { Options } from "../../src/refactor/refactoring.ts";
import { hasJava, printedByJava } from "./java-programs.ts";
import { after } from "./rerun.ts";

/** What is done, what the trap is, the program with its marks or what stands in its `main`, the code of the refusal where it is refused. */
export type Trap = readonly [string, string, string, string?];

/** `p` prints; `next` counts its calls. */
function program(text: string): string {
  if (/\bclass Main\b/.test(text)) return text;
  return `import java.util.*;
import java.util.function.*;
public class Main {
  static int calls;
  static int next() { return ++calls; }
  static void p(Object it) { System.out.println(it); }
  static void q(long it) { System.out.println("long " + it); }
  static void q(int it) { System.out.println("int " + it); }
  static void q(Object it) { System.out.println("object " + it); }
  public static void main(String[] args) throws Exception {
    ${text}
  }
}
`;
}

/** A test for each trap: it is refused, or the program prints the same after; without a compiler, whether it is refused. */
export function trapContract(what: string, traps: readonly Trap[], parse: Parse): void {
  describe(`traps of Java where ${what}`, () => {
    let made: readonly string[] = [];
    let printed: readonly string[] = [];
    before(function () {
      this.timeout(60_000);
      const texts = traps.map(([, , text]) => program(text));
      made = traps.map(([how], at) => {
        const [id = "", name, scope] = how.split(" ");
        const options: Options = { ...(name && { name }), ...(scope && { scope }) };
        return after(parse, id, "/p/Main.java", texts[at] ?? "", options);
      });
      if (hasJava) printed = printedByJava([...texts.map((it) => it.replace(/[«»]/g, "")), ...made]);
    });
    traps.forEach(([how, about, , expected], at) => {
      it(`${how}: ${about}`, () => {
        const text = made[at] ?? "";
        const isRefused = /^[\w.-]+$/.test(text);
        if (expected !== undefined || isRefused) assert.equal(text, expected);
        const [was, is] = [printed[at], printed[at + traps.length]];
        if (hasJava) assert.doesNotMatch(was ?? "", /^(does not compile|failed)/);
        if (hasJava && !isRefused) assert.equal(is, was, text);
      });
    });
  });
}
