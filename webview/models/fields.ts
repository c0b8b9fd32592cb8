import { h, setAttribute, setText, show } from "../dom.ts";

/** An input under its name, with room for what is wrong beside it. */
export interface Field<E extends HTMLElement = HTMLElement> {
  readonly element: HTMLElement;
  readonly input: E;
  /** Says what is wrong with it; "": nothing is. */
  readonly tell: (problem: string) => void;
}

/** A field around an input. `id` must be unlike any other in the page. */
export function fieldOf<E extends HTMLElement>(name: string, id: string, input: E): Field<E> {
  const problem = h("p", { class: "field-problem", id: `${id}-problem`, hidden: true });
  setAttribute(input, "id", id);
  return {
    element: h("div", { class: "field-of" }, h("label", { for: id }, name), input, problem),
    input,
    tell(text) {
      setText(problem, text);
      show(problem, text !== "");
      setAttribute(input, "aria-invalid", text !== "" && "true");
      setAttribute(input, "aria-describedby", text !== "" && problem.id);
    },
  };
}

/** A line to write in; `options`: what is offered while one writes. */
export function lineInput(
  onInput: () => void,
  more: Readonly<Record<string, unknown>> = {},
): HTMLInputElement {
  return h("input", {
    class: "own",
    type: "text",
    spellcheck: "false",
    autocomplete: "off",
    ...more,
    on: { input: onInput },
  });
}

/** A list to choose from, of values with their labels. */
export function listInput(
  choices: readonly (readonly [value: string, label: string])[],
  value: string,
  onChange: () => void,
): HTMLSelectElement {
  const options = choices.map(([it, label]) => h("option", { value: it }, label));
  const input = h("select", { class: "own", on: { change: onChange } }, ...options);
  input.value = value;
  return input;
}
