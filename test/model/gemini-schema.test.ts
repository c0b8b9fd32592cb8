import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { Json, JsonObject } from "../../src/model/conversation.ts";
import { geminiParameters, geminiSchema, jsonSchemaForGemini } from "../../src/model/gemini/schema.ts";

const property = (schema: JsonObject): JsonObject => ({ type: "object", properties: { it: schema } });
const cleaned = (schema: JsonObject, more: JsonObject = {}) =>
  (geminiSchema({ ...property(schema), ...more })["properties"] as JsonObject)["it"];

describe("a schema for Gemini", () => {
  for (const [what, schema, expected] of [
    [
      "drops keywords that are not known",
      { type: "string", $comment: "x", contentEncoding: "base64" },
      { type: "string" },
    ],
    ["drops a default", { type: "string", default: "x" }, { type: "string" }],
    [
      "drops limits that are not known",
      { type: "integer", exclusiveMinimum: 0, multipleOf: 2 },
      { type: "integer" },
    ],
    [
      "keeps limits that are",
      { type: "integer", minimum: 0, maximum: 9 },
      { type: "integer", minimum: 0, maximum: 9 },
    ],
    ["makes a constant an enumeration", { const: "a" }, { type: "string", enum: ["a"] }],
    [
      "writes numbers in an enumeration as texts",
      { type: "integer", enum: [1, 2] },
      { type: "string", enum: ["1", "2"] },
    ],
    [
      "takes null out of an enumeration",
      { enum: ["a", null] },
      { nullable: true, type: "string", enum: ["a"] },
    ],
    ["takes null out of types", { type: ["string", "null"] }, { nullable: true, type: "string" }],
    ["takes the first of several types", { type: ["integer", "string"] }, { type: "integer" }],
    [
      "takes null out of choices",
      { anyOf: [{ type: "string" }, { type: "null" }] },
      { nullable: true, type: "string" },
    ],
    [
      "writes exclusive choices as open ones",
      { oneOf: [{ type: "string" }, { type: "integer" }] },
      { anyOf: [{ type: "string" }, { type: "integer" }] },
    ],
    ["keeps known formats", { type: "string", format: "date-time" }, { type: "string", format: "date-time" }],
    ["drops unknown formats", { type: "string", format: "uri" }, { type: "string" }],
    ["gives a list its items", { type: "array" }, { type: "array", items: { type: "string" } }],
    [
      "takes the first of a tuple",
      { type: "array", prefixItems: [{ type: "integer" }, { type: "string" }] },
      { type: "array", items: { type: "integer" } },
    ],
    [
      "filters what is required",
      { type: "object", properties: { a: { type: "string" } }, required: ["a", "b"] },
      { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    ],
    [
      "guesses an object by its properties",
      { properties: { a: { type: "string" } } },
      { type: "object", properties: { a: { type: "string" } } },
    ],
    ["cuts a reference that leads nowhere", { $ref: "#/$defs/none" }, { type: "object" }],
    [
      "keeps properties whose choice is only what is required",
      {
        type: "object",
        properties: { a: { type: "string" } },
        anyOf: [{ required: ["a"] }, { required: ["b"] }],
      },
      { type: "object", properties: { a: { type: "string" } } },
    ],
    [
      "gives choices the type that is said once for all",
      { type: "string", anyOf: [{ pattern: "a" }, { minLength: 2 }] },
      {
        anyOf: [
          { type: "string", pattern: "a" },
          { type: "string", minLength: 2 },
        ],
      },
    ],
    ["leaves nothing of what is no type", { type: "file" }, {}],
  ] as const) {
    it(what, () => assert.deepEqual(cleaned(schema as unknown as JsonObject), expected));
  }

  it("keeps properties that are called like keywords, and dots in names", () => {
    const names = ["default", "title", "$ref", "const", "a.b", "additionalProperties"];
    const properties = Object.fromEntries(names.map((it) => [it, { type: "string" }]));
    assert.deepEqual(geminiSchema({ type: "object", properties })["properties"], properties);
  });

  it("inlines references within references, with what stands beside them", () => {
    const $defs = { a: { $ref: "#/$defs/b" }, b: { type: "integer" } };
    assert.deepEqual(cleaned({ $ref: "#/$defs/a", description: "d" }, { $defs }), {
      description: "d",
      type: "integer",
    });
  });

  it("cuts recursion", () => {
    const node = { type: "object", properties: { next: { $ref: "#/$defs/node" } } };
    const text = JSON.stringify(cleaned({ $ref: "#/$defs/node" }, { $defs: { node } }));
    assert.ok(!text.includes("$ref") && text.length < 500, text);
  });

  it("does not grow without end where references double", () => {
    const defs = Array.from({ length: 20 }, (_, at) => {
      const next = { $ref: `#/$defs/d${at + 1}` };
      return [`d${at}`, { type: "object", properties: { a: next, b: next }, allOf: [next, next] }] as const;
    });
    const $defs = { ...Object.fromEntries(defs), d20: { type: "string" } };
    assert.ok(JSON.stringify(cleaned({ $ref: "#/$defs/d0" }, { $defs })).length < 1_000_000);
  });

  it("merges what must hold at once", () => {
    const allOf = [
      { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
      { properties: { b: { type: "integer" } }, required: ["b"] },
    ];
    assert.deepEqual(cleaned({ allOf }), {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "integer" } },
      required: ["a", "b"],
    });
  });

  it("makes one object of a root that is a choice", () => {
    const anyOf = [{ properties: { a: { type: "string" } } }, { properties: { b: { type: "string" } } }];
    const properties = geminiParameters({ anyOf } as JsonObject)?.["properties"];
    assert.deepEqual(Object.keys(properties as JsonObject), ["a", "b"]);
  });

  it("is left out for a function without arguments", () => {
    for (const it of [{}, { type: "object" }, { type: "object", properties: {} }]) {
      assert.equal(geminiParameters(it), undefined);
    }
  });

  it("stays nearly as it is where JSON Schema is taken", () => {
    const given = {
      $schema: "x",
      ...property({ const: 1 }),
      $defs: { const: { type: "string", minLength: 2 } },
    };
    const { $schema: _, ...rest } = given;
    assert.deepEqual(jsonSchemaForGemini(given), { ...rest, ...property({ enum: [1] }) });
  });

  it("is the same for any JSON twice, and holds only known keywords", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const once = geminiSchema(value as Json);
        assert.deepEqual(geminiSchema(value as Json), once);
        assert.deepEqual(geminiSchema(once), once);
      }),
    );
  });
});
