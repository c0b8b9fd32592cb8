import { absolute, shownPath } from "../../text/paths.ts";
import type { EditTool } from "../tool.ts";
import { isOn, objectsIn, textIn } from "./parts/input.ts";
import { planEdits } from "./parts/plan-edits.ts";

/** Replaces several texts in one file, all or none. */
export const multiEdit: EditTool = {
  name: "MultiEdit",
  description:
    "Several Edits of one file in order, each on the result of the one before; all are made or none.",
  input: {
    type: "object",
    properties: {
      file_path: { type: "string" },
      edits: {
        type: "array",
        minItems: 1,
        items: {
          type: "object",
          properties: {
            old_string: { type: "string" },
            new_string: { type: "string" },
            replace_all: { type: "boolean" },
          },
          required: ["old_string", "new_string"],
        },
      },
    },
    required: ["file_path", "edits"],
  },
  title: (input, folder) => shownPath(absolute(textIn(input, "file_path"), folder), folder),
  reach: (input, folder) => ({ kind: "edit", paths: [absolute(textIn(input, "file_path"), folder)] }),
  plan(input, abilities, signal) {
    const edits = objectsIn(input, "edits").map((it) => ({
      old: textIn(it, "old_string"),
      new: textIn(it, "new_string"),
      all: isOn(it, "replace_all"),
    }));
    return planEdits(absolute(textIn(input, "file_path"), abilities.folder), edits, abilities, signal);
  },
};
