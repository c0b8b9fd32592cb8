import type { Attachment } from "../src/agent/events.ts";
import type { Draft } from "./draft.ts";
import type { Place } from "./view/conversation.ts";

/** What the page keeps over a reload. */
export interface Kept {
  readonly session: string;
  readonly place: Place;
  readonly draft: Draft;
}

/** What was kept, as far as it has the right shape; a draft or place that does not is empty. */
export function keptOf(value: unknown): Kept {
  const { session, place, draft } = fieldsOf(value);
  const { key, offset } = fieldsOf(place);
  const { text, attachments } = fieldsOf(draft);
  return {
    session: typeof session === "string" ? session : "",
    place: typeof key === "string" && typeof offset === "number" ? { key, offset } : undefined,
    draft: {
      text: typeof text === "string" ? text : "",
      attachments: Array.isArray(attachments) ? attachments.filter(isAttachment) : [],
    },
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function isAttachment(value: unknown): value is Attachment {
  const it = fieldsOf(value);
  switch (it.kind) {
    case "image":
      return typeof it.name === "string" && typeof it.mediaType === "string" && typeof it.data === "string";
    case "file":
      return typeof it.path === "string" && typeof it.text === "string";
    case "selection":
      return typeof it.path === "string" && typeof it.text === "string" && areLines(it.from, it.to);
    default:
      return false;
  }
}

function areLines(from: unknown, to: unknown): boolean {
  return from === undefined ? to === undefined : typeof from === "number" && typeof to === "number";
}
