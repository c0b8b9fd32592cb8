import type { JsonObject } from "../../model/conversation.ts";
import { absolute } from "../../text/paths.ts";
import { type CallerPorts, callersOf, callersText } from "../callers.ts";
import { placesOfName, placesOfThing, referencesText } from "../referenced.ts";
import type { RunTool, ToolResult } from "../tool.ts";
import { isOn, textIn } from "./parts/input.ts";
import { answer, failure } from "./parts/result.ts";

/** Longest answer, in UTF-16 units. */
const MAX_TEXT = 30_000;

/** Finds where a name is declared, imported, called, written and used. */
export const references: RunTool = {
  name: "References",
  description:
    "Find where a name stands in JavaScript, TypeScript, Python or Go code: declarations, imports, calls, writes, uses and members, without comments and strings. With a selection in the file at path: only places of that very thing, no namesakes; with callers, too: the functions that use it, and those that use them.",
  input: {
    type: "object",
    properties: {
      name: { type: "string" },
      path: { type: "string", description: "File or folder; default the working folder" },
      selection: { type: "string", description: "LINE:COL of the name in the file, from 1" },
      callers: { type: "boolean" },
    },
  },
  title: (input) => `${textIn(input, "name")} ${textIn(input, "path")}:${textIn(input, "selection")}`.trim(),
  reach: (input, folder) => ({ kind: "read", paths: [absolute(textIn(input, "path", "."), folder)] }),
  run: referencesFor,
};

/** What a call answers; its input is checked. */
export async function referencesFor(
  input: JsonObject,
  ports: CallerPorts,
  signal: AbortSignal,
): Promise<ToolResult> {
  const { folder } = ports;
  const [name, selection] = [textIn(input, "name"), textIn(input, "selection")];
  if (name === "" && selection === "") return failure("Give a name, or a selection in the file at path.");
  const path = absolute(textIn(input, "path", "."), folder);
  if (isOn(input, "callers")) {
    if (selection === "") return failure("To find callers, give the selection of the function's name.");
    const callers = await callersOf(path, selection, ports, signal);
    return typeof callers === "string" ? failure(callers) : answer(callersText(callers, folder, MAX_TEXT));
  }
  const found =
    selection === ""
      ? await placesOfName(name, path, ports, signal)
      : await placesOfThing(path, selection, ports, signal);
  return typeof found === "string" ? failure(found) : answer(referencesText(found, folder, MAX_TEXT));
}
