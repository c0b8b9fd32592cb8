import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  hunkPlaces,
  hunksBetween,
  isUndoneIn,
  undoneIn,
  withHunk,
  withoutHunk,
} from "../../src/text/hunks.ts";
import { type Hunk, linesWithEnds } from "../../src/text/line-changes.ts";

const line = fc.constantFrom("a", "b", "c", "{", "}", "").map((it) => `${it}\n`);
const text = fc.array(line, { maxLength: 14 }).map((it) => it.join(""));

describe("hunks", () => {
  const cases = [
    { title: "nothing", before: "a\n", after: "a\n", hunks: [] },
    { title: "a new line", before: "a\nb\n", after: "a\nx\nb\n", hunks: [[1, 1, 1, 2]] },
    { title: "a line gone", before: "a\nb\n", after: "a\n", hunks: [[1, 2, 1, 1]] },
    { title: "a changed line", before: "a\nb\nc\n", after: "a\nx\nc\n", hunks: [[1, 2, 1, 2]] },
    {
      title: "two places",
      before: "a\nb\nc\nd\n",
      after: "x\nb\nc\ny\nz\n",
      hunks: [
        [0, 1, 0, 1],
        [3, 4, 3, 5],
      ],
    },
    { title: "a last line without its end", before: "a\nb", after: "a\nb\n", hunks: [[1, 2, 1, 2]] },
  ];
  for (const { title, before, after, hunks } of cases) {
    it(`are found: ${title}`, () => {
      const found = hunksBetween(before, after).map((it) => [it.from, it.to, it.at, it.end]);
      assert.deepEqual(found, hunks);
    });
  }

  it("make the new text when all are made, and the old one when all are taken back", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        // From the end, so that the ones still to come stay where they are.
        const hunks = hunksBetween(before, after).toReversed();
        assert.equal(
          hunks.reduce((it, hunk) => withHunk(it, after, hunk), before),
          after,
        );
        assert.equal(
          hunks.reduce((it, hunk) => withoutHunk(before, it, hunk), after),
          before,
        );
      }),
      { numRuns: 500 },
    );
  });

  it("that were typed into are left, and said to be", () => {
    const [before, after] = ["a\nb\nc\n", "a\nx\ny\nc\n"];
    const [hunk] = hunksBetween(before, after);
    assert.ok(hunk);
    assert.equal(undoneIn("a\nx\nmine\ny\nc\n", before, after, hunk), undefined);
    assert.deepEqual(hunkPlaces("a\nx\nmine\ny\nc\n", after, [hunk]), [undefined]);
  });

  it("that are gone already are known to be", () => {
    const [before, after] = ["a\nb\nc\n", "a\nx\nc\n"];
    const [hunk] = hunksBetween(before, after);
    assert.ok(hunk);
    assert.equal(isUndoneIn("a\nb\nc\nmine\n", before, after, hunk), true);
    assert.equal(isUndoneIn("a\nx\nc\n", before, after, hunk), false);
  });
});

/** What the file should hold: stretches nobody changed, with what the person typed into them, and hunks between. */
type Stretch =
  | { readonly kind: "same"; readonly lines: readonly string[] }
  | {
      readonly kind: "hunk";
      readonly old: readonly string[];
      readonly young: readonly string[];
      readonly state: "open" | "keep" | "undo";
    };

function stretchesOf(before: string, after: string): readonly Stretch[] {
  const [old, young] = [linesWithEnds(before), linesWithEnds(after)];
  const result: Stretch[] = [];
  let copied = 0;
  for (const { from, to, at, end } of hunksBetween(before, after)) {
    result.push({ kind: "same", lines: old.slice(copied, from) });
    result.push({ kind: "hunk", old: old.slice(from, to), young: young.slice(at, end), state: "open" });
    copied = to;
  }
  return [...result, { kind: "same", lines: old.slice(copied) }];
}

function linesOf(part: Stretch): readonly string[] {
  if (part.kind === "same") return part.lines;
  return part.state === "undo" ? part.old : part.young;
}

