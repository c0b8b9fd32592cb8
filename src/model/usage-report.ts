import { NO_USAGE, type Usage } from "./conversation.ts";
import type { Attempt } from "./ledger.ts";
import { inputOf } from "./price.ts";

/** What the rows of a report are about. */
export type UsageBy = "day" | "model" | "project" | "session";

/** Every way to group a report, in the order to offer them. */
export const USAGE_BY: readonly UsageBy[] = ["day", "model", "project", "session"];

/** Attempts added up. */
export interface UsageTotals {
  readonly requests: number;
  readonly failures: number;
  /** Tokens of each class. */
  readonly usage: Usage;
  /** Dollars, as far as prices are known. */
  readonly cost: number;
  /** Requests that used tokens whose price is not known: what is missing in `cost`. */
  readonly unpriced: number;
  /** Dollars that the models that were asked for would have cost more than those that routing chose; negative: less. */
  readonly saved: number;
  /** Part of the input that came from the vendors' caches, 0 to 1; `undefined`: there was no input. */
  readonly cacheHitRate: number | undefined;
}

/** All attempts of one day, model, project or session; `name` is "" where there is none. */
export interface UsageRow extends UsageTotals {
  readonly name: string;
}

/** Attempts by day (oldest first, `2026-11-29` of this machine's calendar), or by something else (dearest first). */
export function usageReport(attempts: Iterable<Attempt>, by: UsageBy): readonly UsageRow[] {
  const groups = new Map<string, Sum>();
  const nameOf = NAMES[by];
  for (const it of attempts) {
    const name = nameOf(it);
    const sum = groups.get(name) ?? newSum();
    add(sum, it);
    groups.set(name, sum);
  }
  const rows = [...groups].map(([name, sum]) => ({ name, ...totalsOf(sum) }));
  return by === "day"
    ? rows.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    : rows.toSorted((a, b) => b.cost - a.cost || tokensOf(b) - tokensOf(a) || (a.name < b.name ? -1 : 1));
}

/** All attempts together. */
export function usageTotals(attempts: Iterable<Attempt>): UsageTotals {
  const sum = newSum();
  for (const it of attempts) add(sum, it);
  return totalsOf(sum);
}

/** All rows of a report together: the totals of the attempts it was made of, without reading them again. */
export function totalsOfRows(rows: Iterable<UsageTotals>): UsageTotals {
  const sum = newSum();
  for (const it of rows) {
    for (const name of COUNTS) sum[name] += it[name];
    for (const name of CLASSES) sum.usage[name] += it.usage[name];
  }
  return totalsOf(sum);
}

/** Tokens of all classes. */
export function tokensOf({ usage }: Pick<UsageTotals, "usage">): number {
  return inputOf(usage) + usage.output;
}

const COLUMNS: readonly (readonly [string, (row: UsageRow) => string | number])[] = [
  ["name", (it) => it.name],
  ["requests", (it) => it.requests],
  ["failures", (it) => it.failures],
  ["input_tokens", (it) => it.usage.input],
  ["cache_creation_input_tokens", (it) => it.usage.cacheWrite5m + it.usage.cacheWrite1h],
  ["cache_read_input_tokens", (it) => it.usage.cacheRead],
  ["output_tokens", (it) => it.usage.output],
  ["cost_usd", (it) => roundMicro(it.cost)],
  ["unpriced_requests", (it) => it.unpriced],
  ["saved_usd", (it) => roundMicro(it.saved)],
];

/** A report as CSV (RFC 4180) with a first line of names. */
export function usageCsv(rows: readonly UsageRow[]): string {
  const lines = [
    COLUMNS.map(([name]) => name),
    ...rows.map((row) => COLUMNS.map(([, cell]) => cellOf(cell(row)))),
  ];
  return lines.map((it) => `${it.join(",")}\r\n`).join("");
}

/** A report as an object for JSON, with the names of the Messages API. */
export function usageJson(rows: readonly UsageRow[]): readonly Readonly<Record<string, string | number>>[] {
  return rows.map((row) => Object.fromEntries(COLUMNS.map(([name, cell]) => [name, cell(row)])));
}

/** A sum that grows in place: a ledger of years has millions of attempts. */
interface Sum {
  requests: number;
  failures: number;
  usage: { -readonly [K in keyof Usage]: Usage[K] };
  cost: number;
  unpriced: number;
  saved: number;
}

const NAMES: Readonly<Record<UsageBy, (attempt: Attempt) => string>> = {
  day: ({ time }) => dayOf(time),
  model: ({ model }) => model,
  project: ({ project }) => project,
  session: ({ session }) => session,
};

function newSum(): Sum {
  return { requests: 0, failures: 0, usage: { ...NO_USAGE }, cost: 0, unpriced: 0, saved: 0 };
}

function add(sum: Sum, { usage, cost, costAsked, failure }: Attempt): void {
  sum.requests++;
  if (failure !== "") sum.failures++;
  for (const it of CLASSES) sum.usage[it] += usage[it];
  if (cost === undefined) sum.unpriced++;
  else {
    sum.cost += cost;
    if (costAsked !== undefined) sum.saved += costAsked - cost;
  }
}

const COUNTS = ["requests", "failures", "cost", "unpriced", "saved"] as const;
const CLASSES = Object.keys(NO_USAGE) as readonly (keyof Usage)[];

function totalsOf(sum: Sum): UsageTotals {
  const input = inputOf(sum.usage);
  return { ...sum, cacheHitRate: input === 0 ? undefined : sum.usage.cacheRead / input };
}

function dayOf(time: number): string {
  const date = new Date(time);
  const two = (it: number) => String(it).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Dollars to the millionth: sums of fractions have digits that nobody paid. */
function roundMicro(dollars: number): number {
  return Math.round(dollars * 1e6) / 1e6;
}

/** A cell that no spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection). */
function cellOf(value: string | number): string {
  if (typeof value === "number") return String(value);
  const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
