import { shownPath } from "../text/paths.ts";
import type { Rewind, SessionEvent } from "./events.ts";
import { noticeKey, type Row, type SessionState } from "./session.ts";

type Rewound = Extract<SessionEvent, { type: "rewound" }>;

/** The session after a rewind. Pure, and right for a screen that holds the last rows only. */
export function rewound(state: SessionState, event: Rewound): SessionState {
  const paths = new Set(event.files.map((it) => it.path));
  const changed = [...state.changed.filter((it) => !paths.has(it.path)), ...event.changed];
  const row = noticeOf(event, state.folder);
  if (event.takesBack) return { ...takenBack(state, event, row), changed };
  const rest = { ...withoutOffer(state), changed };
  const { conversation } = event;
  const last = { n: event.n, text: event.text, before: state, isTalk: conversation !== undefined };
  if (!conversation) return { ...rest, rows: [...rest.rows, row], lastRewind: last };
  const { row: from, todos, contextTokens, lastRest } = conversation;
  const kept = rest.rows.slice(0, Math.max(0, from - state.firstRow));
  const firstRow = Math.min(state.firstRow, from);
  const answerFrom = Math.min(state.answerFrom, from);
  return {
    ...rest,
    firstRow,
    rows: [...kept, row],
    answerFrom,
    todos,
    contextTokens,
    lastRest,
    lastRewind: last,
  };
}

/** The session once it goes on: what was rewound is past. */
export function goneOn(state: SessionState): SessionState {
  return state.lastRewind ? { ...withoutOffer(state), lastRewind: undefined } : state;
}

function takenBack(state: SessionState, { to }: Rewound, row: Row): SessionState {
  const last = state.lastRewind?.n === to ? state.lastRewind : undefined;
  if (!last) return { ...state, rows: [...state.rows, row] };
  const { before, isTalk } = last;
  const at = state.rows.findLastIndex((it) => it.key === noticeKey(to));
  const later = at === -1 ? [] : state.rows.slice(at + 1);
  const earlier = at === -1 ? state.rows : state.rows.slice(0, at);
  const rest = { ...state, lastRewind: before.lastRewind };
  if (!isTalk) return { ...rest, rows: [...earlier, ...later, row] };
  const { firstRow, rows, answerFrom, todos, contextTokens, lastRest } = before;
  return { ...rest, firstRow, answerFrom, todos, contextTokens, lastRest, rows: [...rows, ...later, row] };
}

function withoutOffer(state: SessionState): SessionState {
  const at = state.lastRewind ? state.rows.findLastIndex((it) => it.kind === "notice" && it.rewind) : -1;
  const row = state.rows[at];
  if (row?.kind !== "notice") return state;
  const { rewind: _, ...plain } = row;
  return { ...state, rows: state.rows.with(at, plain) };
}

function noticeOf(event: Rewound, folder: string): Row {
  const offer = event.takesBack ? {} : { rewind: true as const };
  const text = rewoundText(event, folder);
  return { kind: "notice", key: noticeKey(event.n), level: "info", text, retry: false, ...offer };
}

/** Words of a message shown in a sentence, in UTF-16 units. */
const SHOWN_WORDS = 60;

/** A sentence for people on what a rewind has done; paths are shown below the session's folder. */
export function rewoundText({ takesBack, text, files, left, conversation }: Rewind, folder: string): string {
  const words = text.replace(/\s+/g, " ").trim();
  const short = words.length > SHOWN_WORDS ? `${words.slice(0, SHOWN_WORDS)}…` : words;
  const count = files.length === 1 ? "1 file" : `${files.length} files`;
  const what = [...(conversation ? ["the conversation"] : []), ...(files.length > 0 ? [count] : [])];
  const head = takesBack ? "Took back the rewind to before" : "Rewound to before";
  const done = what.length === 0 ? "" : `: ${what.join(" and ")}`;
  const rest =
    left.length === 0 ? "" : ` Left as they are: ${left.map((it) => shownPath(it, folder)).join(", ")}.`;
  return `${head} “${short || "(no words)"}”${done}.${rest}`;
}
