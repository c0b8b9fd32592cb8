import { h } from "./dom.ts";

/** How many of the last sentences stay in the region; a screen reader speaks only what is added. */
const KEPT = 3;
const LIMIT = 600;

/** A region that is heard and not seen. */
export function announcer(): { readonly element: HTMLElement; readonly announce: (text: string) => void } {
  const element = h("div", { class: "unseen", "aria-live": "polite", "aria-atomic": "false" });
  return {
    element,
    announce(text) {
      const said = text.trim();
      if (said === "") return;
      element.append(h("p", {}, said.length > LIMIT ? `${said.slice(0, LIMIT)} …` : said));
      while (element.childElementCount > KEPT) element.firstElementChild?.remove();
    },
  };
}
