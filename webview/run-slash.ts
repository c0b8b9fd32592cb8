import { MODES } from "../src/agent/events.ts";
import { EFFORTS } from "../src/model/conversation.ts";
import type { Desk } from "./desk.ts";
import type { Panel } from "./panel.ts";
import type { Slash } from "./slash.ts";

/** What slash commands act on. */
export interface SlashEnds {
  readonly desk: Desk;
  readonly panel: () => Panel;
  readonly openHelp: () => void;
  readonly openCost: () => void;
  readonly focusPicker: (name: "model" | "mode" | "effort") => void;
}

/** Does what a command of the message box says; a choice without a known argument is made in its picker. */
export function runSlash({ name, argument }: Slash, ends: SlashEnds): void {
  const { desk, panel } = ends;
  switch (name) {
    case "clear":
      desk.post({ type: "newSession" });
      break;
    case "help":
      ends.openHelp();
      break;
    case "cost":
      ends.openCost();
      break;
    case "export":
      desk.post({
        type: "exportSession",
        id: panel().session.id,
        format: argument === "json" ? "json" : "markdown",
      });
      break;
    case "model":
    case "mode":
    case "effort":
      configure(name, argument, ends);
  }
}

function configure(
  name: "model" | "mode" | "effort",
  argument: string,
  { desk, panel, focusPicker }: SlashEnds,
): void {
  const words = argument.toLowerCase();
  const mode = MODES.find((it) => it.toLowerCase() === words);
  const effort = EFFORTS.find((it) => it === words);
  if (name === "mode" && mode) desk.command({ type: "configure", mode });
  else if (name === "effort" && effort) desk.command({ type: "configure", effort });
  else if (name === "model" && words !== "")
    desk.command({ type: "configure", model: modelNamed(argument, panel()) });
  else focusPicker(name);
}

function modelNamed(name: string, { models }: Panel): string {
  return models.find((it) => it.id === name || it.name.toLowerCase() === name.toLowerCase())?.id ?? name;
}
