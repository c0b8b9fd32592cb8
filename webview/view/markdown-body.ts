import type { Token } from "marked";
import { type Blocks, definesLinks, grown, NO_BLOCKS, whole } from "../blocks.ts";
import type { Desk } from "../desk.ts";
import { h, type Part } from "../dom.ts";
import { htmlOf } from "../markdown.ts";
import { sanitised } from "../sanitise.ts";
import { codeBlock } from "./code.ts";

/** Milliseconds of rendering in one go; what is left over comes with the next frames. */
const BUDGET_MS = 12;

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
  let frame = 0;

  return {
    element,
    update(value) {
      if (value.text === text && value.open === wasOpen) return;
      blocks = blocksAfter(value);
      if (value.open || wasOpen) announce();
      text = value.text;
      wasOpen = value.open;
      element.classList.toggle("open", value.open);
      paint();
    },
  };

  function blocksAfter(value: MarkdownText): Blocks {
    const continues = text !== undefined && value.text.startsWith(text.slice(0, blocks.end));
    const source = value.text.includes("\r") ? value.text.replace(/\r\n?/g, "\n") : value.text;
    if (!value.open && !continues) return whole(source);
    const next = grown(continues ? blocks : NO_BLOCKS, source);
    if (value.open) return next;
    // A link may be defined after its use: only the whole text knows.
    if (definesLinks(next)) return whole(source);
    return { ...next, done: [...next.done, ...next.open], open: [] };
  }

  function announce(): void {
    for (const token of blocks.done.slice(desk.heard.get(key))) {
      desk.announce(token.type === "code" ? "Code block." : plain(token));
    }
    desk.heard.set(key, blocks.done.length);
  }

  function paint(): void {
    cancelAnimationFrame(frame);
    const started = performance.now();
    const tokens = [...blocks.done, ...blocks.open];
    element.classList.toggle("long", tokens.length > LONG);
    while (shown.length > tokens.length) shown.pop()?.element.remove();
    while (element.childElementCount > groupOf(tokens.length - 1) + 1) element.lastElementChild?.remove();
    for (const [index, token] of tokens.entries()) {
      place(index, token, index < blocks.done.length);
      if (performance.now() - started > BUDGET_MS && index < tokens.length - 1) {
        frame = requestAnimationFrame(paint);
        return;
      }
    }
  }

  function place(index: number, token: Token, settled: boolean): void {
    const old = shown[index];
    if (old?.raw === token.raw && old.settled === settled) return;
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

function languageOf(info: string | undefined): string {
  return /^[\w+#.-]+/.exec(info ?? "")?.[0] ?? "";
}

function plain(token: Token): string {
  return sanitised(htmlOf(token)).textContent ?? "";
}
