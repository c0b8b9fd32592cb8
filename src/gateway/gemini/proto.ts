import type { Json, JsonObject } from "../../model/conversation.ts";
import { isObject } from "../members.ts";

/**
 * A message of the API by the names of its members in camel case: the API takes "inline_data" as well as "inlineData"
 * (https://protobuf.dev/programming-guides/json/). Members of its members stay as they are.
 */
export function messageOf(value: Json | undefined): JsonObject {
  if (!isObject(value)) return {};
  const members = Object.entries(value).map(([name, it]) => [camelOf(name), it] as const);
  return Object.fromEntries(members);
}

/** The members of a list that are messages; a single one is a list of one. */
export function messagesOf(value: Json | undefined): readonly JsonObject[] {
  const all: readonly Json[] = Array.isArray(value) ? value : [value ?? null];
  return all.filter(isObject).map(messageOf);
}

function camelOf(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
