import { absolute, shownPath } from "../../text/paths.ts";
import { outlined } from "../outlined.ts";
import type { RunTool } from "../tool.ts";
import { textIn } from "./parts/input.ts";

/** Lists the declarations of source files. */
export const symbols: RunTool = {
  name: "Symbols",
  description:
    "List the classes, functions, methods and types that a source file declares, with their lines; for a folder, of the files in it. Cheaper than Read to learn what is where.",
  input: {
    type: "object",
    properties: { path: { type: "string", description: "File or folder" } },
    required: ["path"],
  },
  title: (input, folder) => shownPath(absolute(textIn(input, "path"), folder), folder),
  reach: (input, folder) => ({ kind: "read", paths: [absolute(textIn(input, "path"), folder)] }),
  run: (input, abilities, signal) =>
    outlined(absolute(textIn(input, "path"), abilities.folder), abilities, signal),
};
