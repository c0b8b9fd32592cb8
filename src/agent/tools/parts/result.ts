import { cutMiddle } from "../../../text/cut.ts";
import type { ToolResult } from "../../tool.ts";

/** Longest text a screen keeps of one result, in UTF-16 units. */
const SHOWN = 10_000;

/** A result of which people see the same text as the model. */
export function answer(text: string): ToolResult {
  return { content: text, display: { kind: "text", text: cutMiddle(text, SHOWN) } };
}

/** A result that says why there is none. */
export function failure(reason: string): ToolResult {
  return { content: reason, display: { kind: "text", text: reason }, failed: true };
}
