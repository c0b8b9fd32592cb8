import type { JsonObject } from "./conversation.ts";
import type { WireTool } from "./messages.ts";

/**
 * Tools whose schema Claude was trained on and whose calls the client runs
 * (https://platform.claude.com/docs/en/agents-and-tools/tool-use): others have to be told it.
 * `undefined`: it is none of them.
 */
export function clientTool(tool: WireTool): WireTool | undefined {
  const kind = CLIENT_TOOLS.find((it) => tool.type?.startsWith(it.prefix));
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
