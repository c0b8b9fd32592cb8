import type { Block, ToolUseBlock } from "../model/conversation.ts";
import type { CallEnd, EventBody } from "./events.ts";
import type { Live } from "./wiring.ts";

type Answered = Extract<EventBody, { type: "answered" }>;
type More = Partial<Pick<Answered, "display" | "files" | "lost" | "read" | "folder" | "durationMs">>;

/** The answer to a call, not yet recorded; what is not given is as nothing. */
export function answerTo(
  call: string,
  end: CallEnd,
  content: string | readonly Block[],
  more: More = {},
): Answered {
  const nothing = { display: undefined, files: [], read: [], durationMs: 0 };
  return { type: "answered", call, end, content, ...nothing, ...more };
}

/** Answers a call; what is not given is as nothing. Durable when the call may have changed something. */
export async function finish(
  live: Live,
  call: Pick<ToolUseBlock, "id">,
  end: CallEnd,
  content: string | readonly Block[],
  more: More = {},
): Promise<void> {
  const began = live.memory().open.get(call.id)?.began !== undefined;
  await live.record(answerTo(call.id, end, content, more), began ? "durable" : undefined);
}

/** What is said of a call that was stopped while it ran. */
export const STOPPED_IN_PART = "Stopped by the person while it ran; part of it may have happened.";

/** Answers a call that the person stopped. */
export function interrupted(live: Live, call: Pick<ToolUseBlock, "id">, more: More = {}): Promise<void> {
  const began = live.memory().open.get(call.id)?.began;
  return finish(
    live,
    call,
    "interrupted",
    began ? STOPPED_IN_PART : "Not run: the person stopped this turn.",
    more,
  );
}
