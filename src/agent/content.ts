import type { Block } from "../model/conversation.ts";
import type { Attachment } from "./events.ts";

/** What the model reads of a message: images first, then named files, then the words. Attached text is fenced as data. */
export function contentOf(text: string, attachments: readonly Attachment[]): readonly Block[] {
  const images = attachments.filter((it) => it.kind === "image");
  const texts = attachments.flatMap((it) => (it.kind === "image" ? [] : [fenced(it)]));
  const words = [...texts, text].filter((it) => it.trim() !== "").join("\n\n");
  return [
    ...images.map(
      ({ mediaType, data }): Block => ({
        type: "image",
        source: { type: "base64", media_type: mediaType, data },
      }),
    ),
    { type: "text", text: words === "" ? "(see the image)" : words },
  ];
}

function fenced(attachment: Exclude<Attachment, { kind: "image" }>): string {
  const where =
    attachment.kind === "selection" && attachment.from !== undefined
      ? ` lines="${attachment.from}-${attachment.to}"`
      : "";
  const tag = attachment.kind === "selection" ? "open_in_editor" : "attached_file";
  // A text that holds the closing tag would go on as if the person had said it.
  const text = attachment.text.replaceAll(`</${tag}`, `<\\/${tag}`);
  return `<${tag} path=${JSON.stringify(attachment.path)}${where}>\n${text}\n</${tag}>`;
}

/** A short title from the first words of a message. */
export function titleOf(text: string): string {
  const line =
    text
      .split("\n")
      .map((it) => it.trim())
      .find((it) => it !== "") ?? "";
  if (line.length <= TITLE_LENGTH) return line === "" ? "New session" : line;
  const cut = line.slice(0, TITLE_LENGTH);
  const words = cut.slice(0, Math.max(cut.lastIndexOf(" "), TITLE_LENGTH / 2));
  // Half a character is none.
  return `${words.replace(/[\ud800-\udbff]$/, "")}…`;
}

const TITLE_LENGTH = 60;
