import { button } from "../controls.ts";
import { h, isComposing } from "../dom.ts";

/** A sheet over the panel. */
export interface Overlay {
  readonly element: HTMLElement;
  readonly open: () => void;
  readonly close: () => void;
}

/** Something over the whole panel: takes the focus, closes by Escape or its button, gives the focus back. */
export function overlay(
  name: string,
  body: readonly HTMLElement[],
  first: () => HTMLElement | null,
): Overlay {
  const closer = button({ name: "Close", look: "icon", icon: "close", onClick: () => close() });
  const element = h(
    "dialog",
    { class: "overlay", "aria-label": name },
    h("div", { class: "overlay-head" }, h("h2", {}, name), closer),
    ...body,
  );
  let before: Element | null = null;
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || isComposing(event)) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  element.addEventListener("cancel", (event) => event.preventDefault());
  return { element, open, close };

  function open(): void {
    before = document.activeElement;
    element.showModal();
    (first() ?? closer).focus();
  }

  function close(): void {
    element.close();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  }
}
