import type { Ledger } from "./ledger.ts";

/** A ledger that ends with the process: where none can be kept, budgets hold in it at least. */
export function memoryLedger(): Ledger {
  const sums = new Map<string, { readonly time: number; readonly cost: number }[]>();
  return {
    record({ cost, time, session, project, key, user }) {
      if (!cost) return;
      for (const [scope, name] of Object.entries({ total: "", session, project, key, user })) {
        const id = `${scope} ${name}`;
        sums.set(id, [...(sums.get(id) ?? []), { time, cost }]);
      }
    },
    spent: ({ scope, name, since }) =>
      (sums.get(`${scope} ${name}`) ?? []).reduce((sum, it) => (it.time >= since ? sum + it.cost : sum), 0),
  };
}
