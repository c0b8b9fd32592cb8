import type { Block, ToolUseBlock } from "../model/conversation.ts";
import type { CallEnd, EventBody } from "./events.ts";
import type { Live } from "./wiring.ts";

type Answered = Extract<EventBody, { type: "answered" }>;

/** Answers a call; what is not given is as nothing. Durable when the call may have changed something. */
export async function finish(
  live: Live,
  call: Pick<ToolUseBlock, "id">,
  end: CallEnd,
  content: string | readonly Block[],
  more: Partial<Pick<Answered, "display" | "files" | "read" | "folder" | "durationMs">> = {},
): Promise<void> {
  const began = live.memory().open.get(call.id)?.began !== undefined;
  const body: Answered = {
    type: "answered",
    call: call.id,
    end,
    content,
    display: undefined,
    files: [],
    read: [],
    durationMs: 0,
    ...more,
  };
  await live.record(body, began ? "durable" : undefined);
}

/** Answers a call that the person stopped. */
export function interrupted(live: Live, call: Pick<ToolUseBlock, "id">): Promise<void> {
  const began = live.memory().open.get(call.id)?.began;
  return finish(
    live,
    call,
    "interrupted",
    began
      ? "Stopped by the person while it ran; part of it may have happened."
      : "Not run: the person stopped this turn.",
  );
}
