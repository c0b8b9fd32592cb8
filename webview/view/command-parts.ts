import type { OpenQuestion } from "../../src/agent/session.ts";
import { visible } from "../../src/text/visible.ts";
import { h } from "../dom.ts";
import { icon } from "../icons.ts";

type Part = NonNullable<OpenQuestion["parts"]>[number];

/** The commands of a line with what is decided about each, for lines of more than one. */
export function commandParts(parts: readonly Part[]): HTMLElement | undefined {
  if (parts.length < 2) return undefined;
  return h("ul", { class: "parts", "aria-label": "Commands in this line" }, ...parts.map(partItem));
}

function partItem({ command, decision, why, nearest }: Part): HTMLElement {
  const isFree = decision === "allow";
  return h(
    "li",
    { class: `part ${decision}` },
    icon(isFree ? "check" : "alert"),
    h(
      "div",
      {},
      h("code", {}, visible(command)),
      h(
        "span",
        { class: "part-why" },
        `${isFree ? "allowed" : decision === "deny" ? "denied" : "asks"}: ${visible(why)}`,
        nearest !== undefined && ` The nearest rule is ${visible(nearest)}.`,
      ),
    ),
  );
}
