import type { ChangedFile } from "../journal/images.ts";
import type { Block, Usage } from "../model/conversation.ts";
import type { RestReason, SessionEvent } from "./events.ts";
import { goneOn, rewound } from "./rewound.ts";
import { ruledText } from "./ruled-text.ts";
import {
  blockKey,
  type CallRow,
  type ChangedPath,
  callKey,
  isBlockOf,
  noticeKey,
  promptKey,
  type Row,
  type SessionState,
} from "./session.ts";

type Event<T extends SessionEvent["type"]> = Extract<SessionEvent, { type: T }>;

/** Output of a running command kept on its row, in UTF-16 units; the end is kept. */
const ROW_OUTPUT_LIMIT = 60_000;

/** The session after `event`. Pure and total: an event of a newer version changes nothing but `unknownEvents`. */
export function step(state: SessionState, event: SessionEvent): SessionState {
  return { ...change(state, event), n: event.n };
}

function change(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case "opened": {
      const { id, folder, model, effort, mode } = event;
      return { ...state, id, folder, model, effort, mode };
    }
    case "titled":
      return { ...state, title: event.title, titledBy: event.by };
    case "configured":
      return {
        ...state,
        ...(event.model !== undefined && { model: event.model }),
        ...(event.effort !== undefined && { effort: event.effort }),
        ...(event.mode !== undefined && { mode: event.mode }),
      };
    case "queued":
    case "requeued":
    case "unqueued":
      return { ...state, queue: queueAfter(state.queue, event) };
    case "asked":
      return {
        ...append(goneOn(state), promptOf(event)),
        queue: state.queue.filter((it) => it.id !== event.id),
      };
    case "started":
      // Where a damaged log has lost the request, its answer must not take the place of an earlier one.
      return { ...answering(goneOn(state), event), status: "working", lastRest: undefined, turnCost: 0 };
    case "requested":
      return { ...answering(state, event), retryAt: undefined };
    case "streamed":
      return streamed(state, event);
    case "said":
      return said(state, event);
    case "broke":
      return charged({ ...state, rows: closeOpen(state, true) }, event.usage, event.cost);
    case "retrying":
      return {
        ...append(state, notice(event, "warning", event.text)),
        retryAt: event.at + event.waitMs,
      };
    case "forgot-thinking":
      return append(
        state,
        notice(
          event,
          "info",
          "The model's earlier thinking no longer fits this conversation; it goes on without.",
        ),
      );
    case "called":
      return called(state, event);
    case "questioned":
      return questioned(state, event);
    case "replied":
      return replied(state, event);
    case "printed":
      return updateCall(state, event.call, (row) => ({
        ...row,
        output: (row.output + event.text).slice(-ROW_OUTPUT_LIMIT),
      }));
    case "answered":
      return answered(state, event);
    case "kept":
      return { ...state, changed: state.changed.filter((it) => !event.paths.includes(it.path)) };
    case "undone":
      return {
        ...state,
        changed: state.changed.filter((it) => !event.files.some((file) => file.path === it.path)),
      };
    case "reviewed":
      return { ...state, changed: state.changed.flatMap((it) => reviewed(it, event)) };
    case "rewound":
      return rewound(state, event);
    case "not-rewound":
    case "not-undone":
      return append(state, notice(event, "warning", event.text));
    case "ruled":
      return append(state, notice(event, "info", ruledText(event)));
    case "warned":
      return append(state, notice(event, "warning", event.text));
    case "rested":
      return rested(state, event);
    case "resumed":
    case "primed":
    case "noted":
    case "began":
    case "halted":
    case "rewinding":
    case "undoing":
      return state;
    default:
      return { ...state, unknownEvents: state.unknownEvents + 1 };
  }
}

function promptOf(event: Event<"asked">): Row {
  const { text, attachments, steering, at, n } = event;
  return { kind: "prompt", key: promptKey(n), text, attachments, steering, at };
}

function notice(event: SessionEvent, level: "info" | "warning" | "error", text: string): Row {
  return { kind: "notice", key: noticeKey(event.n), level, text, retry: false };
}

function queueAfter(
  queue: SessionState["queue"],
  event: Event<"queued" | "requeued" | "unqueued">,
): SessionState["queue"] {
  switch (event.type) {
    case "queued": {
      const { id, text, attachments, delivery } = event;
      return [...queue, { id, text, attachments, delivery }];
    }
    case "requeued":
      return queue.map((it) =>
        it.id === event.id ? { ...it, text: event.text, delivery: event.delivery } : it,
      );
    case "unqueued":
      return queue.filter((it) => it.id !== event.id);
  }
}

