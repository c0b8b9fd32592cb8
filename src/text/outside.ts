import { type Masking, type MaskStream, masking } from "./masking.ts";
import { placeholdersIn } from "./placeholders.ts";
import type { KnownSecret } from "./secrets.ts";
import { hiddenBehind, visibleInLines } from "./visible.ts";

/** Text from tools, files and pages: how it is told, and how what was told means the real text again. */
export interface Outside {
  /**
   * `text` as models, logs and screens get it: secrets as placeholders, hidden characters spelled out, and nothing that
   * looks like a marker of ours. Told again, it stays as it is.
   */
  readonly told: (text: string) => string;
  /** A text in pieces with its secrets as placeholders; screens spell out the rest. */
  readonly stream: () => MaskStream;
  /** What `text`, made of what was told, means in a file that holds `file`; refused, with a sentence, when that is not certain. */
  readonly meant: (text: string, file: string) => Meant;
  /** Whether what looks like a placeholder of a secret stands in `text`. */
  readonly namesSecret: (text: string) => boolean;
  /** Values that are secret from now on, in place of those given before. */
  readonly know: (secrets: readonly KnownSecret[]) => void;
  /** Values that are secret for good. */
  readonly learn: (secrets: readonly KnownSecret[]) => void;
}

/** What a text means in a file. */
export type Meant =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "refused"; readonly reason: string };

/** An outside that gives no placeholder which stands in one of the texts of `before`. */
export function outside(before: Iterable<string> = []): Outside {
  const masks = masking(before);
  return {
    told: (text) => (text === "" ? "" : defused(visibleInLines(masks.mask(text)))),
    stream: masks.stream,
    meant: (text, file) => meant(text, file, masks),
    namesSecret: (text) => placeholdersIn(text).length > 0,
    know: masks.know,
    learn: masks.learn,
  };
}

/** Marks what only we may say: reminders of the house and the fences of attachments. */
const MARKERS = /<(?=\s*(?:\/\s*)?(?:system[-_ ]?reminder|attached_file|open_in_editor)\b)/gi;
const DEFUSED = "<⟨data⟩";

function defused(text: string): string {
  return text.replace(MARKERS, DEFUSED);
}

const NOTATIONS = /\[masked: [\w][\w .-]{0,60} \d{1,6}\]|⟨U\+[0-9A-F]{4,6}⟩/g;

function meant(text: string, file: string, masks: Masking): Meant {
  const plain = file.includes(DEFUSED) ? text : text.replaceAll(DEFUSED, "<");
  const meanings = new Map<string, string>();
  for (const [notation] of plain.matchAll(NOTATIONS)) {
    const isSecret = notation.startsWith("[");
    const original = isSecret ? masks.secretBehind(notation) : hiddenBehind(notation);
    const isThere = original !== undefined && file.includes(original);
    const isLiteral = file.includes(notation);
    if (isThere && isLiteral) return refused(notation, "the file has this very text, too");
    if (isThere) meanings.set(notation, original);
    else if (isSecret && !isLiteral)
      return refused(notation, "no secret of this file is called so; read the file again");
  }
  return { kind: "text", text: plain.replace(NOTATIONS, (it) => meanings.get(it) ?? it) };
}

function refused(notation: string, why: string): Meant {
  return {
    kind: "refused",
    reason: `${notation} stands for what is not shown, and it is not certain what to write for it: ${why}. Nothing was changed. Leave that place out of the edit, or ask the person to write it.`,
  };
}
