import type { Json, JsonObject } from "../conversation.ts";
import type { WireTool } from "../messages.ts";
import { recordOf } from "../record.ts";
import type { ToolNames } from "../tool-names.ts";

/** A tool as the Messages API takes it: with a schema whose root is an object (tool use, "Tool definitions"). */
export function sentTool(tool: WireTool, names: ToolNames): WireTool {
  if (tool.type !== undefined && tool.type !== "custom") return tool;
  const { type: _, ...own } = tool;
  return {
    ...own,
    name: names.sent(tool.name),
    input_schema: objectSchema(tool.input_schema ?? {}),
  };
}

/** A schema without alternatives at its root, which the API refuses: of several, everything that any of them has. */
export function objectSchema(schema: JsonObject): JsonObject {
  const { anyOf, oneOf, allOf, ...root } = schema;
  const branches = [anyOf, oneOf, allOf].flatMap((it) => (Array.isArray(it) ? (it as readonly Json[]) : []));
  if (branches.length === 0)
    return root["type"] === "object" ? root : { ...root, type: "object", ...noProperties(root) };
  const properties = branches.map((it) => recordOf(recordOf(it)["properties"]) as JsonObject);
  const all = (Array.isArray(allOf) ? (allOf as readonly Json[]) : []).flatMap(requiredOf);
  const required = [...new Set([...requiredOf(root), ...all])];
  return {
    ...root,
    type: "object",
    properties: Object.assign({}, ...properties, recordOf(root["properties"])) as JsonObject,
    ...(required.length > 0 && { required }),
  };
}

function noProperties(root: JsonObject): JsonObject {
  return "properties" in root ? {} : { properties: {} };
}

function requiredOf(schema: Json): readonly string[] {
  const { required } = recordOf(schema);
  return Array.isArray(required) ? required.filter((it): it is string => typeof it === "string") : [];
}
