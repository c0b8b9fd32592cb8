import { clientTool } from "../client-tools.ts";
import type { JsonObject } from "../conversation.ts";
import type { MessagesRequest, WireTool } from "../messages.ts";
import { textOf } from "../record.ts";
import { geminiParameters, jsonSchemaForGemini } from "./schema.ts";

/** What a name of a function may be (https://ai.google.dev/api/caching#FunctionDeclaration); 64 is what every version takes. */
export const FUNCTION_NAMES = { signs: "A-Za-z0-9_.-", first: "A-Za-z_", longest: 64 } as const;

/**
 * `tools` and `toolConfig`; empty when there are none. What Claude's clients run is a function like any other. What
 * another vendor would run itself is run by Gemini where it can be, which is only without functions beside it; else it
 * is left out.
 */
export function toolsFor(
  { tools, tool_choice }: MessagesRequest,
  nameOf: (name: string) => string,
  jsonSchema: boolean,
  drop: (path: string) => void,
): JsonObject {
  const functions: WireTool[] = [];
  const others: number[] = [];
  for (const [index, tool] of tools.entries()) {
    const own = functionIn(tool);
    if (own === undefined) others.push(index);
    else functions.push(own);
  }
  if (functions.length === 0) return ownTools(tools, drop);
  for (const index of others) drop(`tools.${index}`);
  const isKnown = tool_choice?.type !== "tool" || functions.some((it) => it.name === tool_choice["name"]);
  if (!isKnown) drop("tool_choice");
  const config = isKnown ? configOf(tool_choice, nameOf) : undefined;
  if (tool_choice?.["disable_parallel_tool_use"] === true) drop("tool_choice.disable_parallel_tool_use");
  const functionDeclarations = functions.map((it) => declarationOf(it, nameOf(it.name), jsonSchema));
  return {
    tools: [{ functionDeclarations }],
    ...(config && { toolConfig: { functionCallingConfig: config } }),
  };
}

/** Gemini's own tools by the kind of other vendors' (https://ai.google.dev/gemini-api/docs/tools). */
const OWN_TOOLS: readonly (readonly [RegExp, string])[] = [
  [/^web_search/, "googleSearch"],
  [/^web_fetch/, "urlContext"],
  [/^code_(execution|interpreter)/, "codeExecution"],
];

function ownTools(tools: readonly WireTool[], drop: (path: string) => void): JsonObject {
  const names = tools.flatMap(({ type = "" }, index) => {
    const own = OWN_TOOLS.find(([shape]) => shape.test(type))?.[1];
    if (own === undefined) drop(`tools.${index}`);
    return own ?? [];
  });
  return names.length === 0 ? {} : { tools: [...new Set(names)].map((it) => ({ [it]: {} })) };
}

/** A tool with its schema; `undefined` for one that the client does not run, and for sets of tools without a name. */
function functionIn(tool: WireTool): WireTool | undefined {
  const { type, name, input_schema } = tool;
  if (name === "") return undefined;
  if (type === undefined || type === "custom" || type === "function" || input_schema !== undefined)
    return tool;
  const known = clientTool(tool);
  return known && { name, description: known.description, input_schema: known.schema };
}

function declarationOf(tool: WireTool, name: string, jsonSchema: boolean): JsonObject {
  const parameters = geminiParameters(tool.input_schema);
  const description = textOf(tool.description);
  const head = { name, ...(description !== undefined && { description }) };
  if (parameters === undefined) return head;
  return jsonSchema
    ? { ...head, parametersJsonSchema: { type: "object", ...jsonSchemaForGemini(tool.input_schema) } }
    : { ...head, parameters };
}

function configOf(
  choice: MessagesRequest["tool_choice"],
  nameOf: (name: string) => string,
): JsonObject | undefined {
  switch (choice?.type) {
    case "auto":
      return { mode: "AUTO" };
    case "any":
      return { mode: "ANY" };
    case "none":
      return { mode: "NONE" };
    case "tool": {
      const name = textOf(choice["name"]);
      return { mode: "ANY", ...(name !== undefined && { allowedFunctionNames: [nameOf(name)] }) };
    }
    default:
      return undefined;
  }
}
