import type { Display, FileDiff } from "../../src/agent/display.ts";
import { visible } from "../../src/text/visible.ts";
import { button } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h } from "../dom.ts";
import { shortPath, splitPath } from "../format.ts";
import { type PatchLine, patchLines } from "../patch.ts";

/** Lines of a diff shown at once; the others after a click, or in the editor. */
const SHOWN = 400;

/** Changes of files as unified diffs. */
export function diffDisplay(desk: Desk, { files }: Extract<Display, { kind: "diff" }>): HTMLElement {
  return h("div", { class: "diffs" }, ...files.map((it) => fileDiff(desk, it)));
}

const WORDS: Record<FileDiff["change"], string> = { added: "new file", changed: "", removed: "deleted" };

function fileDiff(desk: Desk, file: FileDiff): HTMLElement {
  const lines = patchLines(file.patch);
  const table = h(
    "div",
    { class: "diff-lines", role: "region", tabindex: "0", "aria-label": `Changes in ${file.path}` },
    ...lines.slice(0, SHOWN).map(lineOf),
  );
  const rest = lines.length - SHOWN;
  const more = button({
    name: `Show ${rest} more lines`,
    onClick: () => {
      more.remove();
      table.append(...lines.slice(SHOWN).map(lineOf));
    },
  });
  const { folder, name } = splitPath(shortPath(file.path, desk.folder()));
  return h(
    "div",
    { class: "diff" },
    h(
      "div",
      { class: "diff-head" },
      h(
        "button",
        {
          type: "button",
          class: "path-link",
          title: visible(file.path),
          on: { click: () => desk.post({ type: "openFile", path: file.path }) },
        },
        h("span", { class: "path-name" }, visible(name)),
        h("span", { class: "path-folder" }, visible(folder.replace(/[\\/]$/, ""))),
      ),
      WORDS[file.change] !== "" && h("span", { class: "change" }, WORDS[file.change]),
      h(
        "span",
        { class: "counts" },
        h("span", { class: "added" }, `+${file.added}`),
        " ",
        h("span", { class: "removed" }, `−${file.removed}`),
      ),
      button({
        name: "Open the diff in the editor",
        look: "icon",
        icon: "diff",
        onClick: () => desk.post({ type: "review", path: file.path }),
      }),
    ),
    table,
    rest > 0 && more,
    file.cut &&
      h("p", { class: "faint" }, "Only the beginning is shown here; the editor's diff shows all of it."),
  );
}

const SIGNS: Record<PatchLine["kind"], string> = { added: "+", removed: "−", same: " ", gap: "⋯" };

function lineOf({ kind, text, line }: PatchLine): HTMLElement {
  return h(
    "div",
    { class: `diff-line ${kind}` },
    h("span", { class: "diff-number", "aria-hidden": "true" }, line === undefined ? "" : String(line)),
    h("span", { class: "diff-sign" }, SIGNS[kind]),
    h("span", { class: "diff-text" }, visible(text)),
  );
}
