import type { Options } from "../../refactor/refactoring.ts";
import { absolute, shownPath } from "../../text/paths.ts";
import { changesOf, planRefactoring } from "../refactor-files.ts";
import { selectionIn } from "../selection.ts";
import type { EditTool, Planned } from "../tool.ts";
import { isOn, objectIn, textIn } from "./parts/input.ts";
import { refusal, unreadable } from "./parts/plan-edits.ts";

/** Changes code by its syntax tree, in all files concerned, or refuses. */
export const refactor: EditTool = {
  name: "Refactor",
  description:
    "Refactor JavaScript, TypeScript or Python code you have read, in all files concerned: rename, extract-function, extract-variable, inline-function, inline-variable, move-symbol (JavaScript and TypeScript: declarations to another file). It keeps behaviour or refuses with the reason; prefer it to Edit for these.",
  input: {
    type: "object",
    properties: {
      id: { type: "string", description: "Such as extract-variable" },
      file_path: { type: "string" },
      selection: {
        type: "string",
        description: "LINE:COL on a name, or LINE:COL-LINE:COL around code; from 1, end exclusive",
      },
      new_name: { type: "string" },
      options: {
        type: "object",
        properties: {
          replaceAll: { type: "boolean", description: "Extract: every equal occurrence" },
          allCalls: { type: "boolean", description: "Inline function: every call" },
          to: { type: "string", description: "Move symbol: path of the file; left out, a new one is made" },
        },
      },
    },
    required: ["id", "file_path", "selection"],
  },
  title: (input, folder) =>
    `${textIn(input, "id")} ${shownPath(absolute(textIn(input, "file_path"), folder), folder)}`,
  // What else it changes is known when it is planned, and decided on then.
  reach: (input, folder) => ({ kind: "edit", paths: [absolute(textIn(input, "file_path"), folder)] }),
  isWholeOnly: true,
  async plan(input, abilities, signal) {
    const { files, folder, seen } = abilities;
    const path = absolute(textIn(input, "file_path"), folder);
    const shown = shownPath(path, folder);
    const found = await files.read(path, signal);
    if (found.kind !== "text") return refusal(await unreadable(found, path, abilities));
    if (seen(path) === undefined) return refusal(`Read "${shown}" before you refactor it.`);
    if (seen(path) !== found.hash)
      return refusal(
        `"${shown}" has changed since you read it. Read it again: the selection may be another.`,
      );
    const at = selectionIn(found.text, textIn(input, "selection"));
    if (typeof at === "string") return refusal(at);
    const { id, ...options } = wanted(input);
    const request = { file: { path, text: found.text }, ...at };
    const plan = await planRefactoring(id, request, options, folder, abilities, signal);
    if (plan.kind === "refused") return refusal(`Nothing was changed (${plan.code}): ${plan.reason}`);
    return asPlanned(await changesOf(plan, files, signal), plan.warnings);
  },
};

function wanted(input: Parameters<EditTool["plan"]>[0]): Options & { readonly id: string } {
  const options = objectIn(input, "options");
  const name = textIn(input, "new_name");
  const to = textIn(options, "to");
  return {
    id: textIn(input, "id"),
    ...(name !== "" && { name }),
    ...(isOn(options, "replaceAll") && { replaceAll: true }),
    ...(isOn(options, "allCalls") && { allCalls: true }),
    ...(to !== "" && { to }),
  };
}

function asPlanned(made: Awaited<ReturnType<typeof changesOf>>, notes: readonly string[]): Planned {
  return "kind" in made ? refusal(made.reason) : { kind: "plan", changes: made, notes };
}
