import { tell } from "./deliver.ts";
import type { Command } from "./events.ts";
import { refused, type Sent, TAKEN } from "./sent.ts";
import type { QueuedMessage } from "./session.ts";
import type { Live } from "./wiring.ts";

/** The next waiting message, when the last turn ended well. */
export function nextWaiting(live: Live): QueuedMessage | undefined {
  const { queue, lastRest } = live.memory().state;
  return lastRest === "done" ? queue[0] : undefined;
}

/** Tells the model the next waiting message, if there is one. */
export async function tellNext(live: Live): Promise<void> {
  const next = nextWaiting(live);
  if (next) await tell(live, next, false);
}

/** Changes a waiting message, or takes it away. */
export async function changeQueue(
  live: Live,
  command: Extract<Command, { type: "requeue" | "unqueue" }>,
): Promise<Sent> {
  if (!live.memory().state.queue.some((it) => it.id === command.id))
    return refused("This message has been sent already.");
  const { id } = command;
  if (command.type === "unqueue") await live.record({ type: "unqueued", id }, "durable");
  else await live.record({ type: "requeued", id, text: command.text, delivery: command.delivery }, "durable");
  return TAKEN;
}
