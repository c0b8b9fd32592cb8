import { changesAt, offeredAt } from "../../src/refactor/engine.ts";
import { knownSource } from "../../src/refactor/source.ts";
import { compared, type Examination, examined, type SmellSettings } from "../../src/smells/engine.ts";
import type { Finding } from "../../src/smells/finding.ts";
import { languageOf } from "../../src/syntax/language-of.ts";
import { parseFor } from "../refactor/source.ts";

/** All limits as they are by default, nothing left out. */
export const USUAL: SmellSettings = { limits: {}, ignored: [] };

/** Examines one file. */
export async function examine(path: string, text: string, settings = USUAL): Promise<Examination> {
  const known = [languageOf(path)?.id ?? []].flat();
  const refactored = { sourceOf: knownSource, offeredAt, changesAt };
  return examined({ path, text }, settings, await parseFor(...known), refactored);
}

/** The findings in a file; of one smell where it is given. */
export async function look(
  path: string,
  text: string,
  smell?: string,
  settings = USUAL,
): Promise<readonly Finding[]> {
  const found = await examine(path, text, settings);
  if (found.kind !== "examined") throw new Error(found.reason);
  return found.findings.filter((it) => smell === undefined || it.smell === smell);
}

/** What files have in common. */
export async function compare(
  files: Readonly<Record<string, string>>,
  limits: SmellSettings["limits"] = {},
): Promise<readonly Finding[]> {
  const tokens = [];
  for (const [path, text] of Object.entries(files)) {
    const found = await examine(path, text);
    if (found.kind === "examined") tokens.push(found.tokens);
  }
  return compared(tokens, { limits, ignored: [] }).findings;
}

/** What a finding is about: the text at its place, with the number that was measured. */
export function shownIn(text: string): (finding: Finding) => string {
  return ({ from, to, value }) => `${text.slice(from, to)}${value === undefined ? "" : ` ${value}`}`;
}
