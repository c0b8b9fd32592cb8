import type { Json, JsonObject } from "../../model/conversation.ts";
import { isObject } from "../members.ts";

/**
 * A `Schema` of the API (https://ai.google.dev/api/caching#Schema) as JSON Schema: its types are written in capitals,
 * its counts as texts, and what may be null says so in a member.
 */
export function jsonSchemaOf(schema: Json | undefined, depth = 0): JsonObject {
  if (!isObject(schema) || depth > DEEPEST) return {};
  const nullable = schema["nullable"] === true;
  const members = Object.entries(schema).flatMap(([name, it]): readonly (readonly [string, Json])[] => {
    switch (name) {
      case "nullable":
      case "propertyOrdering":
      case "example":
        return [];
      case "type":
        return typeMember(it, nullable);
      case "properties":
        return isObject(it) ? [[name, mapped(it, depth)]] : [];
      case "items":
        return [[name, jsonSchemaOf(it, depth + 1)]];
      case "anyOf":
        return [[name, choices(it, nullable && !("type" in schema), depth)]];
      case "enum":
        return [[name, nullable && Array.isArray(it) && !it.includes(null) ? [...it, null] : it]];
      default:
        return [[name, COUNTS.has(name) && typeof it === "string" ? Number(it) : it]];
    }
  });
  return Object.fromEntries(members);
}

/** The parameters of a function, of which the root is an object also when nothing says so. */
export function parametersOf(schema: Json | undefined): JsonObject {
  const { type, ...own } = isObject(schema) ? schema : {};
  return { type: type ?? "object", ...own, ...(!("properties" in own) && { properties: {} }) };
}

const DEEPEST = 60;
const COUNTS = new Set(["minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties"]);

function typeMember(type: Json, nullable: boolean): readonly (readonly [string, Json])[] {
  if (typeof type !== "string") return Array.isArray(type) ? [["type", type]] : [];
  const name = type.toLowerCase();
  if (name === "type_unspecified") return [];
  return [["type", nullable && name !== "null" ? [name, "null"] : name]];
}

function mapped(properties: JsonObject, depth: number): JsonObject {
  const inner = Object.entries(properties).map(([name, it]) => [name, jsonSchemaOf(it, depth + 1)] as const);
  return Object.fromEntries(inner);
}

function choices(value: Json, nullable: boolean, depth: number): Json {
  const all: readonly Json[] = Array.isArray(value) ? value : [];
  return [...all.map((it) => jsonSchemaOf(it, depth + 1)), ...(nullable ? [{ type: "null" }] : [])];
}
