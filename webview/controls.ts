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

/** Puts the focus on a control, also on one that has only just been made ready. */
export function focusOn(element: HTMLElement): void {
  element.focus();
  // The library makes its control ready before the next frame only.
  if (document.activeElement !== element) requestAnimationFrame(() => element.focus());
}

/** One entry of a picker. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Shown on hover. */
  readonly hint?: string;
  /** Shown under the label in the list, and not once it is chosen. */
  readonly detail?: string;
  /** Heading of the entries that follow with the same one. */
  readonly group?: string;
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
        element.replaceChildren(...options(choices));
      }
      // The library selects only among options that are already in place.
      queueMicrotask(() => {
        if (element.value !== value) element.value = value;
      });
    },
  };
}

/** The entries of a list under their headings, which the library passes over as it does everything that is no option. */
function options(choices: readonly Choice[]): readonly HTMLElement[] {
  return choices.flatMap(({ value, label, hint, detail, group }, index) => {
    // Its name the library sets itself, to the text alone.
    const spoken = { "aria-description": detail };
    const option = h("vscode-option", { value, title: hint, "data-detail": detail, ...spoken }, label);
    const isFirst = group !== undefined && group !== choices[index - 1]?.group;
    return isFirst ? [h("div", { class: "picker-group", role: "presentation" }, group), option] : [option];
  });
}

/** A plain list to choose from, named `name`, with its entries under their headings: light enough for hundreds of models. */
export function select(
  name: string,
  onPick: (value: string) => void,
): Part<{ readonly value: string; readonly choices: readonly Choice[] }> {
  const element = h("select", { class: "own", "aria-label": name });
  element.addEventListener("change", () => onPick(element.value));
  let shown = "";
  return {
    element,
    update({ value, choices }) {
      const now = JSON.stringify(choices);
      if (now !== shown) {
        shown = now;
        element.replaceChildren(...grouped(choices));
      }
      if (element.value !== value) element.value = value;
    },
  };
}

function grouped(choices: readonly Choice[]): readonly HTMLElement[] {
  const elements: HTMLElement[] = [];
  let group: HTMLElement | undefined;
  for (const it of choices) {
    const option = h("option", { value: it.value }, it.label);
    if (it.group === undefined) elements.push(option);
    else {
      if (group?.getAttribute("label") !== it.group) {
        group = h("optgroup", { label: it.group });
        elements.push(group);
      }
      group.append(option);
    }
  }
  return elements;
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
