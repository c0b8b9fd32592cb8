import type { Attachment } from "../../src/agent/events.ts";
import type { Desk } from "../desk.ts";
import { h } from "../dom.ts";
import { isSame } from "../draft.ts";
import { fitPicture } from "../fit-picture.ts";
import { icon } from "../icons.ts";
import { dataUrl, isShown } from "../pictures.ts";
import { attachmentLabel } from "./prompt.ts";

/** The attachments of the message that is being written. */
export interface Attachments {
  readonly element: HTMLElement;
  readonly all: () => readonly Attachment[];
  readonly set: (attachments: readonly Attachment[]) => void;
  readonly add: (attachments: readonly Attachment[]) => void;
  /** Takes pictures out of a paste or drop; false when there were none. */
  readonly take: (transfer: DataTransfer | null) => boolean;
}

/** What attachments tell the message box. */
export interface AttachmentsEnds {
  readonly onChange: () => void;
  /** Why a picture was not attached; `undefined`: all were. */
  readonly onRefused: (reason: string | undefined) => void;
}

/** What goes along with the message being written, as chips that can be removed. */
export function attachments(desk: Desk, ends: AttachmentsEnds): Attachments {
  const element = h("ul", { class: "chips", "aria-label": "Attachments" });
  let kept: readonly Attachment[] = [];
  element.hidden = true;
  return { element, all: () => kept, set, add, take };

  function set(next: readonly Attachment[]): void {
    kept = next;
    element.hidden = kept.length === 0;
    element.replaceChildren(...kept.map(chip));
    ends.onChange();
  }

  function add(more: readonly Attachment[]): void {
    const fresh = more.filter((it) => !kept.some((known) => isSame(known, it)));
    if (fresh.length > 0) set([...kept, ...fresh]);
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
    const files = [...(transfer?.files ?? [])].filter((it) => it.type.startsWith("image/"));
    if (files.length > 0) void read(files);
    return files.length > 0;
  }

  /** In the order they were given, however long each takes. */
  async function read(files: readonly File[]): Promise<void> {
    const pictures = await Promise.all(
      files.map(async (it) => ({ name: it.name || "Pasted picture", fitting: await fitPicture(it) })),
    );
    add(pictures.flatMap(({ name, fitting }) => (fitting ? [{ kind: "image", name, ...fitting }] : [])));
    const broken = pictures.filter((it) => !it.fitting).map((it) => it.name);
    ends.onRefused(
      broken.length === 0
        ? undefined
        : `${broken.join(", ")} was not attached: there is no picture in it that can be read. PNG, JPEG, GIF and WebP can be.`,
    );
  }
}
