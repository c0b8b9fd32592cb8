import type { Json, JsonObject } from "../conversation.ts";
import { countOf, recordOf, textOf } from "../record.ts";
import { flattened, type Raw, resolved } from "./schema-references.ts";

/**
 * A JSON Schema in the subset that `FunctionDeclaration.parameters` and `responseSchema` take (Gemini API reference,
 * Schema: https://ai.google.dev/api/caching#Schema): references inlined, recursion cut, one type a schema, texts as
 * values of `enum`, and no other keyword. Equal schemas give equal results.
 */
export function geminiSchema(schema: Json | undefined): JsonObject {
  const budget = { left: MOST_SCHEMAS };
  return clean(recordOf(schema), { root: recordOf(schema), chain: [], budget });
}

/** The same as the parameters of a function: an object at the root; `undefined`: the function takes no arguments. */
export function geminiParameters(schema: Json | undefined): JsonObject | undefined {
  const cleaned = geminiSchema(asObject(recordOf(schema), recordOf(schema), []) as JsonObject);
  const properties = recordOf(cleaned["properties"]);
  return Object.keys(properties).length === 0 ? undefined : { ...cleaned, type: "object" };
}

/**
 * A schema for `parametersJsonSchema` and `responseJsonSchema`, which take references and most keywords, but not
 * `const` (https://ai.google.dev/gemini-api/docs/structured-output).
 */
export function jsonSchemaForGemini(schema: Json | undefined): JsonObject {
  return lightly(recordOf(schema), 0);
}

/** Schemas beyond this are cut: references that double at each level would grow without end. */
const MOST_SCHEMAS = 5_000;
const DEEPEST = 40;

interface Place {
  readonly root: Raw;
  /** References that led here. */
  readonly chain: readonly string[];
  readonly budget: { left: number };
}

const CUT: JsonObject = { type: "object" };

function clean(given: Raw, from: Place): JsonObject {
  if (from.budget.left-- <= 0) return CUT;
  const found = resolved(given, from.root, from.chain);
  if (found === undefined) return CUT;
  const place = { ...from, chain: found.chain };
  const { schema, nullable } = withoutNull(flattened(found.schema, from.root));
  const members = [
    ...kept(schema, ["title", "description"]),
    ...(nullable ? [["nullable", true] as const] : []),
    ...shapeOf(schema, place),
  ];
  return Object.fromEntries(members);
}

type Member = readonly [string, Json];

function shapeOf(whole: Raw, place: Place): readonly Member[] {
  // Choices beside properties say which of them belong together, for which there is no word.
  const schema = isRecord(whole["properties"]) ? asObject(whole, place.root, place.chain) : whole;
  const choices = choicesOf(schema)
    .map((it) => clean({ ...typeFor(schema, it), ...it }, place))
    .filter((it) => Object.keys(it).length > 0);
  if (choices.length > 0) return [["anyOf", choices]];
  const values = valuesOf(schema);
  if (values.length > 0) {
    return [
      ["type", "string"],
      ["enum", values],
    ];
  }
  const type = typeOf(schema);
  const format = textOf(schema["format"]);
  return [
    ...(type !== undefined ? [["type", type] as const] : []),
    ...(format !== undefined && FORMATS.has(format) ? [["format", format] as const] : []),
    ...(type === "object" ? objectOf(schema, place) : []),
    ...(type === "array" ? arrayOf(schema, place) : []),
    ...limitsOf(schema),
  ];
}

const FORMATS = new Set(["date-time", "enum", "int32", "int64", "float", "double"]);
const TYPES = new Set(["string", "number", "integer", "boolean", "array", "object"]);

/** The first type that is none of null; guessed from other members where none is said. */
function typeOf(schema: Raw): string | undefined {
  const said = namedTypes(schema).find((it) => TYPES.has(it));
  if (said !== undefined) return said;
  if (isRecord(schema["properties"])) return "object";
  return schema["items"] !== undefined || schema["prefixItems"] !== undefined ? "array" : undefined;
}

function namedTypes(schema: Raw): readonly string[] {
  const type = schema["type"];
  const all: readonly unknown[] = Array.isArray(type) ? type : [type];
  return all.filter((it) => typeof it === "string").map((it) => it.toLowerCase());
}

/** The schema without the choice of null, and whether it had it. */
function withoutNull(schema: Raw): { readonly schema: Raw; readonly nullable: boolean } {
  const choices = choicesOf(schema);
  const solid = choices.filter((it) => !isNull(it));
  const values = Array.isArray(schema["enum"]) ? schema["enum"] : [];
  const nullable =
    schema["nullable"] === true ||
    namedTypes(schema).includes("null") ||
    values.includes(null) ||
    solid.length < choices.length;
  const { anyOf: _, oneOf: __, ...rest } = schema;
  const [single] = solid;
  if (solid.length === 1 && single !== undefined) {
    return { schema: { ...rest, ...single, ...described(rest, single) }, nullable };
  }
  return { schema: solid.length > 0 ? { ...rest, anyOf: solid } : rest, nullable };
}

