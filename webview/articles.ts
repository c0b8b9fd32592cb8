import type { Row } from "../src/agent/session.ts";
import type { Window } from "./window.ts";

/** A turn's part of the page: one prompt of the person, or everything Wheelhouse did and said until their next one. */
export interface Article {
  /** Key of the turn's first row, in the page or not. */
  readonly key: string;
  readonly name: "You" | "Wheelhouse";
  /** Its rows that are in the window. */
  readonly rows: readonly Row[];
}

/** The articles of the rows in a window. One that begins before the window keeps the key it has there. */
export function articlesOf(
  rows: readonly Row[],
  { from, to }: Pick<Window, "from" | "to">,
): readonly Article[] {
  const articles: { key: string; name: Article["name"]; rows: Row[] }[] = [];
  for (let index = from; index < to; index++) {
    const row = rows[index];
    if (!row) break;
    const last = articles.at(-1);
    if (last && !begins(rows, index)) last.rows.push(row);
    else
      articles.push({
        key: keyAt(rows, index),
        name: row.kind === "prompt" ? "You" : "Wheelhouse",
        rows: [row],
      });
  }
  return articles;
}

function begins(rows: readonly Row[], index: number): boolean {
  return index === 0 || rows[index]?.kind === "prompt" || rows[index - 1]?.kind === "prompt";
}

function keyAt(rows: readonly Row[], index: number): string {
  let start = index;
  while (!begins(rows, start)) start--;
  return rows[start]?.key ?? "";
}
