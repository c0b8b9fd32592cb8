import type { Token } from "marked";
import { type Blocks, definesLinks, grown, NO_BLOCKS, whole } from "../blocks.ts";
import type { Desk } from "../desk.ts";
import { h, type Part } from "../dom.ts";
import { htmlOf } from "../markdown.ts";
import { sanitised } from "../sanitise.ts";
import { codeBlock } from "./code.ts";

/** Milliseconds of rendering in one go; what is left over comes with the next frames. */
const BUDGET_MS = 12;

/**
 * Length, in UTF-16 units, that buys a millisecond until the next update of a growing text. Each one costs as much as the
 * text is long; so a text of 20,000 units is updated with every frame, one of 240,000 eight times a second.
 */
const LENGTH_PER_MS = 2000;

/** Blocks beyond which those out of sight are not laid out. */
const LONG = 100;

/** Blocks that are laid out, or not, together: the browser looks at each such group in every frame. */
const TOGETHER = 32;

interface Shown {
  readonly raw: string;
  readonly settled: boolean;
  readonly element: HTMLElement;
}

/** A Markdown text that may still grow. */
export interface MarkdownText {
  readonly text: string;
  /** Whether more may come. */
  readonly open: boolean;
}

/**
 * Markdown of the model. While it grows only its last block is rendered again, at most once per update; finished blocks
 * are announced as they come, once for each `key`.
 */
export function markdownBody(desk: Desk, key = ""): Part<MarkdownText> {
  const element = h("div", { class: "markdown" });
  const shown: Shown[] = [];
  let blocks: Blocks = NO_BLOCKS;
  let text: string | undefined;
  let wasOpen = false;
  let isHeard = false;
  let frame = 0;
  let takenAt = 0;
  let later: ReturnType<typeof setTimeout> | undefined;

  return {
    element,
    update(value) {
      clearTimeout(later);
      const wait = value.open ? takenAt + value.text.length / LENGTH_PER_MS - performance.now() : 0;
      if (wait <= 0) take(value);
      else later = setTimeout(take, wait, value);
    },
  };

  function take(value: MarkdownText): void {
    if (value.open === wasOpen && value.text === text) return;
    takenAt = performance.now();
    blocks = blocksAfter(value);
    isHeard = value.open || wasOpen;
    text = value.text;
    wasOpen = value.open;
    element.classList.toggle("open", value.open);
    paint();
  }

  function blocksAfter(value: MarkdownText): Blocks {
    const continues = text !== undefined && value.text.startsWith(text.slice(0, blocks.end));
    const source = value.text.includes("\r") ? value.text.replace(/\r\n?/g, "\n") : value.text;
    if (!value.open && !continues) return whole(source);
    const next = grown(continues ? blocks : NO_BLOCKS, source);
    if (value.open) return next;
    // A link may be defined after its use: only the whole text knows, so all of it is shown anew.
    if (definesLinks(next)) {
      for (const [index, it] of shown.entries()) shown[index] = { ...it, raw: "" };
      return whole(source);
    }
    return { ...next, done: [...next.done, ...next.open], open: [] };
  }

  /** Finished blocks, each once. */
  function announce(index: number, token: Token): void {
    if (index < (desk.heard.get(key) ?? 0)) return;
    desk.heard.set(key, index + 1);
    desk.announce(token.type === "code" ? "Code block." : (shown[index]?.element.textContent ?? ""));
  }

  function paint(): void {
    cancelAnimationFrame(frame);
    const started = performance.now();
    const tokens = [...blocks.done, ...blocks.open];
    element.classList.toggle("long", tokens.length > LONG);
    while (shown.length > tokens.length) shown.pop()?.element.remove();
    while (element.childElementCount > groupOf(tokens.length - 1) + 1) element.lastElementChild?.remove();
    for (const [index, token] of tokens.entries()) {
      const settled = index < blocks.done.length;
      place(index, token, settled);
      if (settled && isHeard) announce(index, token);
      if (performance.now() - started > BUDGET_MS && index < tokens.length - 1) {
        frame = requestAnimationFrame(paint);
        return;
      }
    }
  }

  function place(index: number, token: Token, settled: boolean): void {
    const old = shown[index];
    if (old?.raw === token.raw) {
      if (old.settled === settled) return;
      // Only code is shown in another way once it is finished.
      if (!hasCode(token, old.element)) {
        shown[index] = { ...old, settled };
        return;
      }
    }
    const next = { raw: token.raw, settled, element: rendered(desk, token, !settled) };
    shown[index] = next;
    if (old) old.element.replaceWith(next.element);
    else group(groupOf(index)).append(next.element);
  }

  function group(at: number): Element {
    if (!element.children[at]) element.append(h("div", { class: "blocks" }));
    return element.children[at] ?? element;
  }
}

function groupOf(index: number): number {
  return Math.floor(index / TOGETHER);
}

function rendered(desk: Desk, token: Token, growing: boolean): HTMLElement {
  if (token.type === "code") return codeBlock(desk, token.text, languageOf(token.lang), growing);
  const block = h("div", { class: "block" }, sanitised(htmlOf(token)));
  for (const pre of block.querySelectorAll("pre")) {
    const code = pre.querySelector("code");
    pre.replaceWith(codeBlock(desk, pre.textContent ?? "", code?.dataset.language ?? "", growing));
  }
  for (const table of block.querySelectorAll("table")) {
    const scroller = h("div", { class: "table", tabindex: "0", role: "region", "aria-label": "Table" });
    table.replaceWith(scroller);
    scroller.append(table);
  }
  return block;
}

function hasCode(token: Token, element: HTMLElement): boolean {
  return token.type === "code" || element.querySelector("pre") !== null;
}

function languageOf(info: string | undefined): string {
  return /^[\w+#.-]+/.exec(info ?? "")?.[0] ?? "";
}