function textOf(parts: readonly Stretch[]): string {
  return parts.flatMap(linesOf).join("");
}

type Deed =
  | { readonly kind: "type"; readonly where: number; readonly at: number }
  | { readonly kind: "keep" | "undo"; readonly which: number };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant("type" as const), where: fc.nat(), at: fc.nat() }),
  fc.record({ kind: fc.constantFrom("keep" as const, "undo" as const), which: fc.nat() }),
);

/** What was, what the agent made of it, and the file now. */
interface Review {
  readonly before: string;
  readonly after: string;
  readonly now: string;
}

function decided({ before, after, now }: Review, kind: "keep" | "undo", hunk: Hunk): Review {
  if (kind === "keep") return { before: withHunk(before, after, hunk), after, now };
  const left = undoneIn(now, before, after, hunk);
  assert.ok(left !== undefined, "it was refused");
  return { before, after: withoutHunk(before, after, hunk), now: left };
}

describe("keeping and undoing hunks in any order, with typing in between", () => {
  it("leaves the file as if only the kept hunks had been made", function () {
    this.timeout(60_000);
    const numbers = fc.uniqueArray(fc.nat(999), { minLength: 1, maxLength: 24 });
    const edits = fc.array(fc.tuple(fc.nat(), fc.constantFrom("add", "drop", "swap")), { maxLength: 6 });
    let decisions = 0;
    const play = (review: Review, deeds: readonly Deed[]) => {
      let [state, model, typed] = [review, stretchesOf(review.before, review.after), 0];
      for (const it of deeds) {
        if (it.kind === "type") {
          model = withTyped(model, it.where, it.at, `mine ${typed++}\n`);
          state = { ...state, now: textOf(model) };
          continue;
        }
        const open = hunksBetween(state.before, state.after);
        const hunk = open[it.which % Math.max(1, open.length)];
        if (!hunk) continue;
        state = decided(state, it.kind, hunk);
        model = withState(model, open.indexOf(hunk), it.kind);
        assert.equal(state.now, textOf(model));
        decisions++;
      }
    };
    fc.assert(
      fc.property(numbers, edits, fc.array(deed, { maxLength: 12 }), (old, changes, deeds) => {
        const lines = old.map((it) => `${it}\n`);
        const young = changes.reduce(edited, lines);
        play({ before: lines.join(""), after: young.join(""), now: young.join("") }, deeds);
      }),
      { numRuns: 10_000 },
    );
    assert.ok(decisions > 10_000, `${decisions}`);
  });
});

function edited(lines: readonly string[], [at, what]: readonly [number, string], index: number): string[] {
  const place = at % (lines.length + 1);
  if (what === "add") return lines.toSpliced(place, 0, `new ${index}\n`);
  if (what === "drop") return lines.toSpliced(place, 1);
  return lines.toSpliced(place, 1, `other ${index}\n`, `more ${index}\n`);
}

/** Types between hunks; also right beside one, unless that has no line there that tells where it is. */
function withTyped(model: readonly Stretch[], where: number, at: number, line: string): readonly Stretch[] {
  const index = (where % Math.ceil(model.length / 2)) * 2;
  const part = model[index];
  if (part?.kind !== "same") return model;
  const [above, below] = [model[index - 1], model[index + 1]];
  const first = above && linesOf(above).length === 0 ? 1 : 0;
  const last = part.lines.length - (below && linesOf(below).length === 0 ? 1 : 0);
  if (last < first) return model;
  const lines = part.lines.toSpliced(first + (at % (last - first + 1)), 0, line);
  return model.toSpliced(index, 1, { kind: "same", lines });
}

/** The model after a decision on the open hunk number `which`. */
function withState(model: readonly Stretch[], which: number, state: "keep" | "undo"): readonly Stretch[] {
  const open = model.flatMap((it, index) => (it.kind === "hunk" && it.state === "open" ? [index] : []));
  const index = open[which] ?? -1;
  const part = model[index];
  assert.ok(part?.kind === "hunk");
  return model.toSpliced(index, 1, { ...part, state });
}
