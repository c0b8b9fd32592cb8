import type { Json, JsonObject } from "../model/conversation.ts";
import { BadRequest } from "./dialect.ts";

/** A member that must be an object, an empty one when it is absent. Throws `BadRequest`. */
export function objectAt(body: JsonObject, name: string): JsonObject | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (isObject(value)) return value;
  throw new BadRequest(`${name}: must be an object`);
}

/** A member that must be a list; `undefined` when it is absent. Throws `BadRequest`. */
export function listAt(body: JsonObject, name: string): readonly Json[] | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value;
  throw new BadRequest(`${name}: must be a list`);
}

/** A member that must be a number; `undefined` when it is absent. Throws `BadRequest`. */
export function numberAt(body: JsonObject, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") return value;
  throw new BadRequest(`${name}: must be a number`);
}

/** A member that must be a text; `undefined` when it is absent. Throws `BadRequest`. */
export function textAt(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw new BadRequest(`${name}: must be a text`);
}

/** Whether a value is a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
