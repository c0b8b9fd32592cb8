import { clientTool } from "../client-tools.ts";
import type { Json, JsonObject } from "../conversation.ts";
import type { MessagesRequest, WireTool } from "../messages.ts";
import { textOf } from "../record.ts";
import type { Encoding } from "./encoding.ts";
import { parametersOf } from "./schema.ts";

/** The members `tools`, `tool_choice` and `parallel_tool_calls`; none without tools. */
export function toolMembers(request: MessagesRequest, encoding: Encoding): JsonObject {
  const tools: JsonObject[] = [];
  const known = new Set<string>();
  for (const [index, tool] of request.tools.entries()) {
    const sent = functionOf(tool, encoding);
    if (sent === undefined) encoding.drop(`tools.${index}`);
    else {
      tools.push(sent);
      known.add(tool.name);
    }
  }
  if (tools.length === 0) return {};
  return { tools, ...choiceMembers(request, known, encoding) };
}

/** A tool as a function; `undefined` for one that the vendor of the request's dialect runs itself. */
function functionOf(tool: WireTool, { names, options }: Encoding): JsonObject | undefined {
  const isOwn = tool.type === undefined || tool.type === "custom";
  const standard = isOwn ? undefined : clientTool(tool);
  if (!isOwn && standard === undefined) return undefined;
  const description = textOf(tool.description) ?? standard?.description;
  const mark: Json | undefined = tool["cache_control"];
  return {
    type: "function",
    function: {
      name: names.sent(tool.name),
      ...(description !== undefined && { description }),
      parameters: parametersOf(standard?.schema ?? tool.input_schema),
      ...(typeof tool["strict"] === "boolean" && { strict: tool["strict"] }),
    },
    ...(options.keepCacheControl && mark !== undefined && { cache_control: mark }),
  };
}

function choiceMembers(
  { tool_choice }: MessagesRequest,
  known: ReadonlySet<string>,
  { names, drop }: Encoding,
): JsonObject {
  if (tool_choice === undefined) return {};
  const parallel: JsonObject =
    tool_choice["disable_parallel_tool_use"] === true ? { parallel_tool_calls: false } : {};
  switch (tool_choice.type) {
    case "auto":
    case "none":
      return { tool_choice: tool_choice.type, ...parallel };
    case "any":
      return { tool_choice: "required", ...parallel };
    case "tool": {
      const name = textOf(tool_choice["name"]);
      if (name !== undefined && known.has(name)) {
        return { tool_choice: { type: "function", function: { name: names.sent(name) } }, ...parallel };
      }
    }
  }
  drop("tool_choice");
  return parallel;
}
