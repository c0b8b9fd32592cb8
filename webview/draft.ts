import type { Attachment } from "../src/agent/events.ts";
import type { EditorContext } from "../src/agent/screen.ts";

/** What is written and not yet sent. */
export interface Draft {
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** An empty message box. */
export const NO_DRAFT: Draft = { text: "", attachments: [] };

/** Whether there is nothing to send. */
export function isEmpty({ text, attachments }: Draft): boolean {
  return text.trim() === "" && attachments.length === 0;
}

/** Whether two attachments are the same place or the same picture, so that one of them is enough. */
export function isSame(a: Attachment, b: Attachment): boolean {
  if (a.kind === "selection" && b.kind === "selection") return isPlace(a, b);
  return a.kind === "image"
    ? b.kind === "image" && a.data === b.data
    : b.kind === "file" && a.path === b.path;
}

/** Whether the editor's open file or selection is attached already. */
export function isAttached(context: EditorContext, attachments: readonly Attachment[]): boolean {
  return attachments.some((it) => it.kind === "selection" && isPlace(it, context));
}

interface FilePlace {
  readonly path: string;
  readonly from?: number;
  readonly to?: number;
}

function isPlace(a: FilePlace, b: FilePlace): boolean {
  return a.path === b.path && a.from === b.from && a.to === b.to;
}

/** Both texts with a blank between them, or the one that is there. */
export function joined(before: string, more: string): string {
  return before === "" || more === "" ? before + more : `${before.replace(/\s*$/, "")} ${more}`;
}

/** Paths of files dropped from the editor, relative to `folder` where they are in it (text/uri-list, RFC 2483). */
export function droppedPaths(uris: string, folder: string): readonly string[] {
  const files = uris.split(/\r?\n/).filter((it) => /^(file|vscode-remote):\/\//.test(it) && URL.canParse(it));
  const paths = files.map((it) => decoded(new URL(it).pathname));
  return paths.map((it) => (it.startsWith(`${folder}/`) ? it.slice(folder.length + 1) : it));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray percent sign: the name is what it says.
    return path;
  }
}
