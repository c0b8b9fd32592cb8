import { applyEdits, type TextEdit } from "../../../text/edits.ts";
import { encode, UTF8 } from "../../../text/encoding.ts";
import { lineAt } from "../../../text/lines.ts";
import { shownPath } from "../../../text/paths.ts";
import type { FileChange, Found } from "../../../world.ts";
import type { Abilities, Planned } from "../../tool.ts";
import { absentText } from "./absent.ts";

/** What one file becomes by `wanted` in order; refused as a whole when one of them does not fit. */
export async function planEdits(
  path: string,
  wanted: readonly TextEdit[],
  abilities: Abilities,
  signal: AbortSignal,
): Promise<Planned> {
  const found = await abilities.files.read(path, signal);
  const shown = shownPath(path, abilities.folder);
  const edits = meantIn(found.kind === "text" ? found.text : "", wanted, abilities);
  if (typeof edits === "string") return refusal(edits);
  const [first] = edits;
  if (found.kind === "absent" && edits.length === 1 && first?.old === "") return creation(path, first.new);
  if (found.kind !== "text") return refusal(await unreadable(found, path, abilities));
  const seen = abilities.seen(path);
  if (seen === undefined) return refusal(`Read "${shown}" before you edit it.`);
  const applied = applyEdits(found.text, edits);
  const isStale = seen !== found.hash;
  if (applied.kind === "refused") {
    const since = isStale ? " The file has changed since you read it: read it again." : "";
    return refusal(`Nothing was changed in "${shown}". ${applied.reason}${since}`);
  }
  if (isStale && (applied.how !== "exact" || edits.some((it) => it.all))) {
    return refusal(`"${shown}" has changed since you read it. Read it again and make the edit anew.`);
  }
  const change: FileChange = { path, before: found.text, after: applied.text, form: found.form };
  return checked(change, [...staleNote(isStale), ...HOW_NOTES[applied.how]]);
}

/** The edits with what placeholders and spelled-out characters in them stand for, or why that is not certain. */
function meantIn(
  file: string,
  wanted: readonly TextEdit[],
  { meant }: Abilities,
): readonly TextEdit[] | string {
  const edits: TextEdit[] = [];
  for (const it of wanted) {
    const [before, after] = [meant(it.old, file), meant(it.new, file)];
    if (before.kind === "refused") return before.reason;
    if (after.kind === "refused") return after.reason;
    edits.push({ ...it, old: before.text, new: after.text });
  }
  return edits;
}

/** The change, refused when the file's encoding has no characters for it. */
export async function checked(change: FileChange, notes: readonly string[]): Promise<Planned> {
  const { after = "", form } = change;
  const encoded = await encode(after, form);
  if (encoded.kind === "bytes") return { kind: "plan", changes: [change], notes };
  const char = String.fromCodePoint(after.codePointAt(encoded.at) ?? 0xfffd);
  return refusal(
    `Nothing was changed: the file is in ${form.encoding}, which has no "${char}" (line ${lineAt(after, encoded.at)} of the new text).`,
  );
}

/** Why a file that is no text, or is not there, cannot be edited. */
export async function unreadable(
  found: Exclude<Found, { kind: "text" }>,
  path: string,
  { folder, files }: Pick<Abilities, "folder" | "files">,
): Promise<string> {
  const shown = shownPath(path, folder);
  switch (found.kind) {
    case "absent":
      return absentText(path, folder, files);
    case "folder":
      return `"${shown}" is a folder.`;
    case "binary":
      return `"${shown}" is no text: ${found.why}.`;
    case "failed":
      return found.reason;
  }
}

/** A plan that creates a file. */
export function creation(path: string, text: string): Promise<Planned> {
  return checked({ path, before: undefined, after: text, form: UTF8 }, []);
}

/** A plan that is none, with a sentence for the model. */
export function refusal(reason: string): Planned {
  return { kind: "refused", reason };
}

const HOW_NOTES = {
  exact: [],
  blanks: ["old_string matched but for line endings or trailing blanks."],
  indent: ["old_string matched but for its indentation; new_string was indented like the file."],
};

function staleNote(isStale: boolean): readonly string[] {
  return isStale
    ? ["The file had other changes since you read it; they are kept. Read it again before further edits."]
    : [];
}
