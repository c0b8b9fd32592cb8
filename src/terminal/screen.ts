import type { SessionEvent } from "../agent/events.ts";
import { NO_SESSION } from "../agent/session.ts";
import { step } from "../agent/step.ts";
import { callLine, displayText, type Paint } from "./render.ts";

/** Rows of a diff or an output shown in a terminal. */
const SHOWN_LINES = 40;

/** Text from models and tools with its control characters made harmless: an escape sequence shows as plain text. */
function inert(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}

/** Writes a session's events to a terminal as they come. Text from models and tools is made harmless first. */
export function screen(
  write: (text: string) => void,
  colours: Paint,
): { readonly hear: (event: SessionEvent) => void } {
  let state = NO_SESSION;
  let isMidLine = false;
  const put = (text: string) => {
    if (text === "") return;
    write(text);
    isMidLine = !text.endsWith("\n");
  };
  const line = (text: string) => put(`${isMidLine ? "\n" : ""}${text}\n`);
  const { dim, yellow, red, bold } = colours;
  return { hear };

  function hear(event: SessionEvent): void {
    state = step(state, event);
    switch (event.type) {
      case "streamed":
        if (event.kind === "text") put(inert(event.text));
        else if (event.kind === "thinking") put(dim(inert(event.text)));
        return;
      case "printed":
        return put(dim(inert(event.text)));
      case "said":
        return isMidLine ? put("\n") : undefined;
      case "answered":
        return answered(event.call);
      case "questioned":
        return questioned(event);
      case "retrying":
      case "warned":
        return line(yellow(inert(event.text)));
      case "ruled":
        return line(dim(`From now on allowed: ${event.rule}`));
      case "rested": {
        const cost =
          state.turnCost > 0 || state.costIncomplete
            ? `${state.costIncomplete ? "cost partly unknown, " : ""}$${state.turnCost.toFixed(4)}`
            : "";
        if (event.text) line((event.reason === "stopped" ? yellow : red)(inert(event.text)));
        if (cost !== "") line(dim(cost));
        if (isMidLine) put("\n");
        return;
      }
    }
  }

  function answered(call: string): void {
    const row = state.rows.findLast((it) => it.kind === "call" && it.call === call);
    if (row?.kind !== "call") return;
    line(callLine(row, colours));
    const isWorthIt = row.display && row.display.kind !== "text" && row.display.kind !== "image";
    if (row.display && isWorthIt && row.state === "done")
      line(stripped(displayText(row.display, colours, SHOWN_LINES)));
  }

  function questioned({
    display,
    reason,
    rules,
    about,
  }: Extract<SessionEvent, { type: "questioned" }>): void {
    line(stripped(displayText(display, colours, SHOWN_LINES * 5)));
    if (about === "choice") return line(bold("Type a number, or your own words."));
    const always =
      about === "plan"
        ? "  a = yes, and accept edits"
        : rules[0] === undefined
          ? ""
          : `  a = always (writes the rule ${rules[0]})`;
    line(`${bold(`Allow? ${inert(reason)}`)}\n${dim(`y = yes${always}  n = no  or say what to do instead`)}`);
  }

  /** Our own colours stay; displays hold no other escapes, for tools strip theirs, but paths and titles might. */
  function stripped(text: string): string {
    return text.replace(/\u001b(?!\[(?:1|2|22|3[1-6]|39)m)/g, "");
  }
}
