import type { Expected, Spender, Spent } from "../budget.ts";
import type { Ledger, Spending } from "../ledger.ts";
import type { BudgetSetting } from "./configuration.ts";

/** What requests under way are expected to cost: a budget counts it, so that many at once do not exceed it. */
export interface Underway {
  /** Counts until what it returns is called; then it must not be called again. */
  reserve(spender: Spender, expected: Expected): () => void;
  /** The ledger, and what is under way. */
  readonly books: Spent;
}

interface Reserved {
  readonly spender: Spender;
  readonly most: number;
  readonly exact: () => number;
  /** Its place among all. */
  at: number;
}

/** Nothing is under way yet. */
export function underwayOver(ledger: Pick<Ledger, "spent">): Underway {
  // No set: its table is made anew again and again, and the old ones would keep dead requests in memory for long.
  const all: Reserved[] = [];
  /** The most by scope and name, kept as sums: what is under way may be thousands. */
  const sums = new Map<string, { most: number; count: number }>();
  const begin = (id: string, most: number) => {
    const sum = sums.get(id);
    if (sum === undefined) return void sums.set(id, { most, count: 1 });
    sum.most += most;
    sum.count++;
  };
  const end = (id: string, most: number) => {
    const sum = sums.get(id);
    if (sum === undefined) return;
    sum.most -= most;
    if (--sum.count === 0) sums.delete(id);
  };
  return {
    reserve(spender, expected) {
      const most = expected.most();
      const it: Reserved = { spender, most, exact: once(() => exactOr(most, expected)), at: all.length };
      all.push(it);
      forEachId(spender, (id) => begin(id, it.most));
      return () => {
        const last = all.pop();
        if (last !== undefined && last !== it) {
          all[it.at] = last;
          last.at = it.at;
        }
        forEachId(spender, (id) => end(id, it.most));
      };
    },
    books: {
      spent: (of) => ledger.spent(of),
      underway: (of) => ({
        most: () => sums.get(`${of.scope} ${of.name}`)?.most ?? 0,
        exact() {
          let sum = 0;
          for (const it of all) if (isOf(it.spender, of)) sum += it.exact();
          return sum;
        },
      }),
    },
  };
}

const SCOPES = ["session", "project", "key"] as const;

function forEachId(spender: Spender, work: (id: string) => void): void {
  work("total ");
  for (const scope of SCOPES) if (spender[scope] !== "") work(`${scope} ${spender[scope]}`);
}

function isOf(spender: Spender, { scope, name }: Spending): boolean {
  switch (scope) {
    case "total":
      return true;
    case "session":
    case "project":
    case "key":
      return spender[scope] === name;
    case "user":
      return false;
  }
}

/** One that cannot be read is nobody's fault but its own: others are counted on with the most it may cost. */
function exactOr(most: number, { exact }: Expected): number {
  try {
    return exact();
  } catch {
    return most;
  }
}

function once(work: () => number): () => number {
  let done: number | undefined;
  return () => (done ??= work());
}

/** Whether a budget has any limit. */
export function isLimited({ warnAt: _, ...limits }: BudgetSetting): boolean {
  return Object.keys(limits).length > 0;
}
