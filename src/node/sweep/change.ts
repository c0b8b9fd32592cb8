import { lstat } from "node:fs/promises";
import type { ChangedFile } from "../../journal/images.ts";
import type { LostFile } from "../../journal/sweep.ts";
import { BINARY, binaryText, decode, sameBytes } from "../../text/encoding.ts";
import type { TextForm } from "../../world.ts";
import { bytesOf, type Keeper, type Kept, MAX_FILE, type Noted } from "./noted.ts";

/** What a path was: as noted, its bytes from elsewhere, or nothing that could be put back, with why. */
export type Before =
  | Noted
  | { readonly kind: "bytes"; readonly bytes: Buffer; readonly mode: number | undefined }
  | { readonly kind: "lost"; readonly why: string };

/** A path, absolute, that may have changed. `target`: the same with the links before the folder resolved. */
export interface Suspect {
  readonly path: string;
  readonly target: string;
  readonly before: Before;
}

/** What judging needs. */
export interface Court {
  readonly keeper: Keeper;
  /** The bytes that were kept there; `undefined` when they no longer are. */
  readonly bytesIn: (kept: Kept) => Promise<Uint8Array | undefined>;
  /** Files that somebody else wrote in the meantime: whatever they hold now is not the command's. */
  readonly saved: ReadonlySet<string>;
  /** What was written later is not either, but may have been before as well; milliseconds since 1970. */
  readonly until: number | undefined;
}

/** What `changeOf` finds. */
export type Verdict =
  | { readonly file: ChangedFile; readonly isModeLost: boolean }
  | { readonly lost: LostFile }
  | undefined;

type Side =
  | { readonly kind: "absent" }
  | {
      readonly kind: "bytes";
      readonly bytes: Uint8Array;
      readonly mode: number | undefined;
      readonly modified?: number;
    }
  | { readonly kind: "lost"; readonly why: string; readonly modified?: number };

/**
 * The change of a file with both its images kept (`isModeLost`: its permissions changed too, and are not); why it is
 * lost; `undefined` when it did not change.
 */
export async function changeOf({ path, target, before }: Suspect, court: Court): Promise<Verdict> {
  if (court.saved.has(path)) return undefined;
  const [was, now] = [await sideOf(before, court), await present(path)];
  if (was.kind === "absent" && now.kind === "absent") return undefined;
  const place = { path, ...(target !== path && { target }) };
  const lost = (why: string) => ({ lost: { ...place, why } });
  const isBoth = was.kind === "bytes" && now.kind === "bytes";
  const isModeLost = isBoth && !isModeSame(was.mode, now.mode);
  if (isBoth && sameBytes(was.bytes, now.bytes))
    return isModeLost ? lost("only its permissions were changed") : undefined;
  if (now.kind !== "absent" && (now.modified ?? 0) > (court.until ?? Number.POSITIVE_INFINITY))
    return lost("it was written later");
  if (was.kind === "lost") return lost(was.why);
  if (now.kind === "lost") return lost(now.why);
  const image = await imageOf(was, now, court);
  if (typeof image === "string") return lost(image);
  return { file: { ...place, ...image }, isModeLost };
}

/** Whether the bits are the same, as far as both are known. */
function isModeSame(before: number | undefined, now: number | undefined): boolean {
  if (before === undefined || now === undefined) return true;
  // git keeps only whether a file may be run.
  return before === GIT_PLAIN || before === GIT_RUNS
    ? (before === GIT_RUNS) === ((now & 0o100) !== 0)
    : before === now;
}

const GIT_PLAIN = 0o100644;
const GIT_RUNS = 0o100755;

async function sideOf(before: Before, { bytesIn }: Pick<Court, "bytesIn">): Promise<Side> {
  switch (before.kind) {
    case "absent":
    case "bytes":
    case "lost":
      return before;
    case "link":
      return { kind: "lost", why: "it was a link" };
    case "other":
      return { kind: "lost", why: "it was no ordinary file" };
    case "file": {
      const bytes = before.kept && (await bytesIn(before.kept));
      if (bytes) return { kind: "bytes", bytes, mode: before.mode };
      return { kind: "lost", why: before.why ?? "what it was is no longer kept" };
    }
  }
}

async function present(path: string): Promise<Side> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return { kind: "absent" };
  const modified = found.mtimeMs;
  if (found.isSymbolicLink()) return { kind: "lost", why: "it is a link now", modified };
  if (!found.isFile()) return { kind: "lost", why: "it is no ordinary file now", modified };
  if (found.size > MAX_FILE)
    return { kind: "lost", why: `it is larger than ${MAX_FILE / 1024 / 1024} MB`, modified };
  const bytes = await bytesOf(path).catch(() => undefined);
  return bytes
    ? { kind: "bytes", bytes, mode: found.mode & 0o7777, modified }
    : { kind: "lost", why: "it cannot be read", modified };
}

type Known = Exclude<Side, { kind: "lost" }>;

/** Both sides as texts, kept; why not, as the end of a sentence. */
async function imageOf(
  was: Known,
  now: Known,
  { keeper }: Court,
): Promise<Omit<ChangedFile, "path"> | string> {
  const { form, texts } = await textsIn([was, now]);
  const [before, after] = [await keepText(texts[0]), await keepText(texts[1])];
  if (!before || !after) return "there were too many files to keep them all";
  const mode =
    was.kind === "bytes" && now.kind === "absent" && was.mode !== undefined ? was.mode & 0o7777 : undefined;
  return {
    before: before.hash,
    after: after.hash,
    encoding: form.encoding,
    bom: form.bom,
    ...(mode !== undefined && { mode }),
  };

  /** Keeps a text as a blob and gives its name; `undefined` when there is no room for it. */
  async function keepText(text: string | undefined): Promise<{ hash: string | undefined } | undefined> {
    if (text === undefined) return { hash: undefined };
    const hash = await keeper.keep(new TextEncoder().encode(text));
    return hash === undefined ? undefined : { hash };
  }
}

/** Sides as texts of one form: where they have none in common, as binary ones. */
async function textsIn(
  sides: readonly Known[],
): Promise<{ readonly form: TextForm; readonly texts: readonly (string | undefined)[] }> {
  const all = await Promise.all(sides.map((it) => (it.kind === "absent" ? undefined : decode(it.bytes))));
  const texts = all.flatMap((it) => (it?.kind === "text" ? [it] : []));
  const [first] = texts;
  const isOne = texts.every(
    (it) => it.form.encoding === first?.form.encoding && it.form.bom === first.form.bom,
  );
  if (first && isOne && !all.some((it) => it?.kind === "binary"))
    return { form: first.form, texts: all.map((it) => (it?.kind === "text" ? it.text : undefined)) };
  return {
    form: BINARY,
    texts: sides.map((it) => (it.kind === "absent" ? undefined : binaryText(it.bytes))),
  };
}
