import { askedNumber, type Row } from "../../src/agent/session.ts";
import { visible } from "../../src/text/visible.ts";
import { button, picker } from "../controls.ts";
import { h, type Part } from "../dom.ts";

type PromptRow = Extract<Row, { kind: "prompt" }>;

/** Shows in the editor how files differ between a message and a later one, or now. */
export interface RewindCompare extends Part<{ readonly row: PromptRow; readonly rows: readonly Row[] }> {
  /** Back to comparing with now. */
  readonly reset: () => void;
}

const NOW = "now";

/** Calls `compare` with the number of the other message's "asked", or nothing for now. */
export function rewindCompare(compare: (to: { readonly to?: number }) => void): RewindCompare {
  let against = NOW;
  const other = picker("Compare with", (value) => {
    against = value;
  });
  const onClick = () => compare(against === NOW ? {} : { to: Number(against) });
  return {
    element: h(
      "div",
      { class: "rewind-compare" },
      button({ name: "Compare with", hint: "Shows how files differ, in the editor", onClick }),
      other.element,
    ),
    update: ({ row, rows }) => other.update({ value: against, choices: laterThan(row, rows) }),
    reset() {
      against = NOW;
    },
  };
}

function laterThan(row: PromptRow, rows: readonly Row[]) {
  const prompts = rows.filter((it) => it.kind === "prompt");
  const later = prompts.slice(prompts.findIndex((it) => it.key === row.key) + 1);
  const choices = later.map((it) => ({
    value: String(askedNumber(it)),
    label: `before “${visible(it.text.replace(/\s+/g, " ")).slice(0, 30)}”`,
  }));
  return [{ value: NOW, label: "now" }, ...choices];
}
