import type { Display } from "../../src/agent/display.ts";
import type { Desk } from "../desk.ts";
import { h } from "../dom.ts";
import { markdownBody } from "./markdown-body.ts";

/** A plan of the model. */
export function planDisplay(desk: Desk, { markdown }: Extract<Display, { kind: "plan" }>): HTMLElement {
  const body = markdownBody(desk);
  body.update({ text: markdown, open: false });
  return h("div", { class: "plan" }, body.element);
}
