import type { Row } from "../../src/agent/session.ts";
import { articlesOf } from "../articles.ts";
import type { Desk } from "../desk.ts";
import { arrange, h, type Part } from "../dom.ts";
import type { Window } from "../window.ts";
import { rowPart } from "./row.ts";

/** Height a row is taken to have until it has been in the page, in pixels. */
const GUESS: Record<Row["kind"], number> = { prompt: 60, text: 120, thinking: 28, call: 28, notice: 60 };

/** The rows that are in the page. */
export interface MountedRows {
  readonly element: HTMLElement;
  /** Makes the page hold the rows of this window and no others. */
  readonly mount: (rows: readonly Row[], window: Window) => void;
  /** Pixels of a row: as last seen, or a guess. */
  readonly heightOf: (row: Row) => number;
  /** Looks at the heights of all rows in the page; true when one is not what `heightOf` said. */
  readonly measure: () => boolean;
  /** The row's element; `undefined` when it is not in the page. */
  readonly elementOf: (key: string) => HTMLElement | undefined;
  /** The first row that reaches below `top`, in pixels of the page. */
  readonly firstBelow: (top: number) => { readonly key: string; readonly element: HTMLElement } | undefined;
  readonly forget: () => void;
}

interface Mounted {
  readonly part: Part<Row>;
  row: Row;
}

/** The rows that are in the page, grouped in articles. `onResize`: some changed its height by itself; `onLeave`: one leaves that has the focus. */
export function mountedRows(desk: Desk, onResize: () => void, onLeave: () => void): MountedRows {
  const element = h("div", { class: "articles" });
  const heights = new Map<string, number>();
  let mounted = new Map<string, Mounted>();
  let articles = new Map<string, HTMLElement>();
  const resized = new ResizeObserver(() => {
    if (measure()) onResize();
  });
  return {
    element,
    mount,
    measure,
    forget,
    firstBelow,
    heightOf: (row) => heights.get(row.key) ?? GUESS[row.kind],
    elementOf: (key) => mounted.get(key)?.part.element,
  };

  function mount(rows: readonly Row[], window: Window): void {
    const next = new Map<string, Mounted>();
    for (const row of rows.slice(window.from, window.to)) next.set(row.key, taken(row));
    for (const [key, { part }] of mounted) if (!next.has(key)) release(part);
    mounted = next;
    group(rows, window);
  }

  function taken(row: Row): Mounted {
    const known = mounted.get(row.key);
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

  function release(part: Part<Row>): void {
    resized.unobserve(part.element);
    if (part.element.contains(document.activeElement)) onLeave();
  }

  function group(rows: readonly Row[], window: Window): void {
    const next = new Map<string, HTMLElement>();
    for (const { key, name, rows: own } of articlesOf(rows, window)) {
      const article = articles.get(key) ?? h("article", { "aria-label": name });
      arrange(
        article,
        own.flatMap((row) => mounted.get(row.key)?.part.element ?? []),
      );
      next.set(key, article);
    }
    articles = next;
    arrange(element, [...next.values()]);
  }

  function measure(): boolean {
    let changed = false;
    for (const [key, { part }] of mounted) {
      const height = part.element.offsetHeight;
      // A hidden page has no heights.
      if (height === 0 || heights.get(key) === height) continue;
      heights.set(key, height);
      changed = true;
    }
    return changed;
  }

  function firstBelow(top: number): { readonly key: string; readonly element: HTMLElement } | undefined {
    for (const [key, { part }] of mounted) {
      if (part.element.getBoundingClientRect().bottom > top) return { key, element: part.element };
    }
    return undefined;
  }

  function forget(): void {
    mount([], { from: 0, to: 0, above: 0, below: 0 });
    heights.clear();
  }
}
