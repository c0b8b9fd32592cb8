import type { Row } from "../../src/agent/session.ts";
import { visible } from "../../src/text/visible.ts";
import type { Desk } from "../desk.ts";
import { h, type Part, setText } from "../dom.ts";
import { icon } from "../icons.ts";

type ThinkingRow = Extract<Row, { kind: "thinking" }>;

/** What the model thinks, folded; while it thinks, the last line shows that it does. */
export function thinkingRow(desk: Desk, key: string): Part<ThinkingRow> {
  const label = h("span", { class: "thinking-label" });
  const glimpse = h("span", { class: "glimpse" });
  const body = h("div", { class: "thinking-body" });
  const element = h(
    "details",
    { open: desk.unfolded.has(key) },
    h("summary", {}, icon("chevron"), label, glimpse),
    body,
  );
  let row: ThinkingRow | undefined;
  element.addEventListener("toggle", () => {
    if (element.open) desk.unfolded.add(key);
    else desk.unfolded.delete(key);
    paint();
  });
  return {
    element: h("div", { class: "row thinking" }, element),
    update(next) {
      row = next;
      paint();
    },
  };

  function paint(): void {
    if (!row) return;
    setText(label, row.open ? "Thinking" : "Thought");
    label.classList.toggle("shimmer", row.open);
    setText(glimpse, row.open && !element.open ? lastLine(row.text) : "");
    // Long thinking is not laid out until somebody looks.
    if (element.open) setText(body, visible(row.text));
  }
}

function lastLine(text: string): string {
  return visible(text.slice(-400).trimEnd().split("\n").at(-1) ?? "").replace(/[*_#`]/g, "");
}
