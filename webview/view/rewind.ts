import type { RewindPreview } from "../../src/agent/screen.ts";
import { askedNumber, type Row } from "../../src/agent/session.ts";
import { visible } from "../../src/text/visible.ts";
import { button, checkbox, enable, picker } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, setText, show } from "../dom.ts";
import { shortPath } from "../format.ts";
import type { Panel } from "../panel.ts";
import { overlay } from "./overlay.ts";

type PromptRow = Extract<Row, { kind: "prompt" }>;
type What = "both" | "files" | "conversation";

/** The sheet that asks how to go back to just before a message, and shows what that does. */
export interface RewindView {
  readonly element: HTMLElement;
  readonly open: (row: PromptRow) => void;
  readonly update: (panel: Panel) => void;
}

const CHOICES: readonly (readonly [What, string, string])[] = [
  ["both", "Files and conversation", "Everything is as it was before this message"],
  ["files", "Files only", "The conversation stays, and Wheelhouse is told"],
  ["conversation", "Conversation only", "The files stay as they are now"],
];

/** The sheet for going back, forking and comparing. */
export function rewindView(desk: Desk, panel: () => Panel): RewindView {
  let row: PromptRow | undefined;
  let what: What = "both";
  let shown: RewindPreview | undefined;
  /** What an earlier opening was told, which may no longer hold. */
  let stale: RewindPreview | undefined;
  /** What the list was made of; null: nothing yet. */
  let filled: RewindPreview | undefined | null = null;
  let against = "now";
  const edited = new Set<string>();
  const without = new Set<string>();
  const words = h("div", { class: "rewind-words" });
  const choice = choices((next) => {
    what = next;
    paint();
  });
  const files = h("section", { class: "facts", "aria-label": "What happens to files" });
  const hint = h("p", { class: "faint", role: "status" });
  const go = button({ name: "Rewind", look: "primary", onClick: rewind });
  const other = picker("Compare with", (value) => {
    against = value;
  });
  const sheet = overlay(
    "Rewind",
    [
      words,
      choice.element,
      files,
      hint,
      h("div", { class: "actions" }, go, button({ name: "Cancel", onClick: () => sheet.close() })),
      h(
        "div",
        { class: "rewind-other" },
        button({ name: "Fork from here", hint: "A new session that knows what came before", onClick: fork }),
        h(
          "div",
          { class: "rewind-compare" },
          button({ name: "Compare with", hint: "Shows how files differ, in the editor", onClick: compare }),
          other.element,
        ),
      ),
    ],
    choice.first,
  );
  return { element: sheet.element, open, update };

  function open(next: PromptRow): void {
    row = next;
    what = "both";
    against = "now";
    shown = undefined;
    stale = panel().rewind;
    filled = null;
    edited.clear();
    without.clear();
    setText(words, visible(next.text) || "(no words)");
    choice.set(what);
    desk.post({ type: "previewRewind", to: askedNumber(next) });
    paint();
    sheet.open();
  }

  function update({ rewind: preview }: Panel): void {
    if (!row || !sheet.element.hasAttribute("open")) return;
    if (preview && preview !== stale && preview.to === askedNumber(row)) shown = preview;
    paint();
  }

  function paint(): void {
    if (!row) return;
    const { session, readOnly } = panel();
    const isWorking = session.status !== "resting";
    show(files, what !== "conversation");
    if (filled !== shown) fill();
    other.update({ value: against, choices: laterThan(row, session.rows) });
    const isEmpty = what === "files" && shown !== undefined && shown.files.every((it) => !isTicked(it));
    enable(
      go,
      !isWorking && readOnly === undefined && !isEmpty && (what === "conversation" || shown !== undefined),
    );
    const unseen = shown === undefined ? panel().refused : undefined;
    setText(
      hint,
      readOnly ??
        (isWorking
          ? "Wheelhouse is at work. Stop it first."
          : isEmpty
            ? "There is nothing to rewind."
            : (unseen ?? "")),
    );
    show(hint, hint.textContent !== "");
  }

  function isTicked({ path, edited: isEdited }: RewindPreview["files"][number]): boolean {
    return isEdited ? edited.has(path) : !without.has(path);
  }

  function fill(): void {
    filled = shown;
    if (!shown) return files.replaceChildren(h("p", { class: "faint" }, "Looking at the files…"));
    const items = shown.files.map((it) =>
      fileItem(desk, it, (isOn) => {
        const set = it.edited ? edited : without;
        if (isOn === it.edited) set.add(it.path);
        else set.delete(it.path);
        paint();
      }),
    );
    const stuck = shown.stuck.map(({ path, why }) =>
      h("li", { class: "rewind-file stuck" }, `${visible(shortPath(path, desk.folder()))}: ${visible(why)}`),
    );
    const none = items.length + stuck.length === 0;
    files.replaceChildren(
      h("h3", {}, "Files"),
      none
        ? h("p", { class: "faint" }, "No file differs from what it was then.")
        : h("ul", { class: "rewind-files" }, ...items, ...stuck),
    );
  }

  function rewind(): void {
    if (!row || go.hasAttribute("disabled")) return;
    desk.command({
      type: "rewind",
      to: askedNumber(row),
      files: what !== "conversation",
      conversation: what !== "files",
      edited: [...edited],
      without: [...without],
    });
    sheet.close();
  }

  function fork(): void {
    if (row) desk.post({ type: "forkSession", before: askedNumber(row) });
    sheet.close();
  }

  function compare(): void {
    if (!row) return;
    const to = against === "now" ? {} : { to: Number(against) };
    desk.post({ type: "comparePoints", from: askedNumber(row), ...to });
    sheet.close();
  }
}

function laterThan(row: PromptRow, rows: readonly Row[]) {
  const prompts = rows.filter((it) => it.kind === "prompt");
  const later = prompts.slice(prompts.findIndex((it) => it.key === row.key) + 1);
  const choices = later.map((it) => ({
    value: String(askedNumber(it)),
    label: `before “${visible(it.text.replace(/\s+/g, " ")).slice(0, 30)}”`,
  }));
  return [{ value: "now", label: "now" }, ...choices];
}

function choices(onPick: (what: What) => void) {
  const inputs = CHOICES.map(([value, label, does]) => {
    const input = h("input", {
      type: "radio",
      name: "rewind-what",
      value,
      on: { change: () => onPick(value) },
    });
    const text = h("span", {}, label, h("span", { class: "faint rewind-does" }, does));
    return { value, input, label: h("label", { class: "rewind-choice" }, input, text) };
  });
  return {
    element: h(
      "fieldset",
      { class: "rewind-choices" },
      h("legend", {}, "Go back to before this message"),
      ...inputs.map((it) => it.label),
    ),
    first: () => inputs.find((it) => it.input.checked)?.input ?? null,
    set(what: What) {
      for (const it of inputs) it.input.checked = it.value === what;
    },
  };
}

const DEEDS = { changed: "changes back", created: "is created again", removed: "is removed" } as const;

function fileItem(
  desk: Desk,
  { path, change, edited, added, removed }: RewindPreview["files"][number],
  onChange: (isOn: boolean) => void,
): HTMLElement {
  const note = edited ? " · you edited it since" : "";
  const label = `${visible(shortPath(path, desk.folder()))} ${DEEDS[change]}`;
  return h(
    "li",
    { class: `rewind-file${edited ? " edited" : ""}`, title: visible(path) },
    checkbox(label + note, !edited, onChange),
    h("span", { class: "faint rewind-count" }, added + removed === 0 ? "" : `+${added} −${removed}`),
  );
}
