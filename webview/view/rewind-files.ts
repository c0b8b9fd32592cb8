import type { RewindPreview } from "../../src/agent/screen.ts";
import { visible } from "../../src/text/visible.ts";
import { checkbox } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h } from "../dom.ts";
import { shortPath } from "../format.ts";

type PreviewedFile = RewindPreview["files"][number];

/** The files that a rewind would change, each with a box that leaves it out or takes it along. */
export interface RewindFiles {
  readonly element: HTMLElement;
  /** Says that the files are being looked for; no box has been touched. */
  readonly reset: () => void;
  readonly show: (preview: RewindPreview) => void;
  /** Whether it is known what would change. */
  readonly isKnown: () => boolean;
  /** Whether none of the files is ticked. */
  readonly isEmpty: () => boolean;
  /** Paths of files that are taken along though the person edited them, and of those that are left out. */
  readonly chosen: () => { readonly edited: readonly string[]; readonly without: readonly string[] };
}

/** No files yet; calls `onTick` when the person has ticked a box or taken a tick away. */
export function rewindFiles(desk: Desk, onTick: () => void): RewindFiles {
  const element = h("section", { class: "facts", "aria-label": "What happens to files" });
  const edited = new Set<string>();
  const without = new Set<string>();
  let shown: RewindPreview | undefined;
  return {
    element,
    reset() {
      edited.clear();
      without.clear();
      shown = undefined;
      element.replaceChildren(h("p", { class: "faint" }, "Looking at the files…"));
    },
    show(preview) {
      if (preview === shown) return;
      shown = preview;
      fill(preview);
    },
    isKnown: () => shown !== undefined,
    isEmpty: () => shown?.files.every((it) => !isTicked(it)) ?? false,
    chosen: () => ({ edited: [...edited], without: [...without] }),
  };

  function isTicked({ path, edited: isEdited }: PreviewedFile): boolean {
    return isEdited ? edited.has(path) : !without.has(path);
  }

  function fill({ files, stuck }: RewindPreview): void {
    const items = files.map((it) => fileItem(desk, it, (isOn) => tick(it, isOn)));
    const left = stuck.map(({ path, why }) =>
      h("li", { class: "rewind-file stuck" }, `${visible(shortPath(path, desk.folder()))}: ${visible(why)}`),
    );
    const none = items.length + left.length === 0;
    element.replaceChildren(
      h("h3", {}, "Files"),
      none
        ? h("p", { class: "faint" }, "No file differs from what it was then.")
        : h("ul", { class: "rewind-files" }, ...items, ...left),
    );
  }

  function tick({ path, edited: isEdited }: PreviewedFile, isOn: boolean): void {
    const set = isEdited ? edited : without;
    if (isOn === isEdited) set.add(path);
    else set.delete(path);
    onTick();
  }
}

const DEEDS = { changed: "changes back", created: "is created again", removed: "is removed" } as const;

function fileItem(
  desk: Desk,
  { path, change, edited, added, removed }: PreviewedFile,
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
