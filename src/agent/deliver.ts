import { contentOf } from "./content.ts";
import type { Delivery } from "./events.ts";
import type { QueuedMessage } from "./session.ts";
import type { Live } from "./wiring.ts";

/** Puts waiting messages of that kind into the running turn, in order; whether there were any. */
export async function deliver(live: Live, delivery: Delivery): Promise<boolean> {
  const due = live.memory().state.queue.filter((it) => it.delivery === delivery);
  for (const message of due) await tell(live, message, true);
  return due.length > 0;
}

/** A message reaches the conversation. `steering`: into a turn that runs already. */
export async function tell(
  live: Live,
  { id, text, attachments }: Omit<QueuedMessage, "delivery">,
  steering: boolean,
): Promise<void> {
  await live.record(
    { type: "asked", id, text, attachments, content: contentOf(text, attachments), steering },
    "durable",
  );
}
