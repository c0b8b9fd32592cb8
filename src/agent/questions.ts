import type { Display } from "./display.ts";
import type { Reply } from "./events.ts";
import type { Live } from "./wiring.ts";

/** What is asked, about which call. */
export interface Questioning {
  readonly call: string;
  readonly about: "permission" | "choice" | "plan";
  readonly reason: string;
  readonly display: Display;
  readonly rules: readonly string[];
}

/** Asks the person; `undefined` when nobody is there. A queued message is never taken for the reply. */
export async function question(
  live: Live,
  about: Questioning,
  signal: AbortSignal,
): Promise<Reply | undefined> {
  const id = live.world.clock.id();
  await live.record({ type: "questioned", question: id, ...about });
  const { call } = about;
  if (!live.attended) {
    await live.record({ type: "replied", question: id, call, reply: { kind: "deny" }, by: "nobody" });
    return undefined;
  }
  try {
    const reply = await live.replyTo(id, signal);
    await live.record({ type: "replied", question: id, call, reply, by: "person" }, "durable");
    return reply;
  } catch (error) {
    if (!signal.aborted) throw error;
    await live.record({ type: "replied", question: id, call, reply: { kind: "deny" }, by: "stop" });
    throw error;
  }
}
