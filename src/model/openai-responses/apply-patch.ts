import type { JsonObject } from "../conversation.ts";
import type { WireTool } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";

/**
 * The vendor's own tool for changes of files (https://developers.openai.com/api/docs/guides/tools-apply-patch): each call is one
 * operation on one file, where a client's tool of that name takes a patch of any number of files as text.
 */
export const APPLY_PATCH = "apply_patch";

/** Where a client's tool takes its patch. */
export interface PatchTool {
  /** The member of the input that is the patch; "operation": the tool takes the vendor's own form. */
  readonly member: string;
}

/** The client's tool among `tools`, if it has one of its own. */
export function patchToolIn(tools: readonly WireTool[]): PatchTool | undefined {
  const tool = tools.find((it) => it.name === APPLY_PATCH && (it.type ?? "custom") === "custom");
  if (tool === undefined) return undefined;
  const properties = recordOf(tool.input_schema?.properties);
  if ("operation" in properties) return { member: "operation" };
  const texts = Object.keys(properties).filter((it) => recordOf(properties[it]).type === "string");
  return { member: ["input", "patch"].find((it) => texts.includes(it)) ?? texts[0] ?? "input" };
}

/** The input of the client's tool for an operation. */
export function inputOfOperation(operation: JsonObject, { member }: PatchTool): JsonObject {
  return member === "operation" ? { operation } : { [member]: patchOf(operation) };
}

/** The operation that an input of the client's tool stands for; `undefined` when it is not exactly one. */
export function operationOf(input: JsonObject, { member }: PatchTool): JsonObject | undefined {
  if (member !== "operation") return operationIn(textOf(input[member]) ?? "");
  const operation = recordOf(input.operation) as JsonObject;
  return textOf(operation.path) === undefined ? undefined : operation;
}

const BEGIN = "*** Begin Patch";
const END = "*** End Patch";
const HEADS: Readonly<Record<string, string>> = {
  create_file: "*** Add File: ",
  update_file: "*** Update File: ",
  delete_file: "*** Delete File: ",
};

function patchOf(operation: JsonObject): string {
  const head = HEADS[textOf(operation.type) ?? ""] ?? "*** Update File: ";
  const diff = (textOf(operation.diff) ?? "").replace(/\n$/, "");
  return [BEGIN, `${head}${textOf(operation.path) ?? ""}`, ...(diff === "" ? [] : [diff]), END].join("\n");
}

function operationIn(patch: string): JsonObject | undefined {
  const lines = patch.trim().split("\n");
  if (lines[0] !== BEGIN || lines.at(-1) !== END) return undefined;
  const [head = "", ...diff] = lines.slice(1, -1);
  const type = Object.keys(HEADS).find((it) => head.startsWith(HEADS[it] ?? ""));
  const isMore = diff.some((it) => /^\*\*\* (Add|Update|Delete) File: |^\*\*\* Move to: /.test(it));
  if (type === undefined || isMore) return undefined;
  const path = head.slice((HEADS[type] ?? "").length).trim();
  return { type, path, ...(type !== "delete_file" && { diff: diff.join("\n") }) };
}