function append(state: SessionState, row: Row): SessionState {
  return { ...state, rows: [...state.rows, row] };
}

/** Rows change near their end, so they are searched from there. */
function update(
  state: SessionState,
  is: (row: Row) => boolean,
  to: (row: Row) => Row,
): SessionState | undefined {
  const index = state.rows.findLastIndex(is);
  const row = state.rows[index];
  return row && { ...state, rows: state.rows.with(index, to(row)) };
}

function updateCall(state: SessionState, call: string, to: (row: CallRow) => CallRow): SessionState {
  const isIt = (row: Row) => row.kind === "call" && row.call === call;
  return update(state, isIt, (row) => (row.kind === "call" ? to(row) : row)) ?? state;
}

function streamed(state: SessionState, event: Event<"streamed">): SessionState {
  const key = blockKey(state.answer, event.block);
  const grown = update(
    state,
    (row) => row.key === key,
    (row) => grow(row, event.text),
  );
  return grown ?? append(state, begun(key, event));
}

function grow(row: Row, text: string): Row {
  if (row.kind === "call") return { ...row, output: row.output + text };
  return row.kind === "text" || row.kind === "thinking" ? { ...row, text: row.text + text } : row;
}

function begun(key: string, { kind, text, id, name }: Event<"streamed">): Row {
  switch (kind) {
    case "text":
      return { kind, key, text, open: true, interrupted: false };
    case "thinking":
      return { kind, key, text, open: true };
    case "call":
      return { ...callRow(key, id ?? key, name ?? "", "", undefined), state: "writing", output: text };
  }
}

function callRow(key: string, call: string, tool: string, title: string, input: unknown): CallRow {
  return {
    kind: "call",
    key,
    call,
    tool,
    title,
    input,
    state: "running",
    display: undefined,
    output: "",
    durationMs: undefined,
  };
}

/** What is answered from here on has rows of its own. */
function answering(state: SessionState, { n }: SessionEvent): SessionState {
  return { ...state, answer: n, answerFrom: state.firstRow + state.rows.length };
}

function said(state: SessionState, event: Event<"said">): SessionState {
  const { answer } = state;
  const [closed, running] = splitAtAnswer(state);
  const kept = [...closed, ...running.filter((row) => !isBlockOf(answer, row))];
  const rows = event.answer.content.flatMap((block, index) => rowOf(block, blockKey(answer, index)));
  return charged({ ...state, rows: [...kept, ...rows] }, event.answer.usage, event.cost);
}

function rowOf(block: Block, key: string): Row[] {
  switch (block.type) {
    case "text":
      return block.text.trim() === ""
        ? []
        : [{ kind: "text", key, text: block.text, open: false, interrupted: false }];
    case "thinking":
      return block.thinking.trim() === ""
        ? []
        : [{ kind: "thinking", key, text: block.thinking, open: false }];
    case "tool_use":
      return [{ ...callRow(key, block.id, block.name, "", block.input), state: "pending" }];
    default:
      return [];
  }
}

function charged(state: SessionState, usage: Usage, cost: number | undefined): SessionState {
  const inputs = usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;
  return {
    ...state,
    usage: added(state.usage, usage),
    cost: state.cost + (cost ?? 0),
    turnCost: state.turnCost + (cost ?? 0),
    costIncomplete: state.costIncomplete || cost === undefined,
    contextTokens: inputs === 0 ? state.contextTokens : inputs + usage.output,
  };
}

function added(a: Usage, b: Usage): Usage {
  return {
    input: a.input + b.input,
    cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
    cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
    cacheRead: a.cacheRead + b.cacheRead,
    output: a.output + b.output,
  };
}

/** Rows that no event can open or close any more, and the others: a long session is not gone through for each answer. */
function splitAtAnswer({
  rows,
  firstRow,
  answerFrom,
}: SessionState): readonly [readonly Row[], readonly Row[]] {
  const at = Math.max(0, answerFrom - firstRow);
  return [rows.slice(0, at), rows.slice(at)];
}

function closeOpen(state: SessionState, interrupted: boolean): readonly Row[] {
  const [closed, running] = splitAtAnswer(state);
  return [...closed, ...running.map((row) => closedRow(row, interrupted))];
}

function closedRow(row: Row, interrupted: boolean): Row {
  if (row.kind === "text" && row.open) return { ...row, open: false, interrupted };
  if (row.kind === "thinking" && row.open) return { ...row, open: false };
  if (row.kind === "call" && (row.state === "writing" || row.state === "pending"))
    return { ...row, state: "interrupted" };
  return row;
}

