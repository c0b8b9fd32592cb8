import { clientTool } from "../client-tools.ts";
import type { Json, JsonObject } from "../conversation.ts";
import type { WireBlock, WireTool } from "../messages.ts";
import { parametersOf } from "../openai-chat/schema.ts";
import { textOf } from "../record.ts";
import { APPLY_PATCH } from "./apply-patch.ts";
import { isStrictSchema } from "./schema.ts";

/** What tools are sent with. */
export interface ToolSending {
  readonly sent: (name: string) => string;
  /** Whether the vendor's own tool stands for the client's `apply_patch`. */
  readonly patches: boolean;
  readonly drop: (path: string) => void;
}

/** Tools as the API takes them (OpenAI API reference, Responses, "tools"); those only other vendors run are left out. */
export function sentTools(tools: readonly WireTool[], sending: ToolSending): readonly JsonObject[] {
  return tools
    .map((tool, index) => {
      const sent = sentTool(tool, sending);
      if (sent === undefined) sending.drop(`tools.${index}`);
      return sent;
    })
    .filter((it) => it !== undefined);
}

function sentTool(tool: WireTool, { sent, patches }: ToolSending): JsonObject | undefined {
  const type = tool.type ?? "custom";
  if (type.startsWith("web_search")) return webSearch(tool);
  if (patches && tool.name === APPLY_PATCH && type === "custom") return { type: APPLY_PATCH };
  const own =
    type === "custom" ? { description: tool.description, schema: tool.input_schema } : clientTool(tool);
  if (own === undefined) return undefined;
  const parameters = parametersOf(own.schema);
  return {
    type: "function",
    name: sent(tool.name),
    ...(textOf(own.description) !== undefined && { description: own.description as string }),
    parameters,
    strict: tool.strict !== false && isStrictSchema(parameters),
  };
}

function webSearch(tool: WireTool): JsonObject {
  const { allowed_domains, blocked_domains } = tool;
  const filters = {
    ...(isFilled(allowed_domains) && { allowed_domains }),
    ...(isFilled(blocked_domains) && { blocked_domains }),
  };
  const place = tool.user_location;
  return {
    type: "web_search",
    ...(Object.keys(filters).length > 0 && { filters }),
    ...(typeof place === "object" && place !== null && { user_location: place }),
  };
}

function isFilled(list: Json | undefined): list is readonly Json[] {
  return Array.isArray(list) && list.length > 0;
}

/** The choice of tools; `undefined`: the model's own, or there are none. */
export function sentChoice(
  choice: WireBlock | undefined,
  tools: readonly JsonObject[],
  sent: (name: string) => string,
): Json | undefined {
  if (choice === undefined || tools.length === 0) return undefined;
  if (choice.type === "auto" || choice.type === "none") return choice.type;
  if (choice.type === "any") return "required";
  const name = textOf(choice.name);
  if (choice.type !== "tool" || name === undefined) return undefined;
  if (tools.some((it) => it.type === "function" && it.name === sent(name)))
    return { type: "function", name: sent(name) };
  return tools.some((it) => it.type === name) ? { type: name } : undefined;
}
