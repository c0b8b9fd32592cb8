import type { Json, JsonObject } from "../model/conversation.ts";

/**
 * What is wrong with `value` by `schema`, as path and expectation; `undefined` when nothing is. Knows the part of JSON
 * Schema 2020-12 that tools use: type, properties, required, items, enum, minimum, maximum, minItems.
 */
export function check(schema: JsonObject, value: unknown, path = "input"): string | undefined {
  const { type, enum: allowed } = schema;
  if (typeof type === "string" && !isOf(type, value))
    return `${path} must be ${article(type)}, but is ${named(value)}.`;
  if (Array.isArray(allowed) && !allowed.some((it: Json) => it === value)) {
    return `${path} must be one of ${allowed.map((it: Json) => JSON.stringify(it)).join(", ")}, but is ${shown(value)}.`;
  }
  if (typeof value === "number") return checkNumber(schema, value, path);
  if (Array.isArray(value)) return checkItems(schema, value, path);
  return isRecord(value) ? checkProperties(schema, value, path) : undefined;
}

function checkNumber({ minimum, maximum }: JsonObject, value: number, path: string): string | undefined {
  if (typeof minimum === "number" && value < minimum)
    return `${path} must be at least ${minimum}, but is ${value}.`;
  if (typeof maximum === "number" && value > maximum)
    return `${path} must be at most ${maximum}, but is ${value}.`;
  return undefined;
}

function checkItems(
  { items, minItems }: JsonObject,
  value: readonly unknown[],
  path: string,
): string | undefined {
  if (typeof minItems === "number" && value.length < minItems)
    return `${path} must have at least ${minItems} items.`;
  if (!isSchema(items)) return undefined;
  return first(value, (item, index) => check(items, item, `${path}[${index}]`));
}

function checkProperties(
  schema: JsonObject,
  value: Readonly<Record<string, unknown>>,
  path: string,
): string | undefined {
  const { properties, required } = schema;
  const missing = Array.isArray(required)
    ? required.find((it: Json) => !Object.hasOwn(value, String(it)))
    : undefined;
  if (missing !== undefined) return `${path}.${missing} is missing.`;
  if (!isSchema(properties)) return undefined;
  return first(Object.entries(properties), ([name, inner]) =>
    isSchema(inner) && Object.hasOwn(value, name) ? check(inner, value[name], `${path}.${name}`) : undefined,
  );
}

function first<T>(
  all: readonly T[],
  find: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of all.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case "array":
      return Array.isArray(value);
    case "object":
      return isRecord(value);
    case "integer":
      return Number.isInteger(value);
    case "null":
      return value === null;
    default:
      return typeof value === type;
  }
}

function named(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return value === undefined ? "missing" : `${article(typeof value)} (${shown(value)})`;
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSchema(value: Json | undefined): value is JsonObject {
  return isRecord(value);
}