function called(state: SessionState, event: Event<"called">): SessionState {
  const { call, tool, title, input, n } = event;
  const isIt = (row: Row) => row.kind === "call" && row.call === call;
  const taken = (row: Row): Row => ({ ...callRow(row.key, call, tool, title, input) });
  return update(state, isIt, taken) ?? append(state, callRow(callKey(n), call, tool, title, input));
}

function questioned(state: SessionState, event: Event<"questioned">): SessionState {
  const { question, call, about, reason, display, rules, covers, parts } = event;
  const row = state.rows.findLast((it) => it.kind === "call" && it.call === call);
  const { tool, title } = row?.kind === "call" ? row : { tool: "", title: "" };
  const waiting = updateCall(state, call, (it) => ({ ...it, state: "waiting", display }));
  const asked = { question, call, tool, title, about, reason, display, rules };
  const questions = [...state.questions, { ...asked, ...(covers && { covers }), ...(parts && { parts }) }];
  return { ...waiting, status: "waiting", questions };
}

function replied(state: SessionState, event: Event<"replied">): SessionState {
  const questions = state.questions.filter((it) => it.question !== event.question);
  const running = updateCall(state, event.call, (row) =>
    row.state === "waiting" ? { ...row, state: "running" } : row,
  );
  const status = questions.length > 0 ? "waiting" : state.status === "waiting" ? "working" : state.status;
  return { ...running, questions, status };
}

function answered(state: SessionState, event: Event<"answered">): SessionState {
  const { display, durationMs, end } = event;
  const done = updateCall(state, event.call, (row) => ({
    ...row,
    state: end,
    display: display ?? row.display,
    durationMs,
    output: "",
  }));
  const todos = display?.kind === "todos" ? display.todos : state.todos;
  return { ...done, todos, changed: merged(state.changed, event.files) };
}

/** The change that was decided on gives way to what is left of it. */
function reviewed(changed: ChangedPath, { was, now }: Event<"reviewed">): readonly ChangedPath[] {
  if (changed.path !== now.path) return [changed];
  const isIt = (it: ChangedFile) => it.before === was.before && it.after === was.after;
  const left = now.before === now.after ? [] : [now];
  const steps = changed.steps.flatMap((it) => (isIt(it) ? left : [it]));
  const [first, last] = [steps[0], steps.at(-1)];
  return first && last ? [{ ...last, before: first.before, steps }] : [];
}

/** Each file with all its changes, the last changed at the end; one that is back where it was is not changed any more. */
function merged(changed: readonly ChangedPath[], files: readonly ChangedFile[]): readonly ChangedPath[] {
  if (files.length === 0) return changed;
  const all = new Map(changed.map((it) => [it.path, it]));
  for (const file of files) {
    const steps = joined(all.get(file.path)?.steps ?? [], file);
    const [first, last] = [steps[0], steps.at(-1)];
    all.delete(file.path);
    if (first && last) all.set(file.path, { ...last, before: first.before, steps });
  }
  return [...all.values()];
}

/** A change that goes on from the last one is one with it; one that does not stands by itself, for what lies between is not ours. */
function joined(steps: readonly ChangedFile[], file: ChangedFile): readonly ChangedFile[] {
  const last = steps.at(-1);
  const goesOn =
    last?.after === file.before && last?.target === file.target && last?.encoding === file.encoding;
  if (!last || !goesOn) return [...steps, file];
  const one = { ...file, before: last.before };
  return one.before === one.after ? steps.slice(0, -1) : [...steps.slice(0, -1), one];
}

/** How loud the notice of an end is; all others are errors. */
const LEVELS: Readonly<Partial<Record<RestReason, "info" | "warning">>> = {
  stopped: "info",
  closed: "warning",
};
/** Ends after which the same turn may be taken up again. */
const MAY_RETRY: ReadonlySet<RestReason> = new Set(["failed", "looping", "limit", "closed"]);

function rested(state: SessionState, event: Event<"rested">): SessionState {
  const closed: SessionState = {
    ...state,
    status: "resting",
    lastRest: event.reason,
    retryAt: undefined,
    questions: [],
    rows: closeOpen(state, event.reason !== "done"),
  };
  if (event.text === undefined) return closed;
  const row: Row = {
    kind: "notice",
    key: noticeKey(event.n),
    level: LEVELS[event.reason] ?? "error",
    text: event.text,
    retry: MAY_RETRY.has(event.reason),
    ...(event.failure && { failure: event.failure }),
  };
  return append(closed, row);
}
