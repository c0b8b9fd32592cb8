import { countOf, recordOf, textOf } from "../model/record.ts";

/** An answer as it is kept in a cache. */
export interface KeptAnswer {
  /** The content type. */
  readonly type: string;
  /** As the client got it; all of a stream. */
  readonly body: string;
  readonly stop: string;
  /** Dollars that it cost; `undefined`: not known. */
  readonly cost: number | undefined;
  /** Milliseconds since 1970. */
  readonly made: number;
}

const VERSION = 1;

/** The text under which an answer is kept. */
export function keptText({ type, body, stop, cost, made }: KeptAnswer): string {
  return JSON.stringify({ version: VERSION, type, stop, cost, made, body });
}

/** The answer behind a text of a cache, which others may have written; `undefined`: it is none. */
export function keptAnswer(text: string): KeptAnswer | undefined {
  const it = parsed(text);
  const [type, body, made] = [textOf(it["type"]), textOf(it["body"]), countOf(it["made"])];
  if (it["version"] !== VERSION || type === undefined || body === undefined || made === undefined)
    return undefined;
  // It becomes a header.
  if (!/^[\w/+.;= -]+$/.test(type)) return undefined;
  return { type, body, stop: textOf(it["stop"]) ?? "", cost: countOf(it["cost"]), made };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}
