import { outlineText } from "../syntax/outline-text.ts";
import { cutEnd } from "../text/cut.ts";
import { shownPath } from "../text/paths.ts";
import type { Abilities, ToolResult } from "./tool.ts";
import { unreadable } from "./tools/parts/plan-edits.ts";
import { answer, failure } from "./tools/parts/result.ts";

/** Files of a folder that are outlined. */
const MAX_FILES = 60;
const MAX_LOOKED = 2_000;
const MAX_TEXT = 30_000;

/** What is used to outline. */
export type OutlinePorts = Pick<Abilities, "files" | "folder" | "mayRead" | "outliner" | "search">;

/** The declarations of a file, or of the files below a folder; `path` is absolute. */
export async function outlined(path: string, ports: OutlinePorts, signal: AbortSignal): Promise<ToolResult> {
  const found = await ports.files.read(path, signal);
  if (found.kind === "folder") return ofFolder(path, ports, signal);
  if (found.kind !== "text") return failure(await unreadable(found, path, ports));
  const outline = await ports.outliner.outline(path, found.text, signal);
  if (outline.kind === "failed") return failure(outline.reason);
  if (outline.kind === "unsupported")
    return failure("Symbols does not know this language. Use Grep or Read.");
  const damaged = outline.damaged ? "\n(The file has syntax errors: some declarations may be missing.)" : "";
  return answer(cutEnd(outlineText(outline.symbols) || "(no declarations)", MAX_TEXT) + damaged);
}

async function ofFolder(folder: string, ports: OutlinePorts, signal: AbortSignal): Promise<ToolResult> {
  const paths = await ports.search.files(folder, MAX_LOOKED, signal);
  const parts: string[] = [];
  for (const path of paths) {
    const text = (await ports.mayRead(path)) ? await outlineOf(path, ports, signal) : "";
    if (text !== "") parts.push(`${shownPath(path, ports.folder)}\n${text}`);
    if (parts.length === MAX_FILES) break;
  }
  if (parts.length === 0) return answer(`No declarations in "${shownPath(folder, ports.folder)}".`);
  const more = parts.length === MAX_FILES ? "\n(There may be more: name a folder further down.)" : "";
  return answer(cutEnd(parts.join("\n"), MAX_TEXT) + more);
}

async function outlineOf(
  path: string,
  { files, outliner }: OutlinePorts,
  signal: AbortSignal,
): Promise<string> {
  // An empty text tells whether the language is known, before the file is read.
  if ((await outliner.outline(path, "", signal)).kind === "unsupported") return "";
  const found = await files.read(path, signal);
  if (found.kind !== "text") return "";
  const outline = await outliner.outline(path, found.text, signal);
  return outline.kind === "symbols" ? outlineText(outline.symbols) : "";
}
