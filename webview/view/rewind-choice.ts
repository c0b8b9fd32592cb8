import { h } from "../dom.ts";

/** What a rewind takes back. */
export type What = "both" | "files" | "conversation";

/** The choice of what a rewind takes back. */
export interface RewindChoice {
  readonly element: HTMLElement;
  readonly what: () => What;
  readonly set: (what: What) => void;
  /** What gets the focus: the option that is chosen. */
  readonly chosen: () => HTMLElement | null;
}

const CHOICES: readonly (readonly [What, string, string])[] = [
  ["both", "Files and conversation", "Everything is as it was before this message"],
  ["files", "Files only", "The conversation stays, and Wheelhouse is told"],
  ["conversation", "Conversation only", "The files stay as they are now"],
];

/** The options, one below the other; calls `onPick` when the person has picked another one. */
export function rewindChoice(onPick: () => void): RewindChoice {
  let what: What = "both";
  const inputs = CHOICES.map(([value, label, does]) => {
    const pick = () => {
      what = value;
      onPick();
    };
    const input = h("input", { type: "radio", name: "rewind-what", value, on: { change: pick } });
    const text = h("span", {}, label, h("span", { class: "faint rewind-does" }, does));
    return { value, input, label: h("label", { class: "rewind-choice" }, input, text) };
  });
  return {
    element: h(
      "fieldset",
      { class: "rewind-choices" },
      h("legend", {}, "Go back to before this message"),
      ...inputs.map((it) => it.label),
    ),
    what: () => what,
    set(next) {
      what = next;
      for (const it of inputs) it.input.checked = it.value === next;
    },
    chosen: () => inputs.find((it) => it.input.checked)?.input ?? null,
  };
}
