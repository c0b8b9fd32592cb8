import type { Ledger, Spending } from "../ledger.ts";
import type { BudgetSetting } from "./configuration.ts";

/** Who spends what a request under way is expected to cost. */
export interface Reserved {
  readonly session: string;
  readonly project: string;
  readonly key: string;
  readonly dollars: number;
}

/** What requests under way are expected to cost: a budget counts it, so that many at once do not exceed it. */
export interface Underway {
  /** Counts until what it returns is called. */
  reserve(it: Reserved): () => void;
  /** The ledger, with what is under way. */
  readonly ledger: Pick<Ledger, "spent">;
}

/** Nothing is under way yet. */
export function underwayOver(ledger: Pick<Ledger, "spent">): Underway {
  const all = new Set<Reserved>();
  return {
    reserve(it) {
      all.add(it);
      return () => void all.delete(it);
    },
    ledger: {
      spent(of) {
        let sum = ledger.spent(of);
        for (const it of all) if (isOf(it, of)) sum += it.dollars;
        return sum;
      },
    },
  };
}

function isOf(it: Reserved, { scope, name }: Spending): boolean {
  switch (scope) {
    case "total":
      return true;
    case "session":
    case "project":
    case "key":
      return it[scope] === name;
    case "user":
      return false;
  }
}

/** Whether a budget has any limit. */
export function isLimited({ warnAt: _, ...limits }: BudgetSetting): boolean {
  return Object.keys(limits).length > 0;
}
