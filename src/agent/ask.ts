import { attached } from "./attached.ts";
import { titleOf } from "./content.ts";
import { tell } from "./deliver.ts";
import type { Command } from "./events.ts";
import { unfitAttachment } from "./image.ts";
import { refused, type Sent, TAKEN } from "./sent.ts";
import type { Live } from "./wiring.ts";
import type { Work } from "./work.ts";

/** A message of the person: it begins a turn, or waits for its time in the one that runs. */
export async function ask(
  live: Live,
  work: Work,
  { text, attachments, delivery = "step" }: Extract<Command, { type: "ask" }>,
): Promise<Sent> {
  if (text.trim() === "" && attachments.length === 0) return refused("There is nothing in this message.");
  const id = live.world.clock.id();
  const { signal } = new AbortController();
  const unfit = attachments.map(unfitAttachment).find((it) => it !== undefined);
  if (unfit !== undefined) return refused(unfit);
  const along = await attached(live, text, attachments, signal);
  const message = { id, text, attachments: along.attachments };
  if (along.leftOut.length > 0)
    await live.record({
      type: "warned",
      text: `Not sent along, since reading it must be asked, or an ignore file hides it: ${along.leftOut.join(", ")}.`,
    });
  // A message after Stop begins a turn of its own; what was queued before stays queued.
  while (work.rewinding() || (work.turn() && work.isStopped())) await (work.rewinding() ?? work.turn());
  if (work.turn()) {
    await live.record({ type: "queued", ...message, delivery }, "durable");
    // The turn may have ended meanwhile, and with it whoever would have looked.
    work.goOn();
    return TAKEN;
  }
  return work.begin(async () => {
    if (live.memory().state.title === "")
      await live.record({ type: "titled", title: titleOf(text), by: "first-words" });
    await tell(live, message, false);
  });
}
