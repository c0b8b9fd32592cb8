import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { geminiWireWith } from "../../src/model/gemini/wire.ts";
import { GEMINI_MODELS, geminiInfo, geminiInfos, mergeGeminiListed } from "../../src/model/gemini-models.ts";

const input = (day?: string) => geminiInfo("gemini-4-argon", day)?.rates?.input;

describe("the table of Gemini's models", () => {
  for (const [day, expected] of [
    ["2026-11-30", 2],
    ["2026-12-01", 4],
    ["2027-05-01", 4],
    // No day, or one before all prices: never too low.
    [undefined, 4],
    ["2026-01-01", 4],
  ] as const) {
    it(`tells the price of a model on ${day}`, () => assert.equal(input(day), expected));
  }

  it("names each model once, with prices in the order of their days", () => {
    assert.equal(new Set(GEMINI_MODELS.map((it) => it.id)).size, GEMINI_MODELS.length);
    for (const { prices } of GEMINI_MODELS) {
      assert.deepEqual(
        prices.map((it) => it.from),
        prices.map((it) => it.from).toSorted(),
      );
    }
  });

  it("knows a higher price above a length, and no price of what has none", () => {
    assert.equal(geminiInfo("models/gemini-3.1-pro-preview")?.ratesAbove?.rates.output, 18);
    assert.equal(geminiInfo("gemini-4-carbon")?.rates, undefined);
    assert.equal(geminiInfo("gemini-2.5-pro"), undefined);
  });

  it("comes in its order when the vendor lists models, with what is new behind", () => {
    const models = [
      { name: "models/gemini-9-new", displayName: "New", inputTokenLimit: 9, outputTokenLimit: 3 },
      { name: "models/gemini-3.8-flash", supportedGenerationMethods: ["generateContent"] },
      { name: "models/gemini-4-argon" },
      { name: "models/embedding", supportedGenerationMethods: ["embedContent"] },
      { novel: true },
    ];
    const found = mergeGeminiListed({ models });
    assert.deepEqual(
      found.map((it) => it.id),
      ["gemini-4-argon", "gemini-3.8-flash", "gemini-9-new"],
    );
    assert.deepEqual([found[2]?.name, found[2]?.contextWindow, found[2]?.rates], ["New", 9, undefined]);
  });

  it("stands for a list that is of no use", () => {
    for (const body of [undefined, {}, { models: 5 }, { models: [] }])
      assert.deepEqual(mergeGeminiListed(body), geminiInfos());
  });

  it("knows the day where the wire does", () => {
    const wire = geminiWireWith({ today: () => "2026-11-30" });
    assert.equal(wire.list?.read({})[0]?.rates?.input, 2);
  });
});
