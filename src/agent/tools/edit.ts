import { absolute, shownPath } from "../../text/paths.ts";
import type { EditTool } from "../tool.ts";
import { isOn, textIn } from "./parts/input.ts";
import { planEdits } from "./parts/plan-edits.ts";

/** Replaces one text in a file. */
export const edit: EditTool = {
  name: "Edit",
  description:
    "Replace old_string by new_string in a file you have read. old_string is the file's own text (without line numbers) and must name one place: give enough lines around it, or set replace_all.",
  input: {
    type: "object",
    properties: {
      file_path: { type: "string" },
      old_string: { type: "string" },
      new_string: { type: "string" },
      replace_all: { type: "boolean", description: "Replace every occurrence" },
    },
    required: ["file_path", "old_string", "new_string"],
  },
  title: (input, folder) => shownPath(absolute(textIn(input, "file_path"), folder), folder),
  reach: (input, folder) => ({ kind: "edit", paths: [absolute(textIn(input, "file_path"), folder)] }),
  plan(input, abilities, signal) {
    const path = absolute(textIn(input, "file_path"), abilities.folder);
    const edit = {
      old: textIn(input, "old_string"),
      new: textIn(input, "new_string"),
      all: isOn(input, "replace_all"),
    };
    return planEdits(path, [edit], abilities, signal);
  },
};
