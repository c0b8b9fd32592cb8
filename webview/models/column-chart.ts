import type { UsageRow } from "../../src/model/usage-report.ts";
import { moneyOf } from "../format.ts";

const HEIGHT = 80;
const COLUMN = 12;
const GAP = 3;

/** Dollars of each day as columns; who cannot see them has the table below. */
export function columnChart(rows: readonly UsageRow[]): SVGElement {
  const most = Math.max(...rows.map((it) => it.cost), 0);
  const width = rows.length * (COLUMN + GAP);
  const chart = svg("svg", {
    viewBox: `0 0 ${width} ${HEIGHT}`,
    width,
    height: HEIGHT,
    role: "img",
    "aria-label": `Dollars by day from ${rows[0]?.name} to ${rows.at(-1)?.name}, at most ${moneyOf(most)}`,
    preserveAspectRatio: "xMinYMax meet",
  });
  for (const [index, { name, cost }] of rows.entries()) {
    const height = most === 0 ? 0 : Math.max(cost > 0 ? 1 : 0, (cost / most) * HEIGHT);
    const place = { x: index * (COLUMN + GAP), y: HEIGHT - height, width: COLUMN, height };
    const column = svg("rect", { ...place, class: "column" });
    const title = svg("title", {});
    title.textContent = `${name}: ${moneyOf(cost)}`;
    column.append(title);
    chart.append(column);
  }
  return chart;
}

function svg(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element as SVGElement;
}
