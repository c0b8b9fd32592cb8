import type { EventBody, SessionEvent } from "../../src/agent/events.ts";
import type { Block, Stop } from "../../src/model/conversation.ts";
import { NO_USAGE } from "../../src/model/conversation.ts";
import { answerOf } from "../support/scripted-model.ts";

/** Short forms of events, for folds. */
export const opened: EventBody = {
  type: "opened",
  format: 1,
  id: "abcdefghijkl",
  folder: "/p",
  model: "test",
  effort: undefined,
  mode: "default",
  host: "test",
  version: "0",
};
export const started: EventBody = { type: "started", turn: "t" };
export const requested: EventBody = { type: "requested", model: "test", provider: "test" };

export function asked(text: string, steering = false, id = text): EventBody {
  return { type: "asked", id, text, attachments: [], content: [{ type: "text", text }], steering };
}
export function noted(text: string): EventBody {
  return { type: "noted", text };
}
export function said(content: readonly Block[] | string, stop?: Stop, cost?: number): EventBody {
  const blocks = typeof content === "string" ? [{ type: "text" as const, text: content }] : content;
  return { type: "said", answer: answerOf(blocks, stop), cost, durationMs: 1 };
}
export function streamed(block: number, kind: "text" | "thinking" | "call", text: string): EventBody {
  return { type: "streamed", block, kind, text, ...(kind === "call" && { id: "c1", name: "Read" }) };
}
export function broke(text: string): EventBody {
  const failure = { kind: "cut", message: "cut" } as const;
  return { type: "broke", failure, text, usage: NO_USAGE, cost: undefined, durationMs: 1 };
}
export function called(call: string, tool = "Read"): EventBody {
  return { type: "called", call, tool, title: "a.ts", input: { file_path: "a.ts" } };
}
export function answered(
  call: string,
  more: Partial<Extract<EventBody, { type: "answered" }>> = {},
): EventBody {
  return {
    type: "answered",
    call,
    end: "done",
    content: `result of ${call}`,
    display: undefined,
    files: [],
    read: [],
    durationMs: 1,
    ...more,
  };
}
export function rested(
  reason: Extract<EventBody, { type: "rested" }>["reason"] = "done",
  text?: string,
): EventBody {
  return { type: "rested", reason, ...(text !== undefined && { text }) };
}

/** Bodies as a log has them. */
export function numbered(bodies: readonly EventBody[], from = 1): readonly SessionEvent[] {
  return bodies.map((it, at): SessionEvent => ({ n: from + at, at: 1000 + at, ...it }));
}
