import type { Attachment } from "../../src/agent/events.ts";
import type { Desk } from "../desk.ts";
import { h } from "../dom.ts";
import { icon } from "../icons.ts";
import { dataUrl, isShown } from "../pictures.ts";
import { attachmentLabel } from "./prompt.ts";

/** Bytes of a picture that can be attached; vendors take no larger ones (Messages API, "Vision": 5 MB). */
const IMAGE_LIMIT = 5_000_000;

/** The attachments of the message that is being written. */
export interface Attachments {
  readonly element: HTMLElement;
  readonly all: () => readonly Attachment[];
  readonly set: (attachments: readonly Attachment[]) => void;
  readonly add: (attachments: readonly Attachment[]) => void;
  /** Takes pictures out of a paste or drop; false when there were none. */
  readonly take: (transfer: DataTransfer | null) => boolean;
}

/** What goes along with the message being written, as chips that can be removed. */
export function attachments(desk: Desk, onChange: () => void): Attachments {
  const element = h("ul", { class: "chips", "aria-label": "Attachments" });
  let kept: readonly Attachment[] = [];
  element.hidden = true;
  return { element, all: () => kept, set, add, take };

  function set(next: readonly Attachment[]): void {
    kept = next;
    element.hidden = kept.length === 0;
    element.replaceChildren(...kept.map(chip));
    onChange();
  }

  function add(more: readonly Attachment[]): void {
    if (more.length > 0) set([...kept, ...more]);
  }

  function chip(attachment: Attachment): HTMLElement {
    const label = attachmentLabel(attachment, desk.folder());
    const picture =
      attachment.kind === "image" && isShown(attachment.mediaType)
        ? h("img", { class: "chip-picture", src: dataUrl(attachment.mediaType, attachment.data), alt: "" })
        : icon("file");
    return h(
      "li",
      { class: "chip" },
      picture,
      h("span", { class: "chip-text", title: label }, label),
      h(
        "button",
        {
          type: "button",
          class: "chip-remove",
          "aria-label": `Remove ${label}`,
          on: { click: () => set(kept.filter((it) => it !== attachment)) },
        },
        icon("close"),
      ),
    );
  }

  function take(transfer: DataTransfer | null): boolean {
    const files = [...(transfer?.files ?? [])].filter((it) => isShown(it.type));
    for (const file of files) read(file);
    return files.length > 0;
  }

  function read(file: File): void {
    if (file.size > IMAGE_LIMIT) {
      desk.announce(`${file.name} is larger than 5 MB and was not attached`);
      return;
    }
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const data = String(reader.result).split(",", 2)[1] ?? "";
      add([{ kind: "image", name: file.name || "Pasted image", mediaType: file.type, data }]);
    });
    reader.readAsDataURL(file);
  }
}
