import { visible } from "../../src/text/visible.ts";
import { arrange, h, type Part, setText } from "../dom.ts";
import { plainChunks } from "./code.ts";

/** Pixels from the end that still count as being there. */
const NEAR = 4;

/** Text to which more is written: it stays where the person reads, and follows its end while they are there. */
export function growingText(name: string): Part<string> {
  const element = h("pre", { class: "plain", tabindex: "0", role: "region", "aria-label": name });
  return {
    element,
    update(text) {
      const place = placeIn(element);
      const chunks = plainChunks(visible(text)).map((chunk, index) => {
        const known = element.children[index] ?? h("span", { class: "chunk" });
        setText(known, chunk);
        return known;
      });
      arrange(element, chunks);
      goTo(element, place);
    },
  };
}

/** Where a scroller stands: pixels from its top, or at its end. */
export type ScrollPlace = number | "end";

/** Where it stands now; what needs no scrolling stands at its end. */
export function placeIn({ scrollTop, scrollHeight, clientHeight }: HTMLElement): ScrollPlace {
  return scrollHeight - clientHeight - scrollTop <= NEAR ? "end" : scrollTop;
}

/** Scrolls there. */
export function goTo(element: HTMLElement, place: ScrollPlace): void {
  element.scrollTop = place === "end" ? element.scrollHeight : place;
}
