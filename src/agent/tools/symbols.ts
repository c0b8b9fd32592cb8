import { outlineText } from "../../syntax/outline-text.ts";
import { cutEnd } from "../../text/cut.ts";
import { absolute, shownPath } from "../../text/paths.ts";
import type { Abilities, RunTool } from "../tool.ts";
import { textIn } from "./parts/input.ts";
import { unreadable } from "./parts/plan-edits.ts";
import { answer, failure } from "./parts/result.ts";

/** Files of a folder that are outlined. */
const MAX_FILES = 60;
const MAX_LOOKED = 2_000;
const MAX_TEXT = 30_000;

/** Lists the declarations of source files. */
export const symbols: RunTool = {
  name: "Symbols",
  description:
    "List the classes, functions, methods and types that a source file declares, with their lines; for a folder, of the files in it. Cheaper than Read to learn what is where.",
  input: {
    type: "object",
    properties: { path: { type: "string", description: "File or folder" } },
    required: ["path"],
  },
  title: (input, folder) => shownPath(absolute(textIn(input, "path"), folder), folder),
  reach: (input, folder) => ({ kind: "read", paths: [absolute(textIn(input, "path"), folder)] }),
  async run(input, abilities, signal) {
    const path = absolute(textIn(input, "path"), abilities.folder);
    const found = await abilities.files.read(path, signal);
    if (found.kind === "folder") return ofFolder(path, abilities, signal);
    if (found.kind !== "text") return failure(await unreadable(found, path, abilities));
    const outline = await abilities.outliner.outline(path, found.text, signal);
    if (outline.kind === "failed") return failure(outline.reason);
    if (outline.kind === "unsupported")
      return failure("Symbols does not know this language. Use Grep or Read.");
    const damaged = outline.damaged
      ? "\n(The file has syntax errors: some declarations may be missing.)"
      : "";
    return answer(cutEnd(outlineText(outline.symbols) || "(no declarations)", MAX_TEXT) + damaged);
  },
};

async function ofFolder(folder: string, abilities: Abilities, signal: AbortSignal) {
  const paths = await abilities.search.files(folder, MAX_LOOKED, signal);
  const parts: string[] = [];
  for (const path of paths) {
    const text = (await abilities.mayRead(path)) ? await outlineOf(path, abilities, signal) : "";
    if (text !== "") parts.push(`${shownPath(path, abilities.folder)}\n${text}`);
    if (parts.length === MAX_FILES) break;
  }
  if (parts.length === 0) return answer(`No declarations in "${shownPath(folder, abilities.folder)}".`);
  const more = parts.length === MAX_FILES ? "\n(There may be more: name a folder further down.)" : "";
  return answer(cutEnd(parts.join("\n"), MAX_TEXT) + more);
}

async function outlineOf(path: string, { files, outliner }: Abilities, signal: AbortSignal): Promise<string> {
  // An empty text tells whether the language is known, before the file is read.
  if ((await outliner.outline(path, "", signal)).kind === "unsupported") return "";
  const found = await files.read(path, signal);
  if (found.kind !== "text") return "";
  const outline = await outliner.outline(path, found.text, signal);
  return outline.kind === "symbols" ? outlineText(outline.symbols) : "";
}
