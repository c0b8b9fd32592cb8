import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  tokensOf,
  USAGE_BY,
  type UsageRow,
  usageCsv,
  usageReport,
  usageTotals,
} from "../model/usage-report.ts";
import { homeOf } from "../node/home-of.ts";
import { openLedger } from "../node/ledger.ts";
import { messageOf } from "../std/error-message.ts";
import { visible } from "../text/visible.ts";
import { type Console, EXIT } from "./console.ts";
import { flagsIn } from "./flags-in.ts";
import { USAGE_USAGE } from "./usage.ts";

/** `wheelhouse usage`: what models have cost. Resolves with the exit code. */
export async function usageCommand(
  argv: readonly string[],
  { stdout, stderr, env }: Console,
): Promise<number> {
  const flags = flagsIn(argv, ["since", "by"], ["json", "csv"]);
  if (typeof flags !== "string" && flags.help) {
    stdout.write(`${USAGE_USAGE}\n`);
    return EXIT.success;
  }
  const by =
    typeof flags === "string" ? undefined : USAGE_BY.find((it) => it === (flags.values.get("by") ?? "day"));
  const since = typeof flags === "string" ? undefined : sinceOf(flags.values.get("since"), Date.now());
  if (typeof flags === "string" || by === undefined || since === undefined || flags.words.length > 0) {
    const wrong =
      typeof flags === "string"
        ? flags
        : by === undefined
          ? `--by is one of ${USAGE_BY.join(", ")}`
          : "--since is a date (2026-11-01) or a number of days (7d)";
    stderr.write(`wheelhouse: ${wrong}\n${USAGE_USAGE}\n`);
    return EXIT.usage;
  }
  const path = join(homeOf(env), "ledger.sqlite");
  try {
    const ledger = existsSync(path) ? openLedger(path) : undefined;
    const attempts = [...(ledger?.attempts(since) ?? [])];
    ledger?.close();
    const rows = usageReport(attempts, by);
    const totals = usageTotals(attempts);
    if (flags.switches.has("json")) stdout.write(`${JSON.stringify({ by, rows, totals })}\n`);
    else if (flags.switches.has("csv")) stdout.write(usageCsv(rows));
    else stdout.write(visible(table(rows, { name: "all", ...totals })));
    return EXIT.success;
  } catch (error) {
    stderr.write(`wheelhouse: the ledger ${path} cannot be read: ${messageOf(error)}\n`);
    return EXIT.failed;
  }
}

const DAY_MS = 86_400_000;

/** Milliseconds since 1970 of a date or of so many days ago; 0 when nothing is said, `undefined` when it is neither. */
function sinceOf(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return 0;
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  if (days !== undefined) return now - Number(days) * DAY_MS;
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00`).getTime() : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}

function table(rows: readonly UsageRow[], total: UsageRow): string {
  if (rows.length === 0) return "Nothing has been asked yet.\n";
  const width = Math.min(48, Math.max(...[...rows, total].map((it) => it.name.length), 4));
  return [...rows, total].map((it) => `${lineOf(it, width)}\n`).join("");
}

function lineOf(it: UsageRow, width: number): string {
  const cached = it.cacheHitRate === undefined ? "" : `, ${Math.round(it.cacheHitRate * 100)} % from caches`;
  const saved = it.saved > 0.005 ? `, $${it.saved.toFixed(2)} saved by routing` : "";
  const unknown = it.unpriced > 0 ? `, ${it.unpriced} without a known price` : "";
  const failed = it.failures > 0 ? `, ${it.failures} failed` : "";
  return `${(it.name || "–").padEnd(width)}  $${it.cost.toFixed(4)}  ${it.requests} requests${failed}, ${tokensOf(it)} tokens${cached}${saved}${unknown}`;
}
