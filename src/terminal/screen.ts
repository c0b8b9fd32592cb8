import type { SessionEvent } from "../agent/events.ts";
import { rewoundText } from "../agent/rewound.ts";
import { ruledText } from "../agent/ruled-text.ts";
import { NO_SESSION, type OpenQuestion, type Row } from "../agent/session.ts";
import { step } from "../agent/step.ts";
import { visible, visibleStream } from "../text/visible.ts";
import { callLine, displayText, type Paint } from "./render.ts";

/** Rows of a diff or an output shown in a terminal. */
const SHOWN_LINES = 40;

/** What to type where a screen with buttons has one named "Retry". */
export const HOW_TO_RETRY = "Type /retry to go on.";

/** Whether the last row offers to try again. */
export function mayRetry(rows: readonly Row[]): boolean {
  const last = rows.at(-1);
  return last?.kind === "notice" && last.retry;
}

/** A session on a terminal. */
export interface Screen {
  readonly hear: (event: SessionEvent) => void;
  /** The question that was shown last and is still open: the only one that an answer may be meant for. */
  readonly asking: () => OpenQuestion | undefined;
}

/**
 * Writes a session's events to a terminal as they come; nothing in texts from models and tools stays hidden. Of several
 * open questions it shows one at a time and calls `onQuestion` with it.
 */
export function screen(
  write: (text: string) => void,
  colours: Paint,
  onQuestion: (question: OpenQuestion) => void,
): Screen {
  let state = NO_SESSION;
  let isMidLine = false;
  let asking: OpenQuestion | undefined;
  /** Calls whose diff was shown in their question. */
  const seenDiffs = new Set<string>();
  const put = (text: string) => {
    if (text === "") return;
    write(text);
    isMidLine = !text.endsWith("\n");
  };
  const stream = visibleStream();
  let source = "";
  /** One more piece of what comes from `from`; pieces of another source do not go on from it. */
  const putPiece = (from: string, text: string, painted: (text: string) => string) => {
    const rest = from === source ? "" : stream.flush();
    source = from;
    const shown = rest + stream.push(text);
    if (shown !== "") put(painted(shown));
  };
  const line = (text: string) => put(`${isMidLine ? "\n" : ""}${text}\n`);
  const { dim, yellow, red, bold } = colours;
  return { hear, asking: () => asking };

  function hear(event: SessionEvent): void {
    state = step(state, event);
    show(event);
    const [next] = state.questions;
    const isNew = next !== undefined && next.question !== asking?.question;
    asking = next;
    if (!isNew) return;
    showQuestion(next);
    onQuestion(next);
  }

  function show(event: SessionEvent): void {
    switch (event.type) {
      case "streamed":
        if (event.kind === "text") putPiece(`block ${event.block}`, event.text, (it) => it);
        else if (event.kind === "thinking") putPiece(`block ${event.block}`, event.text, dim);
        return;
      case "printed":
        return putPiece(`call ${event.call}`, event.text, dim);
    }
    put(stream.flush());
    switch (event.type) {
      case "said":
        return isMidLine ? put("\n") : undefined;
      case "answered":
        return answered(event.call);
      case "retrying":
      case "warned":
        return line(yellow(visible(event.text)));
      case "ruled":
        return line(dim(visible(ruledText(event))));
      case "kept":
        return line(dim(`Kept: ${event.paths.map(visible).join(", ")}`));
      case "undone":
        return line(dim(`Undone: ${event.files.map((it) => visible(it.path)).join(", ")}`));
      case "rewound":
        return line(dim(visible(rewoundText(event, state.folder))));
      case "not-rewound":
      case "not-undone":
        return line(yellow(visible(event.text)));
      case "rested":
        return rested(event);
    }
  }

  function rested({ text, reason }: Extract<SessionEvent, { type: "rested" }>): void {
    const { turnCost, costIncomplete } = state;
    const unknown = costIncomplete ? "cost partly unknown, " : "";
    if (text) line((reason === "stopped" ? yellow : red)(visible(text)));
    if (turnCost > 0 || costIncomplete) line(dim(`${unknown}$${turnCost.toFixed(4)}`));
    if (mayRetry(state.rows)) line(dim(HOW_TO_RETRY));
    if (isMidLine) put("\n");
  }

  function answered(call: string): void {
    const row = state.rows.findLast((it) => it.kind === "call" && it.call === call);
    if (row?.kind !== "call") return;
    line(callLine(row, colours));
    const isWorthIt = row.display && row.display.kind !== "text" && row.display.kind !== "image";
    if (row.display && isWorthIt && row.state === "done" && !seenDiffs.has(call))
      line(displayText(row.display, colours, SHOWN_LINES));
  }

  function showQuestion({ call, display, reason, rules, about }: OpenQuestion): void {
    if (display.kind === "diff") seenDiffs.add(call);
    line(displayText(display, colours, SHOWN_LINES * 5));
    if (about === "choice") return line(bold("Type a number, or your own words."));
    const always =
      about === "plan"
        ? "  a = yes, and accept edits"
        : rules[0] === undefined
          ? ""
          : `  a = always (writes the rule ${visible(rules[0])})  s = until this session is closed`;
    line(
      `${bold(`Allow? ${visible(reason)}`)}\n${dim(`y = yes${always}  n = no  or say what to do instead`)}`,
    );
  }
}
