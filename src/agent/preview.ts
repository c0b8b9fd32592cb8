import type { JsonObject } from "../model/conversation.ts";
import { partialJson } from "../text/partial-json.ts";
import type { FileChange } from "../world.ts";
import { abilitiesOf } from "./abilities.ts";
import { ruledOn } from "./decision.ts";
import { check } from "./schema.ts";
import type { Live } from "./wiring.ts";

/** A call the model is still writing: `raw` is its input as far as it goes. */
export interface Draft {
  readonly call: string;
  readonly tool: string;
  readonly raw: string;
}

/**
 * What an edit would change as far as the model has written it; `undefined` when it is no edit, cannot be told yet, or
 * is not going to be asked about.
 */
export async function previewOf(
  live: Live,
  { call, tool: name, raw }: Draft,
  signal: AbortSignal,
): Promise<readonly FileChange[] | undefined> {
  const tool = live.tools.find((it) => it.name === name);
  const written = partialJson(raw);
  if (!tool || !("plan" in tool) || tool.isWholeOnly || check(tool.input, written) !== undefined)
    return undefined;
  // The tool's schema says it is one.
  const input = written as JsonObject;
  const { decision } = await ruledOn(live, name, tool.reach(input, live.memory().folder), signal);
  if (decision.decision !== "ask") return undefined;
  const planned = await tool.plan(input, abilitiesOf(live, call), signal);
  return planned.kind === "plan" ? planned.changes : undefined;
}
