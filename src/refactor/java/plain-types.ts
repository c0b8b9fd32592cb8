import type { Source } from "../refactoring.ts";

/** Types of numbers and characters, by what they are converted to where they meet (The Java Language Specification, section 5.6). */
export const NUMERIC = ["byte", "short", "char", "int", "long", "float", "double"] as const;
const UNBOXED: Readonly<Record<string, string>> = {
  Byte: "byte",
  Short: "short",
  Character: "char",
  Integer: "int",
  Long: "long",
  Float: "float",
  Double: "double",
  Boolean: "boolean",
};

/** Whether a type is one of numbers, truth values and characters. */
export function isPrimitive(type: string | undefined): boolean {
  return type === "boolean" || NUMERIC.some((it) => it === type);
}

/** What an operator takes an object of a number for; other types as they are. */
export function unboxed(type: string | undefined): string | undefined {
  return type === undefined ? undefined : (UNBOXED[type] ?? type);
}

/** A type of the platform that nothing in the file has the name of. */
export function ifPlatform(name: string, source: Source): string | undefined {
  const isTaken = source.bindings().all.some((it) => it.name === name && it.spaces.includes("type"));
  return isTaken ? undefined : name;
}
