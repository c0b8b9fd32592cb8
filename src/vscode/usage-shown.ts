import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Attempt } from "../model/ledger.ts";
import type { UsageShown } from "../model/models-screen.ts";
import { totalsOfRows, type UsageBy, usageCsv, usageJson, usageReport } from "../model/usage-report.ts";
import { openLedger } from "../node/ledger.ts";

/** Rows that are worth showing. */
const MOST_ROWS = 100;
const DAY_MS = 24 * 3_600_000;

/** What has been used since so many days (0: ever). Throws where the ledger cannot be read. */
export function usageShown(home: string, by: UsageBy, days: number, now: number): UsageShown {
  return reading(home, days, now, (attempts) => {
    const all = usageReport(attempts(), by);
    // Of days the last ones matter, of all else the dearest.
    const rows = by === "day" ? all.slice(-MOST_ROWS) : all.slice(0, MOST_ROWS);
    return { by, days, totals: totalsOfRows(all), rows, more: all.length - rows.length };
  });
}

/** All rows, as the text of a file. */
export function usageText(
  home: string,
  by: UsageBy,
  days: number,
  now: number,
  format: "csv" | "json",
): string {
  return reading(home, days, now, (attempts) => {
    const rows = usageReport(attempts(), by);
    return format === "csv" ? usageCsv(rows) : `${JSON.stringify(usageJson(rows), null, 2)}\n`;
  });
}

/** Reads the ledger beside whoever writes it; where there is none yet, nothing has been used. */
function reading<T>(
  home: string,
  days: number,
  now: number,
  read: (attempts: () => Iterable<Attempt>) => T,
): T {
  const path = join(home, "ledger.sqlite");
  if (!existsSync(path)) return read(() => []);
  const ledger = openLedger(path);
  try {
    return read(() => ledger.attempts(days === 0 ? 0 : startOfDay(now - (days - 1) * DAY_MS)));
  } finally {
    ledger.close();
  }
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
