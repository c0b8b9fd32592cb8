import type { Attachment } from "../../src/agent/events.ts";
import type { Row } from "../../src/agent/session.ts";
import { visible } from "../../src/text/visible.ts";
import { button } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, type Part, setText } from "../dom.ts";
import { shortPath } from "../format.ts";
import { icon } from "../icons.ts";
import { dataUrl, isShown } from "../pictures.ts";

type PromptRow = Extract<Row, { kind: "prompt" }>;

/** What the person said, with what was attached. */
export function promptRow(desk: Desk): Part<PromptRow> {
  let shown: PromptRow | undefined;
  const text = h("div", { class: "prompt-text" });
  const attached = h("div", { class: "attached" });
  const steering = h("span", { class: "steering", hidden: true }, "while it worked");
  return {
    element: h(
      "div",
      { class: "row prompt" },
      button({
        name: "Rewind…",
        look: "icon",
        icon: "discard",
        class: "rewind",
        hint: "Rewind, fork or compare from before this message",
        onClick: () => shown && desk.rewind(shown),
      }),
      h("div", { class: "bubble" }, attached, text, steering),
    ),
    update(row) {
      shown = row;
      setText(text, visible(row.text));
      steering.hidden = !row.steering;
      attached.replaceChildren(...row.attachments.map((it) => attachmentOf(desk, it)));
    },
  };
}

function attachmentOf(desk: Desk, attachment: Attachment): HTMLElement {
  if (attachment.kind === "image") {
    if (!isShown(attachment.mediaType) || attachment.data === "")
      return h("span", { class: "chip" }, icon("image"), attachment.name);
    return h("img", {
      class: "thumb",
      src: dataUrl(attachment.mediaType, attachment.data),
      alt: attachment.name,
    });
  }
  const line = attachment.kind === "selection" ? attachment.from : undefined;
  return h(
    "button",
    {
      type: "button",
      class: "chip",
      title: visible(attachment.path),
      on: {
        click: () =>
          desk.post({ type: "openFile", path: attachment.path, ...(line !== undefined && { line }) }),
      },
    },
    icon("file"),
    h("span", { class: "chip-text" }, attachmentLabel(attachment, desk.folder())),
  );
}

/** Selected lines as they follow a path; "" where the whole file is meant. */
export function linesOf({ from, to = from }: { readonly from?: number; readonly to?: number }): string {
  return from === undefined ? "" : `:${from}-${to}`;
}

/** Name of an attachment on a chip: path below `folder`, lines of a selection. */
export function attachmentLabel(attachment: Attachment, folder: string): string {
  switch (attachment.kind) {
    case "image":
      return visible(attachment.name);
    case "file":
      return visible(shortPath(attachment.path, folder));
    case "selection":
      return visible(shortPath(attachment.path, folder)) + linesOf(attachment);
  }
}
