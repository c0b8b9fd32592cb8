import type { SessionEvent } from "./events.ts";

/** What the history list shows of a session, and what it is searched by. */
export interface Summary {
  /** "" when the log does not say; so are `folder` and `model`. */
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

/** Title of a session whose log has lost its beginning, and with it what session it is. */
export const DAMAGED = "Damaged session";

/** The summary of a log; one without its beginning has no id and no folder, and says in its title that it is damaged. */
export function summaryOf(events: readonly SessionEvent[]): Summary {
  const opened = events.find((it) => it.type === "opened");
  let model = opened?.model ?? "";
  let title = "";
  let cost = 0;
  const prompts: string[] = [];
  for (const event of events) {
    if (event.type === "titled") title = event.title;
    else if (event.type === "configured") model = event.model ?? model;
    else if (event.type === "asked") prompts.push(event.text);
    else if (event.type === "said" || event.type === "broke") cost += event.cost ?? 0;
  }
  if (!opened) title = title === "" ? DAMAGED : `${DAMAGED}: ${title}`;
  return {
    id: opened?.id ?? "",
    folder: opened?.folder ?? "",
    model,
    title,
    cost,
    at: events.at(-1)?.at ?? 0,
    prompts: prompts.length,
    words: [title, ...prompts].join("\n"),
  };
}
