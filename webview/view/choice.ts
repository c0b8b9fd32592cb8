import type { Question } from "../../src/agent/display.ts";
import type { OpenQuestion } from "../../src/agent/session.ts";
import { visible } from "../../src/text/visible.ts";
import { button, enable } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h } from "../dom.ts";
import { GUARD_MS, type QuestionCard } from "./permission.ts";

/** Questions of the model, each with its options and room for the person's own words. */
export function choiceCard(desk: Desk, question: OpenQuestion): QuestionCard {
  const born = desk.now();
  const asked = question.display.kind === "questions" ? question.display.questions : [];
  const send = button({ name: "Answer", look: "primary", onClick: answer });
  const fields = asked.map((it, index) => questionField(it, `${question.question}-${index}`, check));
  const element = h(
    "div",
    { class: "question choice", role: "group", "aria-label": "Question" },
    ...fields.map((it) => it.element),
    h(
      "div",
      { class: "actions" },
      send,
      button({ name: "Skip", hint: "Let Wheelhouse decide", onClick: skip }),
    ),
  );
  check();
  return { element, focus: () => element.querySelector("input")?.focus(), allow: answer };

  function check(): void {
    enable(
      send,
      fields.every((it) => it.answer() !== ""),
    );
  }

  function answer(): void {
    const answers = fields.map((it) => it.answer());
    if (desk.now() - born < GUARD_MS || answers.includes("")) return;
    desk.command({ type: "reply", question: question.question, reply: { kind: "answers", answers } });
  }

  function skip(): void {
    if (desk.now() - born < GUARD_MS) return;
    desk.command({ type: "reply", question: question.question, reply: { kind: "deny" } });
  }
}

function questionField(
  question: Question,
  name: string,
  onChange: () => void,
): { readonly element: HTMLElement; readonly answer: () => string } {
  const type = question.multiSelect ? "checkbox" : "radio";
  const inputs = question.options.map(({ label }) =>
    h("input", { type, name, value: label, on: { change: onChange } }),
  );
  const own = h("input", {
    type: "text",
    class: "own",
    "aria-label": "In your own words",
    placeholder: "In your own words",
    on: { input: onOwn },
  });
  const options = question.options.map(({ label, description }, index) =>
    h(
      "label",
      { class: "option" },
      inputs[index],
      h(
        "span",
        { class: "option-text" },
        h("span", { class: "option-label" }, visible(label)),
        description !== "" && h("span", { class: "option-more" }, visible(description)),
      ),
    ),
  );
  const element = h(
    "fieldset",
    {},
    h(
      "legend",
      {},
      question.header !== "" && h("span", { class: "header-chip" }, visible(question.header)),
      visible(question.question),
    ),
    ...options,
    own,
  );
  return { element, answer };

  function onOwn(): void {
    if (own.value !== "" && !question.multiSelect) for (const it of inputs) it.checked = false;
    onChange();
  }

  function answer(): string {
    const chosen = inputs.filter((it) => it.checked).map((it) => it.value);
    return [...chosen, own.value.trim()].filter((it) => it !== "").join(", ");
  }
}
