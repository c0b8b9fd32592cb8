import type { JsonObject } from "../conversation.ts";
import { lenientValue } from "./json-text.ts";

/** The input of a call in its `arguments`; `undefined`: they stand for no object as they are. */
export function inputOf(raw: unknown): JsonObject | undefined {
  if (isObject(raw)) return raw;
  if (raw === undefined || raw === null) return {};
  if (typeof raw !== "string") return undefined;
  if (raw.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(raw);
    // Some models encode their arguments twice.
    return isObject(value)
      ? value
      : value === null
        ? {}
        : typeof value === "string"
          ? inputOf(value)
          : undefined;
  } catch {
    return undefined;
  }
}

/** The input that broken `arguments` most likely stand for; `undefined`: they stand for no object. */
export function repairedInput(raw: unknown): JsonObject | undefined {
  const whole = inputOf(raw);
  if (whole !== undefined || typeof raw !== "string") return whole;
  const value = lenientValue(raw)?.value;
  return isObject(value) ? value : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
