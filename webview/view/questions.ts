import type { Display } from "../../src/agent/display.ts";
import { visible } from "../../src/text/visible.ts";
import { h } from "../dom.ts";

/** Questions of the model with what was answered. */
export function questionsDisplay({
  questions,
  answers,
}: Extract<Display, { kind: "questions" }>): HTMLElement {
  return h(
    "dl",
    { class: "questions" },
    ...questions.flatMap((it, index) => [
      h("dt", {}, visible(it.question)),
      h("dd", { class: answers?.[index] ? "" : "faint" }, visible(answers?.[index] || "not answered")),
    ]),
  );
}
