import type { Options } from "../../refactor/refactoring.ts";
import { signatureOptions } from "../../refactor/signature/options.ts";
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
    "Refactor JavaScript, TypeScript or Python code you have read, in all files concerned: rename, extract-function, extract-variable, inline-function, inline-variable, change-signature. It keeps behaviour or refuses with the reason; prefer it to Edit for these.",
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
          reorder: {
            type: "array",
            items: { type: "integer" },
            description: "Change signature: old indices of the parameters, from 0, in their new order",
          },
          remove: { type: "array", items: { type: "integer" }, description: "Change signature: old indices" },
          add: {
            type: "array",
            items: {
              type: "object",
              properties: {
                name: { type: "string" },
                default: { type: "string", description: "Expression that the calls there are given" },
                index: { type: "integer", description: "Before which old parameter; omitted: at the end" },
                type: { type: "string" },
              },
              required: ["name", "default"],
            },
            description: "Change signature: new parameters",
          },
          rename: {
            type: "array",
            items: {
              type: "object",
              properties: { index: { type: "integer" }, name: { type: "string" } },
              required: ["index", "name"],
            },
            description: "Change signature: new names, by old indices",
          },
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
    const id = textIn(input, "id");
    const options = optionsIn(input);
    if (typeof options === "string") return refusal(options);
    const request = { file: { path, text: found.text }, ...at };
    const plan = await planRefactoring(id, request, options, folder, abilities, signal);
    if (plan.kind === "refused") return refusal(`Nothing was changed (${plan.code}): ${plan.reason}`);
    return asPlanned(await changesOf(plan, files, signal), plan.warnings);
  },
};

function optionsIn(input: Parameters<EditTool["plan"]>[0]): Options | string {
  const options = objectIn(input, "options");
  const name = textIn(input, "new_name");
  const signature = signatureOptions(options);
  if (typeof signature === "string") return `In options, ${signature}.`;
  return {
    ...(name !== "" && { name }),
    ...(isOn(options, "replaceAll") && { replaceAll: true }),
    ...(isOn(options, "allCalls") && { allCalls: true }),
    ...signature,
  };
}

function asPlanned(made: Awaited<ReturnType<typeof changesOf>>, notes: readonly string[]): Planned {
  return "kind" in made ? refusal(made.reason) : { kind: "plan", changes: made, notes };
}
