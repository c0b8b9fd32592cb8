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
  const sums = new Sums();
  return {
    reserve(spender, expected) {
      const { most } = expected;
      const it: Reserved = { spender, most, exact: once(() => exactOr(expected)), at: all.length };
      all.push(it);
      sums.begin(spender, most);
      return () => {
        const last = all.pop();
        if (last !== undefined && last !== it) {
          all[it.at] = last;
          last.at = it.at;
        }
        sums.end(spender, most);
      };
    },
    books: {
      spent: (of) => ledger.spent(of),
      underway: (of) => ({
        most: sums.of(of.scope, of.name),
        exact() {
          let sum = 0;
          for (const it of all) if (isOf(it.spender, of)) sum += it.exact();
          return sum;
        },
      }),
    },
  };
}

/** Whose spending is limited by itself. */
const SCOPES = ["session", "project", "key"] as const;

interface Sum {
  most: number;
  count: number;
}

/** The most that is under way, kept as sums: it may be thousands. Without a text to find one by, which each request would make anew. */
class Sums {
  readonly #total: Sum = { most: 0, count: 0 };
  readonly #byName: Readonly<Record<(typeof SCOPES)[number], Map<string, Sum>>> = {
    session: new Map(),
    project: new Map(),
    key: new Map(),
  };

  begin(spender: Spender, most: number): void {
    begin(this.#total, most);
    for (const scope of SCOPES) {
      const name = spender[scope];
      if (name === "") continue;
      const sum = this.#byName[scope].get(name);
      if (sum === undefined) this.#byName[scope].set(name, { most, count: 1 });
      else begin(sum, most);
    }
  }

  end(spender: Spender, most: number): void {
    end(this.#total, most);
    for (const scope of SCOPES) {
      const name = spender[scope];
      const sum = name === "" ? undefined : this.#byName[scope].get(name);
      if (sum !== undefined && end(sum, most)) this.#byName[scope].delete(name);
    }
  }

  of(scope: Spending["scope"], name: string): number {
    if (scope === "total") return this.#total.most;
    return scope === "user" ? 0 : (this.#byName[scope].get(name)?.most ?? 0);
  }
}

function begin(sum: Sum, most: number): void {
  sum.most += most;
  sum.count++;
}

/** Whether nothing is left, and then it is nothing to the last digit. */
function end(sum: Sum, most: number): boolean {
  sum.most -= most;
  if (--sum.count > 0) return false;
  sum.most = 0;
  return true;
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
function exactOr({ most, exact }: Expected): number {
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
