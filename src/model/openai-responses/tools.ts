import type { Json, JsonObject } from "../conversation.ts";
import type { WireBlock, WireTool } from "../messages.ts";
import { textOf } from "../record.ts";
import { APPLY_PATCH } from "./apply-patch.ts";
import { isStrictSchema, parametersFor } from "./schema.ts";

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
  const own = type === "custom" ? tool : clientTool(tool, type);
  if (own === undefined) return undefined;
  const parameters = parametersFor(own.input_schema);
  return {
    type: "function",
    name: sent(own.name),
    ...(textOf(own.description) !== undefined && { description: own.description as string }),
    parameters,
    strict: own.strict !== false && isStrictSchema(parameters),
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

/**
 * Tools whose schema Claude was trained on and whose calls the client runs
 * (https://platform.claude.com/docs/en/agents-and-tools/tool-use): others have to be told it.
 */
function clientTool(tool: WireTool, type: string): WireTool | undefined {
  const kind = CLIENT_TOOLS.find((it) => type.startsWith(it.prefix));
  if (kind === undefined) return undefined;
  const properties = Object.fromEntries(
    Object.entries(kind.members).map(([name, it]) => [
      name,
      Array.isArray(it) ? { type: "string", enum: it } : it,
    ]),
  );
  const input_schema = { type: "object", properties, ...(kind.required && { required: kind.required }) };
  return {
    name: tool.name,
    description: kind.description,
    input_schema: input_schema as JsonObject,
    strict: false,
  };
}

const TEXT = { type: "string" };
const WHOLE = { type: "integer" };
const PAIR = { type: "array", items: WHOLE };

const CLIENT_TOOLS: readonly {
  readonly prefix: string;
  readonly description: string;
  readonly members: JsonObject;
  readonly required?: readonly string[];
}[] = [
  {
    prefix: "bash_",
    description: "Runs a command in a bash session that lasts between calls; restart begins a new one.",
    members: { command: TEXT, restart: { type: "boolean" } },
  },
  {
    prefix: "text_editor_",
    description: "Views, creates and edits text files; old_str must occur exactly once in the file.",
    members: {
      command: ["view", "create", "str_replace", "insert"],
      path: TEXT,
      file_text: TEXT,
      old_str: TEXT,
      new_str: TEXT,
      insert_line: WHOLE,
      insert_text: TEXT,
      view_range: PAIR,
    },
    required: ["command", "path"],
  },
  {
    prefix: "memory_",
    description: "Keeps notes as files under /memories between conversations.",
    members: {
      command: ["view", "create", "str_replace", "insert", "delete", "rename"],
      path: TEXT,
      file_text: TEXT,
      old_str: TEXT,
      new_str: TEXT,
      insert_line: WHOLE,
      insert_text: TEXT,
      old_path: TEXT,
      new_path: TEXT,
      view_range: PAIR,
    },
    required: ["command"],
  },
  {
    prefix: "computer_",
    description: "Operates a computer by mouse, keyboard and screenshots; coordinates are pixels.",
    members: {
      action: TEXT,
      coordinate: PAIR,
      start_coordinate: PAIR,
      text: TEXT,
      duration: { type: "number" },
      scroll_direction: ["up", "down", "left", "right"],
      scroll_amount: WHOLE,
    },
    required: ["action"],
  },
];

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
