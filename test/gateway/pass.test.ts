import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, it } from "mocha";
import { passage, wholeText } from "../../src/gateway/pass.ts";
import { EXTRACTORS, type Extracted, type Extractor } from "../../src/model/extractors.ts";
import { anthropicForm, chatForm, geminiForm, responsesForm } from "../support/vendor-forms.ts";

const WORDS = 'grüß 🦊 "usage" [DONE] {"model":"x"}\n\ndata: no';
const KINDS = [
  ["anthropic", anthropicForm],
  ["openai-chat", chatForm],
  ["openai-responses", responsesForm],
  ["gemini", geminiForm],
] as const;

/** The bytes in pieces that end at these places. */
function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...new Set(places.map((it) => it % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...ends].map((from, index) => bytes.subarray(from, ends[index] ?? bytes.length));
}

function extractorOf(name: string): Extractor {
  const it = EXTRACTORS[name];
  assert.ok(it);
  return it;
}

function isWhole(name: string, so: Extracted): boolean {
  return so.isWhole || (extractorOf(name).endsWithStop && so.stop !== "");
}

describe("a stream that is passed on", () => {
  for (const [name, form] of KINDS) {
    const text = form.pieces(WORDS).join("");
    const bytes = Buffer.from(text);
    const cuts = fc.array(fc.nat(bytes.length), { maxLength: 30 });

    it(`is the same bytes however they come, and tells its tokens and its end (${name})`, () => {
      fc.assert(
        fc.property(cuts, (places) => {
          const passing = passage(extractorOf(name), undefined);
          const out = cut(bytes, places).map((it) => Buffer.from(passing.take(it)));
          assert.equal(passing.end(), "");
          assert.ok(Buffer.concat(out).equals(bytes));
          assert.deepEqual([passing.so.usage.input, passing.so.usage.output], [20, 7]);
          assert.ok(isWhole(name, passing.so) && passing.so.error === undefined);
        }),
      );
    });

    it(`differs in the model's name only, where the client has another (${name})`, () => {
      fc.assert(
        fc.property(cuts, (places) => {
          const passing = passage(extractorOf(name), { vendors: form.model, clients: "house" });
          let out = "";
          for (const it of cut(bytes, places)) out += Buffer.from(passing.take(it)).toString();
          out += passing.end();
          assert.equal(out.replaceAll('"house"', JSON.stringify(form.model)), text);
          assert.ok(!out.includes(`"model":"${form.model}"`));
        }),
      );
    });

    it(`knows between which bytes something may be put (${name})`, () => {
      const passing = passage(extractorOf(name), undefined);
      for (let at = 0; at < bytes.length; at++) {
        passing.take(bytes.subarray(at, at + 1));
        assert.equal(
          passing.isBetweenEvents(),
          bytes
            .subarray(0, at + 1)
            .toString("latin1")
            .endsWith("\n\n"),
          `at ${at}`,
        );
      }
    });

    it(`is not whole wherever it is cut off before its end (${name})`, () => {
      const pieces = form.pieces(WORDS);
      for (let kept = 0; kept < pieces.length - form.spare - (form.spare === 0 ? 1 : 0); kept++) {
        const passing = passage(extractorOf(name), undefined);
        passing.take(Buffer.from(pieces.slice(0, kept).join("")));
        passing.end();
        assert.ok(!isWhole(name, passing.so), `${kept}`);
      }
    });
  }
});

describe("a line without end that is passed on", () => {
  it("is refused instead of kept, whether the model has another name or not", () => {
    for (const renamed of [undefined, { vendors: "a", clients: "b" }]) {
      const passing = passage(extractorOf("anthropic"), renamed);
      const piece = Buffer.alloc(8 * 1024 * 1024, "x");
      assert.throws(() => {
        for (let it = 0; it < 6; it++) passing.take(piece);
      }, RangeError);
    }
  });
});

describe("a whole body", () => {
  it("is the text however its bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.array(fc.nat(50)), async (text, places) => {
        const pieces = cut(Buffer.from(text), places);
        const body = (async function* () {
          yield* pieces;
        })();
        assert.equal(await wholeText(body), text.toWellFormed());
      }),
    );
  });
});
