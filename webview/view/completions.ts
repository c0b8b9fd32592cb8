import type { Completion } from "../../src/agent/screen.ts";
import { visible } from "../../src/text/visible.ts";
import { h, setAttribute, show } from "../dom.ts";
import { type IconName, icon } from "../icons.ts";

const ICONS: Record<Completion["kind"], IconName> = { file: "file", folder: "folder", command: "chevron" };
const ID = "completions";

/** The list of suggestions. */
export interface Completions {
  readonly element: HTMLElement;
  readonly isOpen: () => boolean;
  readonly open: (items: readonly Completion[]) => void;
  readonly close: () => void;
  /** Takes the keys of an open list: arrows choose, Tab and Enter take, Escape closes. True when it did. */
  readonly key: (event: KeyboardEvent) => boolean;
}

/** The list of completions above a text box, which keeps the focus (ARIA Authoring Practices, "Combobox with list"). */
export function completions(box: HTMLTextAreaElement, choose: (item: Completion) => void): Completions {
  const element = h("div", {
    id: ID,
    class: "completions",
    role: "listbox",
    "aria-label": "Completions",
    hidden: true,
  });
  let items: readonly Completion[] = [];
  let at = 0;
  return { element, isOpen: () => items.length > 0, open, close, key };

  function open(next: readonly Completion[]): void {
    items = next;
    at = 0;
    show(element, items.length > 0);
    setAttribute(box, "aria-controls", items.length > 0 && ID);
    element.replaceChildren(...items.map(option));
    mark();
  }

  function close(): void {
    if (items.length > 0) open([]);
  }

  function option(item: Completion, index: number): HTMLElement {
    // The press must not take the focus from the box.
    return h(
      "div",
      {
        id: `${ID}-${index}`,
        class: "completion",
        role: "option",
        on: { mousedown: (event) => event.preventDefault(), click: () => choose(item) },
      },
      icon(ICONS[item.kind]),
      h("span", { class: "completion-label" }, visible(item.label)),
      h("span", { class: "completion-detail" }, visible(item.detail)),
    );
  }

  function mark(): void {
    for (const [index, it] of [...element.children].entries())
      setAttribute(it, "aria-selected", String(index === at));
    setAttribute(box, "aria-activedescendant", items.length > 0 && `${ID}-${at}`);
    element.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function key(event: KeyboardEvent): boolean {
    const item = items[at];
    if (!item) return false;
    if (event.key === "ArrowDown") at = (at + 1) % items.length;
    else if (event.key === "ArrowUp") at = (at + items.length - 1) % items.length;
    else if (event.key === "Escape") close();
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) choose(item);
    else return false;
    if (event.key.startsWith("Arrow")) mark();
    return true;
  }
}
