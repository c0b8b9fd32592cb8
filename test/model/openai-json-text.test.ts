import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { inputOf, repairedInput } from "../../src/model/openai-chat/input.ts";
import { closingOf, lenientValue, objectScan } from "../../src/model/openai-chat/json-text.ts";
import { contextOf, deriveModel, showModel } from "../../src/model/openai-chat/ollama.ts";

const objects = fc.dictionary(fc.string(), fc.jsonValue());

describe("arguments of a call", () => {
  it("mean what JSON means", () => {
    fc.assert(
      fc.property(objects, (value) => {
        const text = JSON.stringify(value);
        assert.deepEqual(inputOf(text), JSON.parse(text));
        assert.deepEqual(lenientValue(text), { value: JSON.parse(text) as unknown, end: text.length });
      }),
    );
  });

  it("mean an object wherever they break off", () => {
    fc.assert(
      fc.property(objects, fc.nat(200), (value, cut) => {
        const text = JSON.stringify(value);
        const broken = text.slice(0, 1 + (cut % text.length));
        assert.equal(typeof repairedInput(broken), "object");
        const closing = closingOf(broken);
        if (closing !== undefined) assert.equal(typeof JSON.parse(broken + closing), "object");
      }),
    );
  });

  it("of whatever signs are read without a fault", () => {
    const signs = fc.string({ unit: fc.constantFrom(..."{}[]:,\"'\\\n ab1-etn") });
    fc.assert(
      fc.property(signs, (text) => void repairedInput(text)),
      { numRuns: 2000 },
    );
  });

  it("are whole with the brace that closes them, however they are cut", () => {
    fc.assert(
      fc.property(objects, fc.nat(100), (value, cut) => {
        const text = JSON.stringify(value);
        const at = cut % text.length;
        const scan = objectScan();
        assert.deepEqual(scan.feed(text.slice(0, at)), { text: text.slice(0, at), isWhole: false });
        assert.deepEqual(scan.feed(`${text.slice(at)} {}`), { text: text.slice(at), isWhole: true });
      }),
    );
  });
});

describe("the context of a model at Ollama", () => {
  it("is what it was made for and what it is run with", () => {
    const shown = {
      model_info: { "general.parameter_count": 7, "qwen2.context_length": 32_768 },
      parameters: "stop x\nnum_ctx    8192\n",
    };
    assert.deepEqual(contextOf(shown), { inEffect: 8192, possible: 32_768 });
  });

  it("is not known where the server does not tell", () => {
    for (const shown of [null, 7, {}, { model_info: [], parameters: 7 }])
      assert.deepEqual(contextOf(shown), { inEffect: undefined, possible: undefined });
  });

  it("is asked of the server, and raised by a model of another name", () => {
    assert.deepEqual(showModel("q:7b"), { path: "/api/show", body: { model: "q:7b" } });
    assert.deepEqual(deriveModel("q:7b", 32_768), {
      name: "q-7b-32768",
      path: "/api/create",
      body: { model: "q-7b-32768", from: "q:7b", parameters: { num_ctx: 32_768 }, stream: false },
    });
  });
});
