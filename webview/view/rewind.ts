import type { RewindPreview } from "../../src/agent/screen.ts";
import { askedNumber, type Row } from "../../src/agent/session.ts";
import { visible } from "../../src/text/visible.ts";
import { button, enable } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, setText, show } from "../dom.ts";
import type { Panel } from "../panel.ts";
import { overlay } from "./overlay.ts";
import { rewindChoice, type What } from "./rewind-choice.ts";
import { rewindCompare } from "./rewind-compare.ts";
import { type RewindFiles, rewindFiles } from "./rewind-files.ts";

type PromptRow = Extract<Row, { kind: "prompt" }>;

/** The sheet that asks how to go back to just before a message, and shows what that does. */
export interface RewindView {
  readonly element: HTMLElement;
  readonly open: (row: PromptRow) => void;
  readonly update: (panel: Panel) => void;
}

/** The sheet for going back, forking and comparing. */
export function rewindView(desk: Desk, panel: () => Panel): RewindView {
  let row: PromptRow | undefined;
  /** What an earlier opening was told, which may no longer hold. */
  let stale: RewindPreview | undefined;
  const words = h("div", { class: "rewind-words" });
  const choice = rewindChoice(paint);
  const files = rewindFiles(desk, paint);
  const hint = h("p", { class: "faint", role: "status" });
  const go = button({ name: "Rewind", look: "primary", onClick: rewind });
  const cancel = button({ name: "Cancel", onClick: () => sheet.close() });
  const away = button({
    name: "Fork from here",
    hint: "A new session that knows what came before",
    onClick: fork,
  });
  const other = rewindCompare(compare);
  const sheet = overlay(
    "Rewind",
    [
      words,
      choice.element,
      files.element,
      hint,
      h("div", { class: "actions" }, go, cancel),
      h("div", { class: "rewind-other" }, away, other.element),
    ],
    choice.chosen,
  );
  return { element: sheet.element, open, update };

  function open(next: PromptRow): void {
    row = next;
    stale = panel().rewind;
    setText(words, visible(next.text) || "(no words)");
    choice.set("both");
    files.reset();
    other.reset();
    desk.post({ type: "previewRewind", to: askedNumber(next) });
    paint();
    sheet.open();
  }

  function update({ rewind: preview }: Panel): void {
    if (!row || !sheet.element.hasAttribute("open")) return;
    if (preview && preview !== stale && preview.to === askedNumber(row)) files.show(preview);
    paint();
  }

  function paint(): void {
    if (!row) return;
    const what = choice.what();
    const obstacle = obstacleTo(what, files, panel());
    show(files.element, what !== "conversation");
    other.update({ row, rows: panel().session.rows });
    enable(go, obstacle === undefined && (what === "conversation" || files.isKnown()));
    setText(hint, obstacle ?? (files.isKnown() ? "" : (panel().refused ?? "")));
    show(hint, hint.textContent !== "");
  }

  function rewind(): void {
    if (!row || go.hasAttribute("disabled")) return;
    const what = choice.what();
    const parts = { files: what !== "conversation", conversation: what !== "files" };
    desk.command({ type: "rewind", to: askedNumber(row), ...parts, ...files.chosen() });
    sheet.close();
  }

  function fork(): void {
    if (row) desk.post({ type: "forkSession", before: askedNumber(row) });
    sheet.close();
  }

  function compare(to: { readonly to?: number }): void {
    if (!row) return;
    desk.post({ type: "comparePoints", from: askedNumber(row), ...to });
    sheet.close();
  }
}

/** Why nothing can be rewound now, as a sentence; `undefined` when it can. */
function obstacleTo(what: What, files: RewindFiles, { session, readOnly }: Panel): string | undefined {
  if (readOnly !== undefined) return readOnly;
  if (session.status !== "resting") return "Wheelhouse is at work. Stop it first.";
  return what === "files" && files.isEmpty() ? "There is nothing to rewind." : undefined;
}
