import type { Attempt, Spending } from "../model/ledger.ts";

type Scope = Spending["scope"];

/** Dollars by whose they are and by a number: since when they count, or of which day they are. Made for every request, so without a text to find one by. */
export class ScopedSums {
  readonly #sums: Readonly<Record<Scope, Map<string, Map<number, number>>>> = {
    total: new Map(),
    session: new Map(),
    project: new Map(),
    key: new Map(),
    user: new Map(),
  };

  /** The sums of one; `undefined`: there are none. */
  of(scope: Scope, name: string): Map<number, number> | undefined {
    return this.#sums[scope].get(name);
  }

  set(scope: Scope, name: string, number: number, dollars: number): void {
    const there = this.of(scope, name);
    if (there) there.set(number, dollars);
    else this.#sums[scope].set(name, new Map([[number, dollars]]));
  }

  clear(): void {
    for (const scope of SCOPES) this.#sums[scope].clear();
  }

  *entries(): Generator<readonly [scope: Scope, name: string, number: number, dollars: number]> {
    for (const scope of SCOPES)
      for (const [name, sums] of this.#sums[scope])
        for (const [number, dollars] of sums) yield [scope, name, number, dollars];
  }
}

const SCOPES: readonly Scope[] = ["total", "session", "project", "key", "user"];

/** Calls `work` with each to whom an attempt's cost is put down. */
export function forEachScope(it: Attempt, work: (scope: Scope, name: string) => void): void {
  work("total", "");
  if (it.session !== "") work("session", it.session);
  if (it.project !== "") work("project", it.project);
  if (it.key !== "") work("key", it.key);
  if (it.user !== "") work("user", it.user);
}
