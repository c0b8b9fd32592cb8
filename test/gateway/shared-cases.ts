import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A translation case: what goes in, and what must hold of what comes out. */
export interface SharedCase {
  readonly id: string;
  readonly title: string;
  readonly stage: string;
  readonly input: unknown;
  readonly assert: readonly { readonly path: string; readonly op: string; readonly value: unknown }[];
  readonly wire?: Readonly<Record<string, unknown>>;
  readonly profile?: unknown;
}

/** Judges of cases, from beside the cases. */
export interface Judge {
  readonly check: (view: unknown, claim: unknown) => boolean;
  readonly foldAnthropic: (raw: string, failed: boolean) => unknown;
}

const FOLDER = new URL("../../../shared/cases/gateway/", import.meta.url);

/** Why cases are skipped; `undefined`: they are there. */
export const missingCases: string | undefined = existsSync(fileURLToPath(FOLDER))
  ? undefined
  : "the shared translation cases are not beside the project";

/** The cases of a group, none where they are missing. */
export function casesOf(group: string): readonly SharedCase[] {
  const file = fileURLToPath(new URL(`cases/${group}.json`, FOLDER));
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as readonly SharedCase[]) : [];
}

/** The module `name` beside the cases. */
export async function beside<T>(name: string): Promise<T> {
  return (await import(new URL(name, FOLDER).href)) as T;
}

/** The claims of a case that do not hold of `view`. */
export function broken(judge: Judge, { assert }: SharedCase, view: unknown): readonly unknown[] {
  return assert.filter((it) => !judge.check(view, it));
}
