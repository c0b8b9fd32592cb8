import type { SessionState } from "../../src/agent/session.ts";
import type { Desk } from "../desk.ts";
import { h, type Part, show } from "../dom.ts";
import { icon } from "../icons.ts";
import { offsetOf, windowOf } from "../window.ts";
import { mountedRows } from "./mounted-rows.ts";

/** Pixels above and below what is seen that are in the page too. */
const MARGIN = 800;
/** How near the end counts as being there. */
const NEAR = 32;
/** How many earlier rows are asked for at once. */
const EARLIER = 300;
/** How often heights are looked at again in one go; guesses are rarely wrong twice. */
const ROUNDS = 4;

/** Where the person reads: `undefined` is the end, otherwise a row and how far its top is from the top of what is seen. */
export type Place = { readonly key: string; readonly offset: number } | undefined;

/** The conversation as a view. */
export interface Conversation extends Part<SessionState> {
  readonly place: () => Place;
  readonly goTo: (place: Place) => void;
  readonly focus: () => void;
}

/**
 * The rows of a session, of which only a window is in the page. While the person is at its end it stays there;
 * elsewhere what they read stays where it is.
 */
export function conversation(desk: Desk, onMoved: () => void): Conversation {
  const above = h("div", {});
  const below = h("div", {});
  const rows = mountedRows(desk, layOut, () => scroller.focus({ preventScroll: true }));
  const scroller = h(
    "div",
    { class: "scroller", role: "log", "aria-label": "Conversation", "aria-live": "off", tabindex: "0" },
    above,
    rows.element,
    below,
  );
  const latest = h(
    "button",
    { type: "button", class: "latest", hidden: true, on: { click: () => goTo(undefined) } },
    icon("arrowDown"),
    "Jump to latest",
  );
  let state: SessionState | undefined;
  let place: Place;
  /** Where the page scrolled itself last. */
  let lastTop = 0;
  let asked = -1;
  let frame = 0;

  new ResizeObserver(layOut).observe(scroller);
  scroller.addEventListener("scroll", onScroll, { passive: true });
  return {
    element: h("div", { class: "conversation" }, scroller, latest),
    update,
    goTo,
    place: () => place,
    focus: () => scroller.focus(),
  };

  function update(next: SessionState): void {
    if (next.rows === state?.rows) return;
    if (next.id !== state?.id) {
      rows.forget();
      place = undefined;
      asked = -1;
    }
    state = next;
    layOut();
  }

  function goTo(next: Place): void {
    place = next;
    layOut();
    onMoved();
  }

  function onScroll(): void {
    const isNearEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
    // What grew below since the page scrolled itself to the end is no wish to leave it; going up is.
    const stays = place === undefined && scroller.scrollTop >= lastTop - 1;
    place = isNearEnd || stays ? undefined : placeSeen();
    lastTop = scroller.scrollTop;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      layOut();
      onMoved();
    });
  }

  function placeSeen(): Place {
    const { top } = scroller.getBoundingClientRect();
    const first = rows.firstBelow(top + 1);
    return first && { key: first.key, offset: first.element.getBoundingClientRect().top - top };
  }

  /** Puts the right rows into the page. Heights are guessed until rows are in it, so it looks again once they are. */
  function layOut(): void {
    if (!state || scroller.clientHeight === 0) return;
    for (let round = 0; round < ROUNDS; round++) {
      const heights = state.rows.map(rows.heightOf);
      const window = windowOf(heights, topOf(heights), scroller.clientHeight, MARGIN);
      rows.mount(state.rows, window);
      above.style.height = `${window.above}px`;
      below.style.height = `${window.below}px`;
      if (!rows.measure()) break;
    }
    scrollToPlace();
    show(latest, place !== undefined);
    askEarlier(state);
  }

  function topOf(heights: readonly number[]): number {
    if (place === undefined) return Math.max(0, offsetOf(heights, heights.length) - scroller.clientHeight);
    const index = state?.rows.findIndex((it) => it.key === place?.key) ?? -1;
    return index < 0 ? scroller.scrollTop : offsetOf(heights, index) - place.offset;
  }

  function scrollToPlace(): void {
    const element = place && rows.elementOf(place.key);
    if (place === undefined) scroller.scrollTop = scroller.scrollHeight;
    else if (element) {
      const moved = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - place.offset;
      if (Math.abs(moved) > 0.5) scroller.scrollTop += moved;
    }
    lastTop = scroller.scrollTop;
  }

  function askEarlier({ firstRow }: SessionState): void {
    if (firstRow === 0 || asked === firstRow || scroller.scrollTop > scroller.clientHeight * 2) return;
    asked = firstRow;
    desk.post({ type: "rows", from: Math.max(0, firstRow - EARLIER), to: firstRow });
  }
}
