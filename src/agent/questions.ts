import type { PartVerdict } from "../permission/shell/verdict.ts";
import type { Display } from "./display.ts";
import type { Given, Live } from "./wiring.ts";

/** What is asked, about which call. */
export interface Questioning {
  readonly call: string;
  readonly about: "permission" | "choice" | "plan";
  readonly reason: string;
  readonly display: Display;
  readonly rules: readonly string[];
  readonly covers?: readonly string[];
  readonly parts?: readonly PartVerdict[];
}

/** Asks the person; `undefined` when nobody is there. A queued message is never taken for the reply. */
export async function question(
  live: Live,
  about: Questioning,
  signal: AbortSignal,
): Promise<Given | undefined> {
  const id = live.world.clock.id();
  const waiting = live.attended ? live.replyTo(id, signal) : undefined;
  // Listened for below; a screen may answer as soon as it sees the question.
  waiting?.catch(() => undefined);
  await live.record({ type: "questioned", question: id, ...about });
  const { call } = about;
  if (!waiting) {
    await live.record({ type: "replied", question: id, call, reply: { kind: "deny" }, by: "nobody" });
    return undefined;
  }
  try {
    const given = await waiting;
    await live.record({ type: "replied", question: id, call, reply: given.reply, by: "person" }, "durable");
    return given;
  } catch (error) {
    if (!signal.aborted) throw error;
    await live.record({ type: "replied", question: id, call, reply: { kind: "deny" }, by: "stop" });
    throw error;
  }
}
