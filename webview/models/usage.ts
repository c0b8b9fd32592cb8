import type { UsageShown } from "../../src/model/models-screen.ts";
import { tokensOf, USAGE_BY, type UsageRow, type UsageTotals } from "../../src/model/usage-report.ts";
import { button, select } from "../controls.ts";
import { h, type Part, setText, show } from "../dom.ts";
import { countOf, moneyOf } from "../format.ts";
import { columnChart } from "./column-chart.ts";
import type { Post } from "./providers.ts";

const SPANS = [
  ["7", "Last 7 days"],
  ["30", "Last 30 days"],
  ["365", "Last year"],
  ["0", "All time"],
] as const;

const GROUPS = { day: "By day", model: "By model", project: "By project", session: "By session" } as const;

/** What has been spent, in numbers, columns and a table. */
export function usageView(post: Post): Part<UsageShown> {
  let used: Pick<UsageShown, "by" | "days"> = { by: "day", days: 30 };
  const ask = (change: Partial<typeof used>) => post({ type: "usage", ...used, ...change });
  const lists = usageLists(ask);
  const facts = h("dl", { class: "totals" });
  const chart = h("div", { class: "chart" });
  const rows = h("tbody", {});
  const table = usageTable(rows);
  const [none, more] = [
    h("p", { class: "faint" }, "Nothing has been used in this time."),
    h("p", { class: "faint" }),
  ];
  const element = h(
    "div",
    {},
    h(
      "div",
      { class: "actions" },
      ...lists.elements,
      ...(["csv", "json"] as const).map((format) =>
        saver(format, () => post({ type: "exportUsage", ...used, format })),
      ),
    ),
    facts,
    chart,
    none,
    table,
    more,
  );
  return {
    element,
    update(usage) {
      used = { by: usage.by, days: usage.days };
      lists.update(usage);
      const isEmpty = usage.rows.length === 0;
      facts.replaceChildren(...(isEmpty ? [] : totals(usage.totals)));
      chart.replaceChildren(...(usage.by === "day" && !isEmpty ? [columnChart(usage.rows)] : []));
      const most = Math.max(...usage.rows.map((it) => it.cost), 0);
      rows.replaceChildren(...usage.rows.map((it) => usageRow(it, most)));
      setText(more, `${usage.more} more are in the export.`);
      show(more, usage.more > 0);
      show(table, !isEmpty);
      show(none, isEmpty);
    },
  };
}

/** By what, and since when; `ask` is told what is another one. */
function usageLists(ask: (change: Partial<Pick<UsageShown, "by" | "days">>) => void) {
  const by = select("Group usage", (value) => {
    const chosen = USAGE_BY.find((it) => it === value);
    if (chosen) ask({ by: chosen });
  });
  const span = select("Time span", (value) => ask({ days: Number(value) }));
  return {
    elements: [by.element, span.element],
    update(usage: UsageShown): void {
      by.update({ value: usage.by, choices: USAGE_BY.map((it) => ({ value: it, label: GROUPS[it] })) });
      span.update({ value: String(usage.days), choices: SPANS.map(([value, label]) => ({ value, label })) });
    },
  };
}

function saver(format: "csv" | "json", onClick: () => void): HTMLElement {
  return button({ name: `Export ${format.toUpperCase()}`, icon: "export", onClick });
}

const COLUMNS = ["Spent", "Tokens", "Requests", "From cache", "Saved by routing"] as const;

function usageTable(rows: HTMLElement): HTMLElement {
  const head = h("tr", {}, h("td", {}), ...COLUMNS.map((it) => h("th", { scope: "col" }, it)));
  return h("table", { class: "usage" }, h("thead", {}, head), rows);
}

function totals(it: UsageTotals): readonly HTMLElement[] {
  const facts = [
    ["Spent", spentOf(it)],
    ["Tokens", countOf(tokensOf(it))],
    ["Requests", it.failures > 0 ? `${it.requests}, ${it.failures} failed` : String(it.requests)],
    ["From cache", rateOf(it)],
    ["Saved by routing", savedOf(it)],
  ] as const;
  return facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)));
}

function usageRow(it: UsageRow, most: number): HTMLElement {
  const bar = h("span", { class: "bar", "aria-hidden": "true" });
  bar.style.width = most > 0 ? `${((it.cost / most) * 100).toFixed(1)}%` : "0";
  const values = [countOf(tokensOf(it)), String(it.requests), rateOf(it), savedOf(it)];
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, it.name === "" ? "none" : it.name),
    h("td", { class: "spent", "data-column": COLUMNS[0] }, bar, h("span", {}, spentOf(it))),
    ...values.map((value, index) => h("td", { "data-column": COLUMNS[index + 1] }, value)),
  );
}

function spentOf({ cost, unpriced }: UsageTotals): string {
  return unpriced > 0 ? `${moneyOf(cost)} + unknown` : moneyOf(cost);
}

function rateOf({ cacheHitRate }: UsageTotals): string {
  return cacheHitRate === undefined ? "–" : `${Math.round(cacheHitRate * 100)} %`;
}

function savedOf({ saved }: UsageTotals): string {
  if (saved === 0) return "–";
  return saved > 0 ? moneyOf(saved) : `−${moneyOf(-saved)}`;
}
