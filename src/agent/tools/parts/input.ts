import type { Json, JsonObject } from "../../../model/conversation.ts";

/** The text called `name`; `fallback` when it is absent. Inputs have been checked against their schema before. */
export function textIn(input: JsonObject, name: string, fallback = ""): string {
  const value = input[name];
  return typeof value === "string" ? value : fallback;
}

/** The number called `name`; `undefined` when it is absent. */
export function numberIn(input: JsonObject, name: string): number | undefined {
  const value = input[name];
  return typeof value === "number" ? value : undefined;
}

/** Whether the switch called `name` is on. */
export function isOn(input: JsonObject, name: string): boolean {
  return input[name] === true;
}

/** The objects in the list called `name`; empty when it is absent. */
export function objectsIn(input: JsonObject, name: string): readonly JsonObject[] {
  return listIn(input, name).filter(
    (it): it is JsonObject => typeof it === "object" && it !== null && !Array.isArray(it),
  );
}

/** The texts in the list called `name`; empty when it is absent. */
export function textsIn(input: JsonObject, name: string): readonly string[] {
  return listIn(input, name).filter((it) => typeof it === "string");
}

function listIn(input: JsonObject, name: string): readonly Json[] {
  const value = input[name];
  return Array.isArray(value) ? value : [];
}

/** The object called `name`; empty when it is absent. */
export function objectIn(input: JsonObject, name: string): JsonObject {
  return objectsIn({ [name]: [input[name] ?? null] }, name)[0] ?? {};
}
