import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { mergeListed } from "../../src/model/anthropic-models.ts";
import { CATALOG, catalogued } from "../../src/model/catalog.ts";
import { EFFORTS } from "../../src/model/conversation.ts";
import { STAND_IN_MODELS } from "../support/stand-in/models.ts";

describe("the catalogue", () => {
  for (const real of STAND_IN_MODELS) {
    it(`says of ${real.id} what the API accepts`, () => {
      const ours = catalogued(real.id);
      assert.ok(ours);
      assert.deepEqual([ours.info.contextWindow, ours.info.maxOutput], [real.window, real.cap]);
      assert.deepEqual([...ours.info.efforts], [...real.efforts]);
      assert.equal(ours.adaptive, real.thinking.includes("adaptive"));
      assert.equal(ours.systemMessages, real.systemMessages);
    });
  }

  it("names every model once, and efforts in their order", () => {
    assert.equal(new Set(CATALOG.map((it) => it.info.id)).size, CATALOG.length);
    for (const { info } of CATALOG)
      assert.deepEqual(
        info.efforts,
        EFFORTS.filter((it) => info.efforts.includes(it)),
      );
  });

  it("knows a model by its dated id", () => {
    assert.equal(catalogued("claude-haiku-4-5-20251001")?.info.id, "claude-haiku-4-5-20251001");
    assert.equal(catalogued("claude-haiku-4-5-20251001")?.info.rates?.output, 5);
  });
});

describe("mergeListed", () => {
  it("lets the list go before the table, and keeps the table's price", () => {
    const [model] = mergeListed([
      {
        id: "claude-opus-5",
        max_tokens: 7,
        capabilities: { effort: { supported: true, low: { supported: true } } },
      },
    ]);
    assert.equal(model?.info.maxOutput, 7);
    assert.deepEqual(model?.info.efforts, ["low"]);
    assert.equal(model?.info.rates?.input, 5);
  });

  it("puts models it does not know behind, without a price", () => {
    const models = mergeListed([{ id: "claude-next-9", max_input_tokens: 5 }, { id: "claude-opus-5" }]);
    assert.deepEqual(
      models.map((it) => it.info.id),
      ["claude-opus-5", "claude-next-9"],
    );
    assert.equal(models[1]?.info.rates, undefined);
    assert.equal(models[1]?.info.contextWindow, 5);
  });

  it("leaves out retired models, and takes the table when nothing is left", () => {
    assert.equal(mergeListed([{ id: "claude-opus-5", lifecycle: "retired" }, null, 7, {}]), CATALOG);
  });
});
