import type { Json, JsonObject } from "../conversation.ts";

/**
 * The schema of a tool's input as hosts of Chat Completions want it: an object at the root, and every object with
 * `properties`, at every depth. Everything else stays.
 */
export function parametersOf(schema: Json | undefined): JsonObject {
  const root = isObject(schema) ? schema : {};
  return completed(
    typeof root["type"] === "string" || Array.isArray(root["type"]) ? root : { ...root, type: "object" },
  );
}

/** Members that hold one schema, a list of them, or several by name (JSON Schema 2020-12, sections 10 and 11). */
const ONE = ["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"];
const LISTS = ["anyOf", "oneOf", "allOf", "prefixItems"];
const NAMED = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];

function completed(schema: JsonObject): JsonObject {
  const entries = Object.entries(schema).map(([key, value]): [string, Json] => {
    if (ONE.includes(key)) return [key, one(value)];
    if (LISTS.includes(key) && Array.isArray(value)) return [key, value.map(one)];
    if (NAMED.includes(key) && isObject(value)) {
      return [key, Object.fromEntries(Object.entries(value).map(([name, it]) => [name, one(it)]))];
    }
    return [key, value];
  });
  const isWithout = schema["type"] === "object" && !isObject(schema["properties"]);
  return Object.fromEntries(
    isWithout ? [...entries.filter(([key]) => key !== "properties"), ["properties", {}]] : entries,
  );
}

function one(schema: Json): Json {
  return isObject(schema) ? completed(schema) : schema;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
