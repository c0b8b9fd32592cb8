import type { Mode } from "../agent/events.ts";
import type { Session } from "../agent/runner.ts";
import type { Effort } from "../model/conversation.ts";
import { type Arguments, flagOf } from "./arguments.ts";

/** A session that is gone on with takes the model, effort and mode that were given this time. */
export async function configure(session: Session, given: Arguments): Promise<void> {
  const state = session.state();
  const [model, effort, mode] = [
    flagOf(given, "model"),
    flagOf(given, "effort"),
    flagOf(given, "permission-mode"),
  ];
  const change = {
    ...(model !== undefined && model !== state.model && { model }),
    ...(effort !== undefined && effort !== state.effort && { effort: effort as Effort }),
    ...(mode !== undefined && mode !== state.mode && { mode: mode as Mode }),
  };
  if (Object.keys(change).length > 0) await session.send({ type: "configure", ...change });
}
