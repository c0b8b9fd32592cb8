import {
  provideVSCodeDesignSystem,
  vsCodeBadge,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from "@vscode/webview-ui-toolkit";
import { h, type Part, setAttribute, setText } from "./dom.ts";
import { type IconName, icon } from "./icons.ts";

// The only file that knows the controls' library, which is no longer developed: another one can take its place here.

/** Defines the custom elements used below; to be called once, before any is made. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeBadge(),
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeTextField(),
  );
}

/** What a button is made with. */
export interface ButtonSetup {
  /** Accessible name; also the text unless there is an icon alone. */
  readonly name: string;
  readonly look?: "primary" | "secondary" | "icon";
  readonly icon?: IconName;
  readonly class?: string;
  /** Shown on hover, in place of the name. */
  readonly hint?: string;
  readonly onClick: (event: MouseEvent) => void;
}

/** A button; `look: "icon"` shows the icon alone, with the name for screen readers and on hover. */
export function button({
  name,
  look = "secondary",
  icon: picture,
  class: className = "",
  hint,
  onClick,
}: ButtonSetup): HTMLElement {
  const alone = look === "icon" && picture !== undefined;
  const element = h("vscode-button", {
    appearance: look,
    class: className,
    title: hint ?? (alone ? name : undefined),
    "aria-label": alone ? name : undefined,
    on: { click: onClick },
  });
  const drawn = picture && icon(picture);
  if (drawn && !alone) drawn.setAttribute("slot", "start");
  if (drawn) element.append(drawn);
  if (!alone) element.append(name);
  return element;
}

/** Makes a button ready or not. */
export function enable(element: HTMLElement, enabled: boolean): void {
  setAttribute(element, "disabled", !enabled);
}

/** One entry of a picker. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Shown on hover. */
  readonly hint?: string;
}

/** A combobox named `name`. */
export function picker(
  name: string,
  onPick: (value: string) => void,
): Part<{ readonly value: string; readonly choices: readonly Choice[] }> {
  const element = h("vscode-dropdown", {
    class: "picker",
    "aria-label": name,
    title: name,
    position: "above",
  }) as HTMLElement & { value: string };
  element.addEventListener("change", () => onPick(element.value));
  let shown = "";
  return {
    element,
    update({ value, choices }) {
      const now = JSON.stringify(choices);
      if (now !== shown) {
        shown = now;
        element.replaceChildren(
          ...choices.map((it) => h("vscode-option", { value: it.value, title: it.hint }, it.label)),
        );
      }
      // The library selects only among options that are already in place.
      queueMicrotask(() => {
        if (element.value !== value) element.value = value;
      });
    },
  };
}

/** A tick box with its text beside it. */
export function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): HTMLElement {
  const element = h("vscode-checkbox", { checked }, label) as HTMLElement & { checked: boolean };
  element.addEventListener("change", () => onChange(element.checked));
  return element;
}

/** A small count. */
export function badge(): Part<string> {
  const element = h("vscode-badge", { class: "badge" });
  return { element, update: (text) => setText(element, text) };
}

/** The sign that something is going on. Our own: the library's is painted anew in every frame, and is an alert to screen readers. */
export function progressRing(): HTMLElement {
  return h("span", { class: "ring", "aria-hidden": "true" });
}

/** A one-line text field named `name`. */
export function textField(name: string, onInput: (text: string) => void): HTMLElement & { value: string } {
  const element = h("vscode-text-field", {
    class: "field",
    placeholder: name,
    "aria-label": name,
  }) as HTMLElement & { value: string };
  element.addEventListener("input", () => onInput(element.value));
  // Once it is in the page the library names a field that has no text of its own "Text field".
  new MutationObserver(() => setAttribute(element, "aria-label", name)).observe(element, {
    attributeFilter: ["aria-label"],
  });
  return element;
}