function described(outer: Raw, inner: Raw): Raw {
  const description = textOf(outer["description"]) ?? textOf(inner["description"]);
  return description === undefined ? {} : { description };
}

function isNull(schema: Raw): boolean {
  return namedTypes(schema).join() === "null" || ("const" in schema && schema["const"] === null);
}

function choicesOf(schema: Raw): readonly Raw[] {
  return ["anyOf", "oneOf"].flatMap((it) => (Array.isArray(schema[it]) ? schema[it].filter(isRecord) : []));
}

/** Values of an enumeration as texts, without doubles; a constant is an enumeration of one. */
function valuesOf(schema: Raw): readonly string[] {
  const values: readonly unknown[] = Array.isArray(schema["enum"]) ? schema["enum"] : [schema["const"]];
  const texts = values
    .filter((it) => typeof it === "string" || typeof it === "number" || typeof it === "boolean")
    .map(String);
  return [...new Set(texts)].filter((it) => it !== "");
}

function objectOf(schema: Raw, place: Place): readonly Member[] {
  const properties = Object.entries(recordOf(schema["properties"]));
  if (properties.length === 0) return [];
  const names = new Set(properties.map(([name]) => name));
  const listed: readonly unknown[] = Array.isArray(schema["required"]) ? schema["required"] : [];
  const required = [...new Set(listed.filter((it) => typeof it === "string" && names.has(it)))] as string[];
  const cleaned = properties.map(([name, it]) => [name, clean(recordOf(it), place)] as const);
  return [
    ["properties", Object.fromEntries(cleaned)],
    ...(required.length > 0 ? [["required", required] as const] : []),
  ];
}

function arrayOf(schema: Raw, place: Place): readonly Member[] {
  const { items, prefixItems } = schema;
  const first = Array.isArray(prefixItems) ? prefixItems[0] : Array.isArray(items) ? items[0] : items;
  const isSaid = isRecord(first) && Object.keys(first).length > 0;
  return [["items", isSaid ? clean(first, place) : { type: "string" }]];
}

const COUNTS = ["minItems", "maxItems", "minProperties", "maxProperties", "minLength", "maxLength"];

function limitsOf(schema: Raw): readonly Member[] {
  const pattern = textOf(schema["pattern"]);
  const bounds = ["minimum", "maximum"].filter((it) => Number.isFinite(schema[it]));
  return [
    ...COUNTS.filter((it) => countOf(schema[it]) !== undefined).map((it) => [it, schema[it]] as Member),
    ...bounds.map((it) => [it, schema[it]] as Member),
    ...(pattern !== undefined ? [["pattern", pattern] as const] : []),
  ];
}

function kept(schema: Raw, names: readonly string[]): readonly Member[] {
  return names.flatMap((it) => {
    const text = textOf(schema[it]);
    return text === undefined ? [] : [[it, text] as const];
  });
}

/** The type that a choice has from outside, if it says nothing of its own. */
function typeFor(outer: Raw, choice: Raw): Raw {
  const saysItself = ["type", "enum", "const", "$ref", "anyOf", "oneOf", "allOf", "properties", "items"];
  return outer["type"] === undefined || saysItself.some((it) => it in choice) ? {} : { type: outer["type"] };
}

/** An object with the properties of all its choices: the parameters of a function can be no choice. */
function asObject(schema: Raw, root: Raw, chain: readonly string[]): Raw {
  const choices = choicesOf(schema).flatMap((it) => {
    const found = resolved(it, root, chain);
    return found === undefined ? [] : [flattened(found.schema, root, found.chain)];
  });
  if (choices.length === 0) return schema;
  const { anyOf: _, oneOf: __, ...rest } = schema;
  const own = recordOf(schema["properties"]);
  const all = [own, ...choices.map((it) => recordOf(it["properties"])), own];
  return { ...rest, type: "object", properties: Object.assign({}, ...all) as Raw };
}

function lightly(schema: Raw, depth: number): JsonObject {
  const members = Object.entries(schema).flatMap(([name, value]): readonly Member[] => {
    if (name === "$schema" || name === "$comment") return [];
    if (name === "const") return "enum" in schema ? [] : [["enum", [value as Json]]];
    if (MAPS.has(name) && isRecord(value)) {
      const inner = Object.entries(value).map(([key, it]) => [key, deeper(it, depth)] as const);
      return [[name, Object.fromEntries(inner)]];
    }
    return [[name, SCHEMAS.has(name) ? deeper(value, depth) : (value as Json)]];
  });
  return Object.fromEntries(members);
}

const MAPS = new Set(["properties", "$defs", "definitions"]);
const SCHEMAS = new Set(["items", "prefixItems", "anyOf", "oneOf", "allOf", "additionalProperties"]);

function deeper(value: unknown, depth: number): Json {
  if (depth >= DEEPEST) return {};
  if (Array.isArray(value)) return value.map((it) => deeper(it, depth + 1));
  return isRecord(value) ? lightly(value, depth + 1) : (value as Json);
}

function isRecord(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
