import type { Row } from "./session.ts";

/**
 * The rows of a session that nobody works in any more, though its log ends in the middle of a turn: what was begun may
 * have run, and nothing else goes on. Its next opening says so in the log (recover.ts); this is for those who only read.
 */
export function abandoned(rows: readonly Row[]): readonly Row[] {
  return rows.map(settled);
}

function settled(row: Row): Row {
  switch (row.kind) {
    case "text":
      return row.open ? { ...row, open: false, interrupted: true } : row;
    case "thinking":
      return row.open ? { ...row, open: false } : row;
    case "call":
      if (row.state === "running") return { ...row, state: "unknown" };
      if (row.state === "writing" || row.state === "pending" || row.state === "waiting")
        return { ...row, state: "interrupted" };
      return row;
    case "prompt":
    case "notice":
      return row;
  }
}
