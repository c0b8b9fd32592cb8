import type { Row } from "../../src/agent/session.ts";
import type { Desk } from "../desk.ts";
import { h, type Part, show } from "../dom.ts";
import { markdownBody } from "./markdown-body.ts";

type TextRow = Extract<Row, { kind: "text" }>;

/** What the model says. */
export function textRow(desk: Desk, key: string): Part<TextRow> {
  const body = markdownBody(desk, key);
  const broken = h("p", { class: "broken", hidden: true }, "The answer broke off here.");
  return {
    element: h("div", { class: "row text" }, body.element, broken),
    update(row) {
      body.update(row);
      show(broken, row.interrupted);
    },
  };
}
