import { button } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h } from "../dom.ts";
import { highlighted } from "../highlight.ts";
import { sanitisedCode } from "../sanitise.ts";

/** Code longer than this is shown plain; colouring it would hold up the page. In UTF-16 units. */
const COLOURED_LIMIT = 20_000;
/** While code is still being written it is coloured anew at every paint, so only when it is short. */
const GROWING_LIMIT = 3000;
/** Lines of plain code that are laid out together. */
const CHUNK = 200;

/** A block of code with its language and its actions. `growing`: more may come. */
export function codeBlock(desk: Desk, code: string, language: string, growing: boolean): HTMLElement {
  const body = h("code", {});
  fill(body, code, language, growing);
  return h(
    "div",
    { class: "code" },
    h(
      "div",
      { class: "code-bar" },
      h("span", { class: "code-language" }, language || "text"),
      button({ name: "Copy", look: "icon", icon: "copy", onClick: () => copied(desk, code) }),
      button({
        name: "Insert at the cursor",
        look: "icon",
        icon: "insert",
        onClick: () => desk.post({ type: "insert", text: code }),
      }),
      button({
        name: "Open as a new file",
        look: "icon",
        icon: "newFile",
        onClick: () => desk.post({ type: "newFile", text: code, language }),
      }),
    ),
    h("pre", { tabindex: "0", "aria-label": `Code${language && `, ${language}`}`, role: "region" }, body),
  );
}

function copied(desk: Desk, text: string): void {
  desk.post({ type: "copy", text });
  desk.announce("Copied");
}

function fill(body: HTMLElement, code: string, language: string, growing: boolean): void {
  const html =
    code.length <= (growing ? GROWING_LIMIT : COLOURED_LIMIT) ? highlighted(code, language) : undefined;
  if (html !== undefined) return void body.append(sanitisedCode(html));
  body.append(...plainChunks(code).map((it) => h("span", { class: "chunk" }, it)));
}

/** Long text in pieces of whole lines, so that the browser lays out only those in sight. */
export function plainChunks(text: string): readonly string[] {
  const lines = text.split("\n");
  if (lines.length <= CHUNK) return [text];
  const chunks: string[] = [];
  for (let at = 0; at < lines.length; at += CHUNK) chunks.push(lines.slice(at, at + CHUNK).join("\n"));
  return chunks;
}
