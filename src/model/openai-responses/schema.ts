import type { Json, JsonObject } from "../conversation.ts";
import { recordOf } from "../record.ts";

/** What holds schemas by name, and what holds one or several. */
const MAPS = ["properties", "$defs", "definitions"];
const INNER = ["items", "anyOf", "oneOf", "allOf", "additionalProperties", "not"];

/** A schema in which objects that say nothing of further properties have none. */
export function closedSchema(schema: Json): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map(closedSchema);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.entries(schema as JsonObject).map(([name, it]) => {
    if (MAPS.includes(name)) return [name, eachOf(it, closedSchema)];
    return [name, INNER.includes(name) ? closedSchema(it) : it];
  });
  const done = Object.fromEntries(inner) as JsonObject;
  const isOpen = done.type === "object" && done.additionalProperties === undefined;
  return isOpen ? { ...done, additionalProperties: false } : done;
}

function eachOf(map: Json | undefined, change: (schema: Json) => Json): Json {
  const entries = Object.entries(recordOf(map)) as [string, Json][];
  return Object.fromEntries(entries.map(([name, it]) => [name, change(it)]));
}

/** Keywords that a strict schema may not have (openai-node, `toStrictJsonSchema`). */
const NOT_STRICT = [
  "$anchor",
  "$dynamicAnchor",
  "$dynamicRef",
  "additionalItems",
  "allOf",
  "contains",
  "contentEncoding",
  "contentMediaType",
  "contentSchema",
  "dependencies",
  "dependentRequired",
  "dependentSchemas",
  "else",
  "if",
  "maxContains",
  "maxProperties",
  "minContains",
  "minProperties",
  "not",
  "oneOf",
  "patternProperties",
  "prefixItems",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
  "uniqueItems",
];

/** Levels of nesting that a strict schema may have (https://developers.openai.com/api/docs/guides/structured-outputs). */
const DEEPEST = 10;

/** Whether a schema may be sent as strict as it stands: strictness would then change nothing of what it allows. */
export function isStrictSchema(schema: Json): boolean {
  const root = recordOf(schema);
  return root.type === "object" && root.anyOf === undefined && isStrict(schema, 0);
}

function isStrict(schema: Json, depth: number): boolean {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema) || depth > DEEPEST) return false;
  const it = schema as JsonObject;
  if (NOT_STRICT.some((name) => name in it)) return false;
  const ref = it.$ref;
  if (ref !== undefined) return typeof ref === "string" && ref.startsWith("#");
  const types = (Array.isArray(it.type) ? it.type : [it.type]) as readonly Json[];
  if (types.includes("object") && !isClosed(it)) return false;
  if (types.includes("array") && it.items === undefined) return false;
  const isBare =
    it.type === undefined && it.anyOf === undefined && it.enum === undefined && it.const === undefined;
  if (isBare) return false;
  const inner = [
    ...["properties", "$defs", "definitions"].flatMap((name) => Object.values(recordOf(it[name])) as Json[]),
    ...(it.items === undefined ? [] : [it.items]),
    ...(Array.isArray(it.anyOf) ? (it.anyOf as readonly Json[]) : []),
  ];
  return inner.every((each) => isStrict(each, depth + 1));
}

/** Whether an object has the properties it names, all of them, and no others. */
function isClosed(schema: JsonObject): boolean {
  const required = Array.isArray(schema.required) ? (schema.required as readonly Json[]) : [];
  const named = Object.keys(recordOf(schema.properties));
  return schema.additionalProperties === false && named.every((it) => required.includes(it));
}
