import type { Json, JsonObject } from "../../model/conversation.ts";
import type { WireBlock, WireTool } from "../../model/messages.ts";
import { BadRequest } from "../dialect.ts";
import { isObject, listAt } from "../members.ts";

/** The tools of a body; of those the client may not use in this request, as `allowed_tools` has it, none. */
export function toolsOf(body: JsonObject): readonly WireTool[] {
  const tools = (listAt(body, "tools") ?? []).map((it, index) => toolOf(it, `tools.${index}`));
  const functions = (listAt(body, "functions") ?? []).map((it, index) =>
    toolOf({ type: "function", function: it }, `functions.${index}`),
  );
  const allowed = allowedNames(body["tool_choice"]);
  return [...tools, ...functions].filter((it) => allowed === undefined || allowed.includes(it.name));
}

/** Names of the tools with one text in free form instead of a schema; the canonical form wraps it in a member. */
export function customNames(body: JsonObject): ReadonlySet<string> {
  const tools: readonly Json[] = Array.isArray(body["tools"]) ? body["tools"] : [];
  return new Set(
    tools.flatMap((it) => {
      const custom = isObject(it) && it["type"] === "custom" ? it["custom"] : undefined;
      return isObject(custom) && typeof custom["name"] === "string" ? [custom["name"]] : [];
    }),
  );
}

/** Member in which the text of a tool in free form travels. */
export const FREE_FORM = "input";

const FREE_FORM_SCHEMA: JsonObject = {
  type: "object",
  properties: { [FREE_FORM]: { type: "string", description: "The whole input as plain text." } },
  required: [FREE_FORM],
};

function toolOf(tool: Json, path: string): WireTool {
  const described = isObject(tool) ? (tool["function"] ?? tool["custom"]) : undefined;
  if (!isObject(tool) || !isObject(described) || typeof described["name"] !== "string") {
    throw new BadRequest(`${path}: must be a function, or a tool in free form, with a name`);
  }
  const { description, parameters, strict } = described;
  const mark = tool["cache_control"] ?? described["cache_control"];
  const own = isObject(parameters) ? parameters : { type: "object", properties: {} };
  return {
    name: described["name"],
    ...(typeof description === "string" && { description }),
    input_schema: tool["type"] === "custom" ? FREE_FORM_SCHEMA : own,
    ...(typeof strict === "boolean" && { strict }),
    ...(isObject(mark) && { cache_control: mark }),
  };
}

/** What the model may or must call; `undefined` where the client leaves it open, or has no tools. */
export function choiceOf(body: JsonObject, tools: readonly WireTool[]): WireBlock | undefined {
  if (tools.length === 0) return undefined;
  const choice = namedChoice(body["tool_choice"] ?? body["function_call"]);
  if (body["parallel_tool_calls"] !== false || choice?.type === "none") return choice;
  return { ...(choice ?? { type: "auto" }), disable_parallel_tool_use: true };
}

function namedChoice(choice: Json | undefined): WireBlock | undefined {
  if (choice === "required") return { type: "any" };
  if (choice === "auto" || choice === "none") return { type: choice };
  if (!isObject(choice)) return undefined;
  const allowed = choice["allowed_tools"];
  if (isObject(allowed)) return { type: allowed["mode"] === "required" ? "any" : "auto" };
  const named = choice["function"] ?? choice["custom"] ?? choice;
  const name = isObject(named) ? named["name"] : undefined;
  return typeof name === "string" ? { type: "tool", name } : undefined;
}

function allowedNames(choice: Json | undefined): readonly string[] | undefined {
  const allowed = isObject(choice) ? choice["allowed_tools"] : undefined;
  const tools = isObject(allowed) ? allowed["tools"] : undefined;
  if (!Array.isArray(tools)) return undefined;
  return (tools as readonly Json[]).flatMap((it) => {
    const described = isObject(it) ? (it["function"] ?? it["custom"] ?? it) : undefined;
    return isObject(described) && typeof described["name"] === "string" ? [described["name"]] : [];
  });
}
