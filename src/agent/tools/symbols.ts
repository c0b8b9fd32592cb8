import type { JsonObject } from "../../model/conversation.ts";
import { absolute, shownPath } from "../../text/paths.ts";
import { type IndexPorts, namedIn } from "../indexed.ts";
import { type OutlinePorts, outlined } from "../outlined.ts";
import type { RunTool, ToolResult } from "../tool.ts";
import { textIn } from "./parts/input.ts";

/** Lists the declarations of source files. */
export const symbols: RunTool = {
  name: "Symbols",
  description:
    "List the classes, functions, methods and types that a source file declares, with their lines; for a folder, of the files in it. Cheaper than Read to learn what is where. With a name: where that, or what is called like it, is declared below the folder.",
  input: {
    type: "object",
    properties: {
      path: { type: "string", description: "File or folder" },
      name: { type: "string", description: "Whole name or a part of it" },
    },
    required: ["path"],
  },
  title: (input, folder) =>
    `${shownPath(absolute(textIn(input, "path"), folder), folder)} ${textIn(input, "name")}`.trimEnd(),
  reach: (input, folder) => ({ kind: "read", paths: [absolute(textIn(input, "path"), folder)] }),
  run: symbolsFor,
};

/** What a call answers; its input is checked. */
export function symbolsFor(
  input: JsonObject,
  ports: OutlinePorts & IndexPorts,
  signal: AbortSignal,
): Promise<ToolResult> {
  const path = absolute(textIn(input, "path"), ports.folder);
  const name = textIn(input, "name");
  return name === "" ? outlined(path, ports, signal) : namedIn(name, path, ports, signal);
}
