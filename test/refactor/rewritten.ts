import assert from "node:assert/strict";
import { it } from "mocha";
import type { Parse } from "../../src/refactor/engine.ts";
import type { Options } from "../../src/refactor/refactoring.ts";
import { after, rerun } from "./rerun.ts";

/** What it is about, the file's ending, the text with its marks, what comes of it or the code of the refusal. */
export type Row = readonly [string, string, string, string];

/** A test for each row. */
export function rewritten(parse: Parse, id: string, rows: readonly Row[], options: Options = {}): void {
  for (const [what, extension, text, expected] of rows)
    it(`${extension}: ${what}`, () =>
      assert.equal(after(parse, id, `/p/a.${extension}`, text, options), expected));
}

/** The file's ending, what it is about, the program with its marks, the code of the refusal; "same" where it prints the same after. */
export type Program = readonly [string, string, string, string?];

/** A test for each program: it is refused, or run before and after. */
export function reran(parse: Parse, id: string, programs: readonly Program[], options: Options = {}): void {
  for (const [extension, what, program, expected = "same"] of programs)
    it(`${extension}: ${what}`, () => assert.equal(rerun(parse, id, extension, program, options), expected));
}
