import type { JsonObject } from "../model/conversation.ts";
import type { Options } from "../refactor/refactoring.ts";
import { signatureOptions } from "../refactor/signature/options.ts";
import { absolute, shownPath } from "../text/paths.ts";
import { changesOf, planRefactoring, type RefactorPorts } from "./refactor-files.ts";
import { selectionIn } from "./selection.ts";
import type { Abilities, Planned } from "./tool.ts";
import { isOn, objectIn, textIn } from "./tools/parts/input.ts";
import { refusal, unreadable } from "./tools/parts/plan-edits.ts";

/** What is used to plan it. */
export type RefactorAbilities = RefactorPorts & Pick<Abilities, "files" | "folder" | "seen">;

/** What a call of the tool Refactor would change, or why it cannot; its input is checked. */
export async function plannedRefactor(
  input: JsonObject,
  abilities: RefactorAbilities,
  signal: AbortSignal,
): Promise<Planned> {
  const { files, folder, seen } = abilities;
  const path = absolute(textIn(input, "file_path"), folder);
  const shown = shownPath(path, folder);
  const found = await files.read(path, signal);
  if (found.kind !== "text") return refusal(await unreadable(found, path, abilities));
  if (seen(path) === undefined) return refusal(`Read "${shown}" before you refactor it.`);
  if (seen(path) !== found.hash)
    return refusal(`"${shown}" has changed since you read it. Read it again: the selection may be another.`);
  const at = selectionIn(found.text, textIn(input, "selection"));
  if (typeof at === "string") return refusal(at);
  const id = textIn(input, "id");
  const options = optionsIn(input);
  if (typeof options === "string") return refusal(options);
  const request = { file: { path, text: found.text }, ...at };
  const plan = await planRefactoring(id, request, options, folder, abilities, signal);
  if (plan.kind === "refused") return refusal(`Nothing was changed (${plan.code}): ${plan.reason}`);
  return asPlanned(await changesOf(plan, files, signal), plan.warnings);
}

function optionsIn(input: JsonObject): Options | string {
  const options = objectIn(input, "options");
  const name = textIn(input, "new_name");
  const scope = textIn(options, "scope");
  const to = textIn(options, "to");
  const signature = signatureOptions(options);
  if (typeof signature === "string") return `In options, ${signature}.`;
  return {
    ...(name !== "" && { name }),
    ...(scope !== "" && { scope }),
    ...(to !== "" && { to }),
    ...(isOn(options, "replaceAll") && { replaceAll: true }),
    ...(isOn(options, "allCalls") && { allCalls: true }),
    ...signature,
  };
}

function asPlanned(made: Awaited<ReturnType<typeof changesOf>>, notes: readonly string[]): Planned {
  return "kind" in made ? refusal(made.reason) : { kind: "plan", changes: made, notes };
}
