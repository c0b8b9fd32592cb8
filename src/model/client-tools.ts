import type { JsonObject } from "./conversation.ts";
import type { WireTool } from "./messages.ts";

/**
 * The tools that Claude's API defines and the client runs, with their documented inputs
 * (https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview, "Anthropic-schema client tools"): for a
 * model of another vendor they are functions like any other. `undefined`: the vendor runs it, or it is unknown.
 */
export function clientTool(
  tool: WireTool,
): { readonly description: string; readonly schema: JsonObject } | undefined {
  const type = tool.type ?? "";
  return CLIENT_TOOLS.find(([shape]) => shape.test(type))?.[1](tool);
}

type Described = (tool: WireTool) => { readonly description: string; readonly schema: JsonObject };

const text = (description: string): JsonObject => ({ type: "string", description });
const whole = (description: string): JsonObject => ({ type: "integer", description });
const pair = (description: string): JsonObject => ({
  type: "array",
  items: { type: "integer" },
  description,
});
const commands = (...names: readonly string[]): JsonObject => ({
  type: "string",
  enum: names,
  description: "What to do.",
});
const object = (properties: JsonObject, required: readonly string[]): JsonObject => ({
  type: "object",
  properties,
  required,
});

const FILE_EDITS = {
  path: text("Path of the file or folder."),
  file_text: text("For create: the content of the new file."),
  old_str: text("For str_replace: the text to replace; it must occur exactly once."),
  new_str: text("For str_replace: the text to put in its place."),
  insert_line: whole("For insert: the line after which to insert; 0 is the beginning."),
  insert_text: text("For insert: the text to insert."),
  view_range: pair("For view: first and last line, counted from 1; -1 as the last is the end."),
};

const bash: Described = () => ({
  description: "Runs a command in a persistent bash session and answers its output.",
  schema: object(
    {
      command: text("The command to run. Required unless the session is restarted."),
      restart: { type: "boolean", description: "True to restart the session." },
    },
    [],
  ),
});

const textEditor: Described = (tool) => ({
  description: "Views, creates and edits files.",
  schema: object(
    {
      command: commands(
        "view",
        "create",
        "str_replace",
        "insert",
        // The first two versions could also take back an edit.
        ...(/2024|20250124/.test(tool.type ?? "") ? ["undo_edit"] : []),
      ),
      ...FILE_EDITS,
    },
    ["command", "path"],
  ),
});

const memory: Described = () => ({
  description:
    "Reads and writes files in the folder /memories, which lasts from one conversation to the next.",
  schema: object(
    {
      command: commands("view", "create", "str_replace", "insert", "delete", "rename"),
      ...FILE_EDITS,
      old_path: text("For rename: the path it has."),
      new_path: text("For rename: the path it gets."),
    },
    ["command"],
  ),
});

const computer: Described = (tool) => ({
  description: `Uses a screen of ${size(tool, "display_width_px")} by ${size(tool, "display_height_px")} pixels with mouse and keyboard.`,
  schema: object(
    {
      action: commands(
        ..."key hold_key type cursor_position mouse_move left_mouse_down left_mouse_up left_click left_click_drag right_click middle_click double_click triple_click scroll wait screenshot zoom".split(
          " ",
        ),
      ),
      coordinate: pair("Where, as x and y in pixels from the upper left."),
      start_coordinate: pair("For left_click_drag: where the drag begins."),
      text: text("What to type, or the keys to press."),
      scroll_direction: { type: "string", enum: ["up", "down", "left", "right"] },
      scroll_amount: whole("For scroll: how many steps."),
      duration: { type: "number", description: "For wait and hold_key: seconds." },
      region: pair("For zoom: left, top, right and bottom in pixels."),
    },
    ["action"],
  ),
});

function size(tool: WireTool, member: string): string {
  const value = tool[member];
  return typeof value === "number" ? String(value) : "unknown";
}

const CLIENT_TOOLS: readonly (readonly [RegExp, Described])[] = [
  [/^bash_\d+$/, bash],
  [/^text_editor_\d+$/, textEditor],
  [/^memory_\d+$/, memory],
  [/^computer(_|$)/, computer],
];
