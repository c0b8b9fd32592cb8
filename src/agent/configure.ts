import type { Command } from "./events.ts";
import { modeNote } from "./prompt.ts";
import { refused, type Sent, TAKEN } from "./sent.ts";
import type { Live } from "./wiring.ts";

/** Changes model, effort or mode, and tells the model of a mode that is another now. */
export async function configure(
  live: Live,
  { model, effort, mode }: Extract<Command, { type: "configure" }>,
): Promise<Sent> {
  const { state, isPrimed } = live.memory();
  if (mode === "bypassPermissions" && !live.policy().bypassAllowed) {
    return refused(
      "Mode bypassPermissions is switched off. Set wheelhouse.permissions.allowBypass to use it, only where nothing can be lost.",
    );
  }
  await live.record(
    {
      type: "configured",
      ...(model !== undefined && { model }),
      ...(effort !== undefined && { effort }),
      ...(mode !== undefined && { mode }),
    },
    "durable",
  );
  if (mode !== undefined && mode !== state.mode && isPrimed)
    await live.record({ type: "noted", text: modeNote(mode) });
  return TAKEN;
}

/** A session keeps its mode, but not one that the person has switched off since. */
export async function withdrawBypass(live: Live): Promise<void> {
  const { state, isPrimed } = live.memory();
  if (state.mode !== "bypassPermissions" || live.policy().bypassAllowed) return;
  await live.record({ type: "configured", mode: "default" });
  if (isPrimed) await live.record({ type: "noted", text: modeNote("default") });
}
