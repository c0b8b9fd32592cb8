import type { Row, SessionState } from "../../src/agent/session.ts";
import type { Desk } from "../desk.ts";
import { arrange, h, type Part, show } from "../dom.ts";
import { icon } from "../icons.ts";
import { offsetOf, type Window, windowOf } from "../window.ts";
import { rowPart } from "./row.ts";

/** Pixels above and below what is seen that are in the page too. */
const MARGIN = 800;
/** How near the end counts as being there. */
const NEAR = 32;
/** How many earlier rows are asked for at once. */
const EARLIER = 300;

/** Height a row is taken to have until it has been seen. */
const GUESS: Record<Row["kind"], number> = { prompt: 60, text: 120, thinking: 28, call: 28, notice: 60 };

/** Where the person reads: `undefined` is the end, otherwise a row and how far its top is from the top of what is seen. */
export type Place = { readonly key: string; readonly offset: number } | undefined;

export interface Conversation extends Part<SessionState> {
  readonly toEnd: () => void;
  readonly place: () => Place;
  readonly goTo: (place: Place) => void;
  readonly focus: () => void;
}

/**
 * The rows of a session, of which only a window is in the page. While the person is at its end it stays there;
 * elsewhere what they read stays where it is.
 */
export function conversation(desk: Desk, onMoved: () => void): Conversation {
  const above = h("div", { class: "space" });
  const below = h("div", { class: "space" });
  const articles = h("div", { class: "articles" });
  const scroller = h(
    "div",
    { class: "scroller", role: "log", "aria-label": "Conversation", "aria-live": "off", tabindex: "0" },
    above,
    articles,
    below,
  );
  const latest = h(
    "button",
    { type: "button", class: "latest", hidden: true, on: { click: () => toEnd() } },
    icon("arrowDown"),
    "Jump to latest",
  );
  const heights = new Map<string, number>();
  let parts = new Map<string, { readonly part: Part<Row>; row: Row }>();
  let groups = new Map<string, HTMLElement>();
  let state: SessionState | undefined;
  let anchor: Place;
  let atEnd = true;
  let asked = -1;
  let lastTop = 0;
  let frame = 0;

  const resized = new ResizeObserver((entries) => {
    let changed = false;
    for (const { target } of entries) {
      const key = (target as HTMLElement).dataset.key ?? "";
      const height = (target as HTMLElement).offsetHeight;
      if (height === 0 || heights.get(key) === height) continue;
      heights.set(key, height);
      changed = true;
    }
    if (changed) layOut();
  });
  const viewport = new ResizeObserver(() => layOut());
  viewport.observe(scroller);
  scroller.addEventListener("scroll", onScroll, { passive: true });

  return {
    element: h("div", { class: "conversation" }, scroller, latest),
    update(next) {
      if (next.rows === state?.rows) return;
      if (next.id !== state?.id) forget();
      state = next;
      layOut();
    },
    toEnd,
    place: () => (atEnd ? undefined : anchor),
    goTo(place) {
      atEnd = place === undefined;
      anchor = place;
      layOut();
    },
    focus: () => scroller.focus(),
  };

  function forget(): void {
    for (const { part } of parts.values()) resized.unobserve(part.element);
    parts = new Map();
    groups = new Map();
    heights.clear();
    articles.replaceChildren();
    atEnd = true;
    anchor = undefined;
    asked = -1;
  }

  function toEnd(): void {
    atEnd = true;
    anchor = undefined;
    layOut();
    onMoved();
  }

  function onScroll(): void {
    const isNearEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
    // What grew below since the page scrolled itself to the end is no wish to leave it; going up is.
    atEnd = isNearEnd || (atEnd && scroller.scrollTop >= lastTop - 1);
    lastTop = scroller.scrollTop;
    anchor = atEnd ? undefined : firstSeen();
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      layOut();
      onMoved();
    });
  }

  function firstSeen(): Place {
    const { top } = scroller.getBoundingClientRect();
    for (const [key, { part }] of parts) {
      const box = part.element.getBoundingClientRect();
      if (box.bottom > top + 1) return { key, offset: box.top - top };
    }
    return undefined;
  }

  /** Puts the right rows into the page. Heights are guessed until rows are in it, so it looks again once they are. */
  function layOut(): void {
    if (!state || scroller.clientHeight === 0) return;
    const { rows } = state;
    for (let round = 0; round < 4; round++) {
      const sizes = rows.map((row) => heights.get(row.key) ?? GUESS[row.kind]);
      const window = windowOf(sizes, topOf(sizes), scroller.clientHeight, MARGIN);
      mount(window);
      if (!measured()) break;
    }
    scrollToPlace();
    show(latest, !atEnd && rows.length > 0);
    askEarlier();
  }

  function topOf(sizes: readonly number[]): number {
    if (atEnd) return Math.max(0, offsetOf(sizes, sizes.length) - scroller.clientHeight);
    const index = state?.rows.findIndex((it) => it.key === anchor?.key) ?? -1;
    return index < 0 ? scroller.scrollTop : offsetOf(sizes, index) - (anchor?.offset ?? 0);
  }

  function mount(window: Window): void {
    const rows = state?.rows ?? [];
    const next = new Map<string, { readonly part: Part<Row>; row: Row }>();
    for (const row of rows.slice(window.from, window.to)) next.set(row.key, mounted(row));
    for (const [key, { part }] of parts) {
      if (next.has(key)) continue;
      resized.unobserve(part.element);
      // The focus must not fall off the page with a row that leaves it.
      if (part.element.contains(document.activeElement)) scroller.focus({ preventScroll: true });
    }
    parts = next;
    groupInArticles(rows, window);
    above.style.height = `${window.above}px`;
    below.style.height = `${window.below}px`;
  }

  function mounted(row: Row): { readonly part: Part<Row>; row: Row } {
    const known = parts.get(row.key);
    if (known) {
      if (known.row !== row) known.part.update(row);
      known.row = row;
      return known;
    }
    const part = rowPart(desk, row);
    part.element.dataset.key = row.key;
    part.update(row);
    resized.observe(part.element);
    return { part, row };
  }

  /** What the person says is an article of its own; what follows, up to their next word, is one of Wheelhouse. */
  function groupInArticles(rows: readonly Row[], window: Window): void {
    const runs = new Map<string, { readonly name: string; readonly elements: Element[] }>();
    let start = window.from;
    while (start > 0 && rows[start]?.kind !== "prompt" && rows[start - 1]?.kind !== "prompt") start--;
    let key = rows[start]?.key ?? "";
    for (const [index, row] of rows.slice(window.from, window.to).entries()) {
      const before = rows[window.from + index - 1];
      if (row.kind === "prompt" || (index > 0 && before?.kind === "prompt")) key = row.key;
      const run = runs.get(key) ?? { name: row.kind === "prompt" ? "You" : "Wheelhouse", elements: [] };
      const element = parts.get(row.key)?.part.element;
      if (element) run.elements.push(element);
      runs.set(key, run);
    }
    const next = new Map<string, HTMLElement>();
    for (const [id, { name, elements }] of runs) {
      const article = groups.get(id) ?? h("article", { "aria-label": name });
      arrange(article, elements);
      next.set(id, article);
    }
    groups = next;
    arrange(articles, [...next.values()]);
  }

  function measured(): boolean {
    let changed = false;
    for (const [key, { part }] of parts) {
      const height = part.element.offsetHeight;
      if (heights.get(key) === height || height === 0) continue;
      heights.set(key, height);
      changed = true;
    }
    return changed;
  }

  function scrollToPlace(): void {
    if (atEnd) {
      scroller.scrollTop = scroller.scrollHeight;
      lastTop = scroller.scrollTop;
      return;
    }
    const element = anchor && parts.get(anchor.key)?.part.element;
    if (!element || !anchor) return;
    const moved = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - anchor.offset;
    if (Math.abs(moved) > 0.5) scroller.scrollTop += moved;
  }

  function askEarlier(): void {
    if (!state || state.firstRow === 0 || asked === state.firstRow) return;
    const isNearTop = scroller.scrollTop < scroller.clientHeight * 2;
    if (!isNearTop) return;
    asked = state.firstRow;
    desk.post({ type: "rows", from: Math.max(0, state.firstRow - EARLIER), to: state.firstRow });
  }
}
