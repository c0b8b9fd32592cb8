import assert from "node:assert/strict";
import { before, it } from "mocha";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import { withChanges } from "../../src/text/changes.ts";
import { parseFor } from "./source.ts";

/** The parser of the tests of a file, there when the first one runs. */
export function withParser(...languages: readonly string[]): Parse {
  let parse: Parse | undefined;
  before(async () => {
    parse = await parseFor(...languages);
  });
  return (language, text) => parse?.(language, text);
}

/** What is refactored in the tests of a file. */
export interface Marked {
  /** The text after a refactoring of what stands between `«` and `»`, or the code of its refusal. */
  readonly done: (id: string, marked: string, name?: string, path?: string, all?: boolean) => string;
  /** A test for each row: what it is about, the text with its marks, what comes of it. */
  readonly table: (
    id: string,
    name: string | undefined,
    rows: readonly (readonly [string, string, string])[],
  ) => void;
}

/** Refactorings of texts with marks, in files named `file`. */
export function marked(parse: Parse, file: string): Marked {
  return { done, table };

  function done(id: string, text: string, name?: string, path = file, all = false): string {
    const [from, end] = [text.indexOf("«"), text.indexOf("»") - 1];
    const plain = text.replace(/[«»]/g, "");
    const request = { file: { path, text: plain }, from, to: end, others: [] };
    const plan = planned(id, request, { ...(name && { name }), ...(all && { replaceAll: true }) }, parse);
    return plan.kind === "refused" ? plan.code : withChanges(plain, plan.files[0]?.changes ?? []);
  }

  function table(
    id: string,
    name: string | undefined,
    rows: readonly (readonly [string, string, string])[],
  ): void {
    for (const [what, text, expected] of rows)
      it(`${what}: ${text.replace(/\s+/g, " ")}`, () => assert.equal(done(id, text, name), expected));
  }
}
