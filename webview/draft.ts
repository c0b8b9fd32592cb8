import type { Attachment } from "../src/agent/events.ts";

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
