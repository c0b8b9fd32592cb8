import { byPlace, excessOf, type Finding } from "./finding.ts";
import type { SmellInfo } from "./smell.ts";

/** How findings are put together: by what they are, or by where. */
export type Grouping = "smell" | "file";

/** What comes first: the worst, or the first by place. */
export type Order = "severity" | "path";

/** Findings that stand together, in the order in which they are shown. */
export interface Group {
  /** The smell's id or the file's path. */
  readonly id: string;
  /** The smell's title or the file's path. */
  readonly title: string;
  readonly findings: readonly Finding[];
}

/** Findings in groups. By severity, those that exceed their limits most come first, and groups with more findings; else by path, and smells by title. */
export function grouped(
  findings: readonly Finding[],
  smells: readonly SmellInfo[],
  by: Grouping,
  order: Order,
): readonly Group[] {
  const idOf = (it: Finding) => (by === "smell" ? it.smell : it.path);
  const titles = new Map(smells.map((it) => [it.id, it.title]));
  const groups = [...Map.groupBy(findings, idOf)].map(([id, of]) => ({
    id,
    title: (by === "smell" && titles.get(id)) || id,
    findings: of.toSorted(order === "severity" ? byExcess : byPlace),
  }));
  return groups.toSorted(order === "severity" ? byCount : byTitle);
}

function byExcess(a: Finding, b: Finding): number {
  return excessOf(b) - excessOf(a) || byPlace(a, b);
}

function byCount(a: Group, b: Group): number {
  return b.findings.length - a.findings.length || byTitle(a, b);
}

function byTitle(a: Group, b: Group): number {
  return a.title < b.title ? -1 : a.title > b.title ? 1 : 0;
}
