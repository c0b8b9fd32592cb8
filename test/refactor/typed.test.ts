import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import type { TypedRename } from "../../src/refactor/typed.ts";
import { parseFor } from "./source.ts";

const TEXT = "class A:\n    size = 1\n\nA.size\nB.size\n";
const file = { path: "/p/a.py", text: TEXT };
const at = TEXT.indexOf("size", TEXT.indexOf("A.size"));

describe("a rename that types tell", () => {
  let parse: Parse;
  before(async () => {
    parse = await parseFor("python");
  });

  function outcome(
    changes: readonly (readonly [from: number, text: string])[],
    more: Partial<TypedRename> = {},
  ) {
    const made = changes.map(([from, text]) => ({ from, to: from + 4, text }));
    const typed: TypedRename = {
      kind: "typed",
      files: [{ path: file.path, before: TEXT, changes: made }],
      warnings: [],
      ...more,
    };
    const plan = planned("rename", { file, from: at, to: at, others: [], typed }, { name: "fresh" }, parse);
    return plan.kind === "refused" ? plan.code : plan.warnings;
  }
  const declared = TEXT.indexOf("size");

  it("is the plan where the trees agree", () =>
    assert.deepEqual(
      outcome([
        [declared, "fresh"],
        [at, "fresh"],
      ]),
      [],
    ));

  it("warns of members that stay where the types may miss some", () =>
    assert.deepEqual(
      outcome(
        [
          [declared, "fresh"],
          [at, "fresh"],
        ],
        { mayMiss: true },
      ),
      ['In "/p/a.py" once a member "size" stays, as one of something else.'],
    ));

  it("is refused where something else than the name would be replaced", () =>
    assert.equal(outcome([[declared + 1, "fresh"]]), "rename.disagreement"));

  it("is refused where something else than the new name would be written", () =>
    assert.equal(outcome([[declared, "fresh()"]]), "rename.disagreement"));

  it("is refused where another text is meant", () =>
    assert.equal(outcome([], { files: [{ path: file.path, before: "", changes: [] }] }), "stale"));
});
