import { cutEnd } from "../../text/cut.ts";
import { linesOf, numbered } from "../../text/lines.ts";
import { absolute, baseName, extensionOf, shownPath } from "../../text/paths.ts";
import type { Found } from "../../world.ts";
import { imageType, unfitImage } from "../image.ts";
import type { Abilities, RunTool, ToolResult } from "../tool.ts";
import { base64 } from "./parts/image.ts";
import { numberIn, textIn } from "./parts/input.ts";
import { notebookText } from "./parts/notebook.ts";
import { unreadable } from "./parts/plan-edits.ts";
import { answer, failure } from "./parts/result.ts";

const MAX_LINES = 2_000;
const MAX_LINE = 2_000;
const MAX_TEXT = 50_000;
const MAX_ENTRIES = 200;

/** Shows a file to the model: text with line numbers and by pages, notebooks as cells, images as images. */
export const read: RunTool = {
  name: "Read",
  description:
    "Read a file: text with line numbers (number, tab, line), images, Jupyter notebooks; for a folder its entries. Up to 2000 lines at once; use offset and limit for more. Several files can be read in one step.",
  input: {
    type: "object",
    properties: {
      file_path: { type: "string", description: "Absolute, or relative to the working folder" },
      offset: { type: "integer", minimum: 1, description: "First line, from 1" },
      limit: { type: "integer", minimum: 1, description: "Number of lines" },
    },
    required: ["file_path"],
  },
  title: (input, folder) => shownPath(absolute(textIn(input, "file_path"), folder), folder),
  reach: (input, folder) => ({ kind: "read", paths: [absolute(textIn(input, "file_path"), folder)] }),
  async run(input, abilities, signal) {
    const path = absolute(textIn(input, "file_path"), abilities.folder);
    const found = await abilities.files.read(path, signal);
    if (found.kind === "folder") return listing(path, abilities);
    if (found.kind === "binary")
      return (await image(path, abilities, signal)) ?? binary(path, found, abilities);
    if (found.kind !== "text") return failure(await unreadable(found, path, abilities));
    const cells = extensionOf(path) === ".ipynb" ? notebookText(found.text) : undefined;
    const from = numberIn(input, "offset") ?? 1;
    const text =
      cells === undefined
        ? page(found.text, from, numberIn(input, "limit") ?? MAX_LINES)
        : cutEnd(cells, MAX_TEXT);
    const unsaved = found.unsaved ? "(This is the unsaved text in the editor.)\n" : "";
    return { ...answer(unsaved + text), read: [{ path, hash: found.hash }] };
  },
};

function page(text: string, from: number, limit: number): string {
  if (text === "") return "(The file is empty.)";
  const all = linesOf(text).map((it) => text.slice(it.from, it.to));
  // A line ending at the end ends the last line and begins none.
  if (all.at(-1) === "") all.pop();
  if (from > all.length) return `(The file has only ${all.length} lines.)`;
  const wanted = all.slice(from - 1, from - 1 + Math.min(limit, MAX_LINES)).map((it) => cutEnd(it, MAX_LINE));
  const shown = wanted.slice(0, linesWithin(wanted, MAX_TEXT));
  const last = from - 1 + shown.length;
  const rest =
    last < all.length
      ? `\n(Lines ${from} to ${last} of ${all.length}. Read on with offset ${last + 1}.)`
      : "";
  return numbered(shown, from) + rest;
}

/** How many of the lines fit; one always does. */
function linesWithin(lines: readonly string[], limit: number): number {
  let length = 0;
  const over = lines.findIndex((line) => (length += line.length + 8) > limit);
  return over === -1 ? lines.length : Math.max(1, over);
}

async function listing(path: string, { files, folder }: Abilities): Promise<ToolResult> {
  const entries = await files.list(path);
  const names = entries
    .slice(0, MAX_ENTRIES)
    .map((it) => baseName(it.path) + (it.kind === "folder" ? "/" : ""));
  const more = entries.length > MAX_ENTRIES ? [`(and ${entries.length - MAX_ENTRIES} more)`] : [];
  const head = `"${shownPath(path, folder)}" is a folder with ${entries.length} entries. Use Glob to look deeper.`;
  return answer([head, ...names, ...more].join("\n"));
}

async function image(
  path: string,
  { files, blobs }: Abilities,
  signal: AbortSignal,
): Promise<ToolResult | undefined> {
  const bytes = await files.bytes(path, signal);
  const mediaType = bytes && imageType(bytes);
  if (!bytes || !mediaType) return undefined;
  const name = baseName(path);
  const display = { kind: "image", mediaType, blob: await blobs.put(bytes), name } as const;
  const unfit = unfitImage(bytes);
  if (unfit !== undefined) return { content: unfit, display, failed: true };
  const source = { type: "base64", media_type: mediaType, data: base64(bytes) } as const;
  return { content: [{ type: "image", source }], display };
}

function binary(path: string, found: Found & { kind: "binary" }, { folder }: Abilities): ToolResult {
  const shown = shownPath(path, folder);
  return failure(
    `"${shown}" is no text (${found.size} bytes): ${found.why}. Use a command that understands the format.`,
  );
}
