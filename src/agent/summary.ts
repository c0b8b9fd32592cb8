import type { SessionEvent } from "./events.ts";

/** What the history list shows of a session, and what it is searched by. */
export interface Summary {
  readonly id: string;
  readonly title: string;
  readonly folder: string;
  readonly model: string;
  /** Milliseconds since 1970 of the last event. */
  readonly at: number;
  /** Dollars. */
  readonly cost: number;
  readonly prompts: number;
  /** Title and all messages of the person, for searching. */
  readonly words: string;
}

/** The summary of a log; `undefined` when nothing in it says what session it is. */
export function summaryOf(events: readonly SessionEvent[]): Summary | undefined {
  const opened = events.find((it) => it.type === "opened");
  if (!opened) return undefined;
  let { model } = opened;
  let title = "";
  let cost = 0;
  const prompts: string[] = [];
  for (const event of events) {
    if (event.type === "titled") title = event.title;
    else if (event.type === "configured") model = event.model ?? model;
    else if (event.type === "asked") prompts.push(event.text);
    else if (event.type === "said" || event.type === "broke") cost += event.cost ?? 0;
  }
  const { id, folder } = opened;
  return {
    id,
    folder,
    model,
    title,
    cost,
    at: events.at(-1)?.at ?? 0,
    prompts: prompts.length,
    words: [title, ...prompts].join("\n"),
  };
}
