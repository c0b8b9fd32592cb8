import type { CallRow } from "../../src/agent/session.ts";
import { visible } from "../../src/text/visible.ts";
import { progressRing } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, type Part, setAttribute, setText, show } from "../dom.ts";
import { durationOf } from "../format.ts";
import { type IconName, icon } from "../icons.ts";
import { displayOf } from "./display.ts";
import { goTo, growingText, placeIn } from "./growing-text.ts";

/** Accessible name of what a call has printed. */
const OUTPUT = "Output";

const STATES: Record<CallRow["state"], { readonly word: string; readonly sign: IconName | "ring" }> = {
  writing: { word: "writing", sign: "ring" },
  pending: { word: "pending", sign: "circle" },
  waiting: { word: "waiting for you", sign: "alert" },
  running: { word: "running", sign: "ring" },
  done: { word: "done", sign: "check" },
  failed: { word: "failed", sign: "close" },
  denied: { word: "denied", sign: "discard" },
  interrupted: { word: "interrupted", sign: "stop" },
  unknown: { word: "may have run", sign: "alert" },
};

/** A call of the model: one line that opens to what it was given and what came of it. */
export function callRow(desk: Desk, key: string): Part<CallRow> {
  const sign = h("span", { class: "sign" });
  const tool = h("span", { class: "tool" });
  const title = h("span", { class: "title" });
  const counts = h("span", { class: "counts" });
  const state = h("span", { class: "state" });
  const panel = h("div", { class: "call-body", hidden: true });
  const line = h(
    "button",
    { type: "button", class: "call-line", on: { click: toggle } },
    icon("chevron"),
    sign,
    tool,
    title,
    counts,
    state,
  );
  const group = h("div", { class: "call", role: "group" }, line, panel);
  let row: CallRow | undefined;
  let drawn: CallRow | undefined;
  let body: CallBody | undefined;
  let was: CallRow["state"] | undefined;

  return {
    element: h("div", { class: "row" }, group),
    update(next) {
      row = next;
      paint(next);
    },
  };

  function toggle(): void {
    if (!desk.unfolded.delete(key)) desk.unfolded.add(key);
    if (row) paint(row);
  }

  function paint(it: CallRow): void {
    const { word } = STATES[it.state];
    const shownTitle = visible(it.title).replace(/\s+/g, " ");
    setText(tool, visible(it.tool));
    setText(title, shownTitle);
    setAttribute(title, "title", visible(it.title));
    paintCounts(counts, it);
    setText(
      state,
      it.state === "done" && it.durationMs !== undefined && it.durationMs > 2000
        ? `${word} · ${durationOf(it.durationMs)}`
        : word,
    );
    setAttribute(group, "aria-label", [visible(it.tool), shownTitle, word].filter(Boolean).join(", "));
    if (was !== it.state) paintState(it.state);
    const open = desk.unfolded.has(key);
    setAttribute(line, "aria-expanded", String(open));
    show(panel, open);
    if (open && drawn !== it) paintBody(it);
  }

  function paintBody(it: CallRow): void {
    const before = body?.output && placeIn(body.output.element);
    const isMore = body?.output && drawn?.input === it.input && drawn?.display === it.display;
    if (!isMore) {
      body = bodyOf(desk, it);
      panel.replaceChildren(...body.parts);
    }
    drawn = it;
    if (isMore) body?.output?.update(it.output);
    const output = panel.querySelector<HTMLElement>(`[aria-label="${OUTPUT}"]`);
    // What has come of the call is read on from where its growing output was.
    if (!isMore && output) goTo(output, before ?? (it.display ? 0 : "end"));
  }

  function paintState(next: CallRow["state"]): void {
    if (was !== undefined && !["done", "running", "writing", "pending"].includes(next))
      desk.announce(`${row?.tool ?? ""} ${STATES[next].word}`);
    was = next;
    group.dataset.state = next;
    const { sign: picture } = STATES[next];
    sign.replaceChildren(picture === "ring" ? progressRing() : icon(picture));
  }
}

function paintCounts(element: HTMLElement, { display }: CallRow): void {
  if (display?.kind !== "diff") return void element.replaceChildren();
  const added = display.files.reduce((sum, it) => sum + it.added, 0);
  const removed = display.files.reduce((sum, it) => sum + it.removed, 0);
  setText(element, "");
  element.append(
    h("span", { class: "added" }, `+${added}`),
    " ",
    h("span", { class: "removed" }, `−${removed}`),
  );
}

interface CallBody {
  readonly parts: readonly HTMLElement[];
  /** What it has printed, as long as more may come. */
  readonly output: Part<string> | undefined;
}

function bodyOf(desk: Desk, row: CallRow): CallBody {
  const output = row.output === "" ? undefined : growingText(OUTPUT);
  output?.update(row.output);
  const printed = output ? [output.element] : [];
  const result = row.display ? [displayOf(desk, row.display)] : [];
  const input = row.input === undefined ? [] : [inputOf(desk, row)];
  const parts =
    row.display?.kind === "diff" || row.display?.kind === "terminal"
      ? [...result, ...printed, ...input]
      : [...input, ...printed, ...result];
  return { parts: parts.length > 0 ? parts : [h("p", { class: "faint" }, "Nothing to show yet.")], output };
}

/** What the call was given, whole: nobody has to guess what was approved. */
function inputOf(desk: Desk, row: CallRow): HTMLElement {
  const text = typeof row.input === "string" ? row.input : JSON.stringify(row.input, null, 2);
  return h(
    "details",
    { class: "input", open: row.display === undefined },
    h("summary", {}, icon("chevron"), "Input"),
    displayOf(desk, { kind: "text", text, language: "json" }),
  );
}
