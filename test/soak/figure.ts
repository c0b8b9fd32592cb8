import { appendFileSync } from "node:fs";
import fc from "fast-check";
import { it } from "mocha";

/** How many inputs a law is tried on: with every test run, and with `npm run soak`. */
export interface Amounts {
  readonly ci: number;
  readonly soak: number;
}

/** What `npm run soak` asks of the tests it runs, as JSON in the environment. */
export interface Soak {
  /** Figure, for the command that repeats a case. */
  readonly figure: string;
  readonly seed: number;
  /** Each test goes on for so long, however many inputs that takes. */
  readonly minutes?: number;
  /** A path of fast-check: this one input only. */
  readonly case?: string;
  /** File to which each test adds a line saying what it did. */
  readonly tally: string;
}

const CI_SEED = 20_261_121;
/** More than anybody has time for. */
const WITHOUT_END = 2 ** 30;

const soak: Soak | undefined = JSON.parse(process.env["WHEELHOUSE_SOAK"] ?? "null") ?? undefined;

/** Whether `npm run soak` runs this. */
export const isSoak = soak !== undefined;

/** The seed of this run: always the same, but for a soak. */
export const seedNow = soak?.seed ?? CI_SEED;

/** How long each test goes on, where the soak says so. */
export const soakMinutes = soak?.minutes;

/** The number of the two that is wanted now. */
export function amount({ ci, soak: full }: Amounts): number {
  return isSoak ? full : ci;
}

/** The one case that is to be repeated, as the failing test named it. */
export const repeated = soak?.case;

/** Where chance begins: always the same, but for a soak. */
export const seed = soak?.seed ?? CI_SEED;

/** How long each test is to go on, in milliseconds; `undefined`: until it has its amount. */
export const limitMs = soak?.minutes === undefined ? undefined : soak.minutes * 60_000;

/** What fast-check is to do: so many inputs from a seed that is always the same, but for a soak. */
export function runs<T>(amounts: Amounts): fc.Parameters<T> {
  if (repeated !== undefined) return { numRuns: 1, seed, path: repeated, endOnFailure: true };
  return limitMs === undefined
    ? { numRuns: amount(amounts), seed }
    : { numRuns: WITHOUT_END, seed, interruptAfterTimeLimit: limitMs };
}

/** A test: the law holds for that many inputs. One that does not fails with its seed and the command that repeats it. */
export function holds<T>(
  what: string,
  amounts: Amounts,
  property: fc.IRawProperty<T>,
  more: fc.Parameters<T> = {},
): void {
  it(what, async function () {
    this.timeout(isSoak ? 0 : 120_000);
    const details = await fc.check(property, { ...runs<T>(amounts), ...more });
    tally(what, details.numRuns);
    if (!details.failed) return;
    const report = await fc.asyncDefaultReportMessage(details as fc.RunDetails<T>);
    const again = repeating(what, details.counterexamplePath ?? "");
    const cause = details.errorInstance;
    const why = cause instanceof Error ? cause.stack : String(cause);
    throw new Error(`${report ?? "It failed."}\n${again}\n${why}`);
  });
}

/** Says in the soak's report how many inputs a test took. */
export function tally(what: string, inputs: number): void {
  if (soak) appendFileSync(soak.tally, `${JSON.stringify({ what, inputs })}\n`);
}

/** The command that tries one case of a test again. */
export function repeating(what: string, inputs: string): string {
  const words = /^[\w ,]*/.exec(what)?.[0].trim() ?? "";
  const of = soak?.figure ?? "";
  return `Again: npm run soak -- ${of} --grep "${words}" --seed ${seed} --case "${inputs}"`;
}
