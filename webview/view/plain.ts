import type { Display } from "../../src/agent/display.ts";
import { visible } from "../../src/text/visible.ts";
import { h } from "../dom.ts";
import { highlighted } from "../highlight.ts";
import { sanitisedCode } from "../sanitise.ts";
import { plainChunks } from "./code.ts";

const COLOURED_LIMIT = 20_000;

/** Text as it is, coloured where its language is known. */
export function textDisplay({ text, language }: Extract<Display, { kind: "text" }>): HTMLElement {
  const shown = visible(text);
  const html =
    language !== undefined && shown.length <= COLOURED_LIMIT ? highlighted(shown, language) : undefined;
  const body =
    html === undefined
      ? plainChunks(shown).map((it) => h("span", { class: "chunk" }, it))
      : [sanitisedCode(html)];
  return h("pre", { class: "plain", tabindex: "0", role: "region", "aria-label": "Text" }, ...body);
}
