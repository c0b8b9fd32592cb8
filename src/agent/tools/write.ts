import { endingOf, withEnding } from "../../text/lines.ts";
import { absolute, shownPath } from "../../text/paths.ts";
import type { EditTool } from "../tool.ts";
import { textIn } from "./parts/input.ts";
import { checked, creation, refusal, unreadable } from "./parts/plan-edits.ts";

/** Creates a file or replaces all of one. */
export const write: EditTool = {
  name: "Write",
  description:
    "Create a file (and its folders), or replace the whole text of one you have read. Prefer Edit for files that exist.",
  input: {
    type: "object",
    properties: { file_path: { type: "string" }, content: { type: "string" } },
    required: ["file_path", "content"],
  },
  title: (input, folder) => shownPath(absolute(textIn(input, "file_path"), folder), folder),
  reach: (input, folder) => ({ kind: "edit", paths: [absolute(textIn(input, "file_path"), folder)] }),
  async plan(input, abilities, signal) {
    const path = absolute(textIn(input, "file_path"), abilities.folder);
    const shown = shownPath(path, abilities.folder);
    const found = await abilities.files.read(path, signal);
    const said = abilities.meant(textIn(input, "content"), found.kind === "text" ? found.text : "");
    if (said.kind === "refused") return refusal(said.reason);
    const content = said.text;
    if (found.kind === "absent") return creation(path, content);
    if (found.kind !== "text") return refusal(await unreadable(found, path, abilities));
    const seen = abilities.seen(path);
    if (seen === undefined) return refusal(`"${shown}" exists. Read it before you replace it.`);
    if (seen !== found.hash)
      return refusal(`"${shown}" has changed since you read it. Read it again before you replace it.`);
    const after = withEnding(content, endingOf(found.text) ?? "\n");
    if (after === found.text)
      return refusal(`"${shown}" already holds exactly this text. Nothing was written.`);
    return checked({ path, before: found.text, after, form: found.form }, []);
  },
};
