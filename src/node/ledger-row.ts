import type { Attempt } from "../model/ledger.ts";

/** Columns of the ledger's attempts. */
export const COLUMNS =
  "id, time, client, session, user, project, category, provider, key, asked, model, input, write5m, write1h, read, output, cost, costAsked, firstMs, totalMs, stop, failure, status, requestId";

/** The columns of an attempt, in the order of `COLUMNS`. */
export function valuesOf(it: Attempt): (string | number | null)[] {
  const { input, cacheWrite5m, cacheWrite1h, cacheRead, output } = it.usage;
  return [
    it.id,
    whole(it.time),
    it.client,
    it.session,
    it.user,
    it.project,
    it.category,
    it.provider,
    it.key,
    it.asked,
    it.model,
    whole(input),
    whole(cacheWrite5m),
    whole(cacheWrite1h),
    whole(cacheRead),
    whole(output),
    it.cost ?? null,
    it.costAsked ?? null,
    it.firstMs ?? null,
    it.totalMs,
    it.stop,
    it.failure,
    it.status === undefined ? null : whole(it.status),
    it.requestId,
  ];
}

/** What a column of integers takes, and can be read again: one record that it refuses would keep all others waiting. */
function whole(count: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.round(count) || 0));
}

/** The attempt that a row keeps. */
export function attemptOf(row: Readonly<Record<string, unknown>>): Attempt {
  const text = (name: string) => String(row[name] ?? "");
  const number = (name: string) => Number(row[name] ?? 0);
  const maybe = (name: string) => (row[name] === null ? undefined : Number(row[name]));
  return {
    id: text("id"),
    time: number("time"),
    client: text("client"),
    session: text("session"),
    user: text("user"),
    project: text("project"),
    category: text("category"),
    provider: text("provider"),
    key: text("key"),
    asked: text("asked"),
    model: text("model"),
    usage: {
      input: number("input"),
      cacheWrite5m: number("write5m"),
      cacheWrite1h: number("write1h"),
      cacheRead: number("read"),
      output: number("output"),
    },
    cost: maybe("cost"),
    costAsked: maybe("costAsked"),
    firstMs: maybe("firstMs"),
    totalMs: number("totalMs"),
    stop: text("stop"),
    failure: text("failure") as Attempt["failure"],
    status: maybe("status"),
    requestId: text("requestId"),
  };
}
