import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { showingModel, withModel } from "../../src/gateway/replace-model.ts";

const name = fc.oneof(
  fc.constantFrom("m", "a/b", 'q"uote', "back\\slash", "grüß 🦊"),
  fc.string({ maxLength: 12 }),
);
/** JSON whose members often bear the name, at any depth. */
const body = fc.dictionary(
  fc.oneof(fc.constantFrom("model", "models", "x"), fc.string({ maxLength: 6 })),
  fc.jsonValue({ maxDepth: 3 }),
  { maxKeys: 6 },
);
/** A JSON text in some writing. */
const written = (value: unknown, spaces: number): string => JSON.stringify(value, null, spaces);

describe("the model in a body", () => {
  it("is replaced at the top and nowhere else", () => {
    fc.assert(
      fc.property(body, name, name, fc.nat(2), (rest, before, after, spaces) => {
        const text = written({ ...rest, model: before, last: [{ model: before }] }, spaces);
        const found = JSON.parse(withModel(text, after)) as Record<string, unknown>;
        assert.deepEqual(found, { ...JSON.parse(text), model: after });
      }),
    );
  });

  it("is the only thing that changes in the bytes", () => {
    fc.assert(
      fc.property(body, name, name, fc.nat(2), (rest, before, after, spaces) => {
        const { model: _, ...others } = rest;
        const text = written({ ...others, model: before, last: 1.5 }, spaces);
        assert.equal(withModel(withModel(text, after), before), text);
      }),
    );
  });

  it("is what the vendor reads, however often and however escaped a client wrote its name", () => {
    for (const text of [
      '{"model":"a","x":1,"model":"b"}',
      '{"mod\\u0065l":"a"}',
      '{"model":"a","\\u006dodel":"b"}',
      '{"model" : "a" , "y":{"model":"b"}, "m\\u006Fdel"\n:\t"c"}',
    ])
      assert.equal((JSON.parse(withModel(text, "new")) as { model: unknown }).model, "new", text);
  });

  it("is left alone where it is no text, or not there", () => {
    for (const text of [
      "{}",
      '{"model":5}',
      '{"model":null,"a":"model"}',
      '["model","a"]',
      '{"a":{"model":"b"}}',
    ])
      assert.equal(withModel(text, "new"), text);
  });
});

describe("the model in an answer", () => {
  it("is shown by the client's name also where that has signs of a replacement", () => {
    assert.equal(showingModel('{"model":"a"}', "a", "$&$1"), '{"model":"$&$1"}');
  });

  it("is shown by the client's name in every event, and words stay as they are", () => {
    fc.assert(
      fc.property(name, name, fc.string(), fc.nat(1), (vendors, clients, words, spaces) => {
        const said = `${words} "model":${JSON.stringify(vendors)}`;
        const event = { model: vendors, message: { model: vendors, text: said }, text: said };
        const shown = JSON.parse(showingModel(written(event, spaces), vendors, clients));
        assert.deepEqual(shown, { model: clients, message: { model: clients, text: said }, text: said });
      }),
    );
  });
});
