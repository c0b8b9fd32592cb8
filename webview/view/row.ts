import type { Row } from "../../src/agent/session.ts";
import type { Desk } from "../desk.ts";
import type { Part } from "../dom.ts";
import { callRow } from "./call.ts";
import { noticeRow } from "./notice.ts";
import { promptRow } from "./prompt.ts";
import { textRow } from "./text.ts";
import { thinkingRow } from "./thinking.ts";

/** The part for a row of this kind; it only ever takes rows of the same key, and so of the same kind. */
export function rowPart(desk: Desk, row: Row): Part<Row> {
  switch (row.kind) {
    case "prompt":
      return only("prompt", promptRow(desk));
    case "text":
      return only("text", textRow(desk, row.key));
    case "thinking":
      return only("thinking", thinkingRow(desk, row.key));
    case "call":
      return only("call", callRow(desk, row.key));
    case "notice":
      return only("notice", noticeRow(desk, row));
  }
}

type RowOf<K extends Row["kind"]> = Extract<Row, { kind: K }>;

function only<K extends Row["kind"]>(kind: K, part: Part<RowOf<K>>): Part<Row> {
  return {
    element: part.element,
    update(row) {
      if (isOf(kind, row)) part.update(row);
    },
  };
}

function isOf<K extends Row["kind"]>(kind: K, row: Row): row is RowOf<K> {
  return row.kind === kind;
}
