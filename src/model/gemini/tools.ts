import type { JsonObject } from "../conversation.ts";
import type { MessagesRequest, WireTool } from "../messages.ts";
import { textOf } from "../record.ts";
import { geminiParameters, jsonSchemaForGemini } from "./schema.ts";

/** What a name of a function may be (https://ai.google.dev/api/caching#FunctionDeclaration); 64 is what every version takes. */
export const FUNCTION_NAMES = { signs: "A-Za-z0-9_.-", first: "A-Za-z_", longest: 64 } as const;

/**
 * `tools` and `toolConfig`; empty when there are none. What another vendor would run itself is run by Gemini where it
 * can be, which is only without functions beside it; else it is left out.
 */
export function toolsFor(
  { tools, tool_choice }: MessagesRequest,
  nameOf: (name: string) => string,
  jsonSchema: boolean,
  drop: (path: string) => void,
): JsonObject {
  const functions = tools.filter(isFunction);
  if (functions.length === 0) return ownTools(tools, drop);
  for (const [index, tool] of tools.entries()) if (!functions.includes(tool)) drop(`tools.${index}`);
  const config = configOf(tool_choice, nameOf);
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

function isFunction({ type, name, input_schema }: WireTool): boolean {
  return (
    name !== "" &&
    (type === undefined || type === "custom" || type === "function" || input_schema !== undefined)
  );
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
