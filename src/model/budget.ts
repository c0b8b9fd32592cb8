import type { Ledger, Spending } from "./ledger.ts";
import type { BudgetSetting } from "./routing/configuration.ts";

/** Who is about to spend. */
export interface Spender {
  readonly session: string;
  readonly project: string;
  readonly key: string;
}

/** What a budget says about a request: nothing, a warning, or that it may not be sent. */
export type Verdict =
  | { readonly kind: "within" }
  | { readonly kind: "near" | "over"; readonly sentence: string };

/** Dollars that a request will cost. */
export interface Expected {
  /** It is not more than this, which is known at once. */
  readonly most: () => number;
  readonly exact: () => number;
}

interface Limit {
  readonly name: string;
  readonly limit: number | undefined;
  readonly of: Spending;
}

/**
 * Whether what has been spent and what is `expected` more stay within every limit. `now` is milliseconds since 1970;
 * days and months are those of the clock's zone, `dayStart` and `monthStart` say when they began.
 */
export function verdictOf(
  budget: BudgetSetting,
  ledger: Pick<Ledger, "spent">,
  spender: Spender,
  expected: Expected,
  { dayStart, monthStart }: { readonly dayStart: number; readonly monthStart: number },
): Verdict {
  const limits: readonly Limit[] = [
    { name: "this task", limit: budget.perTask, of: { scope: "session", name: spender.session, since: 0 } },
    { name: "the day", limit: budget.perDay, of: { scope: "total", name: "", since: dayStart } },
    { name: "the month", limit: budget.perMonth, of: { scope: "total", name: "", since: monthStart } },
    {
      name: "this project",
      limit: budget.perProject,
      of: { scope: "project", name: spender.project, since: 0 },
    },
    { name: "this key", limit: budget.perKey, of: { scope: "key", name: spender.key, since: 0 } },
    { name: "all", limit: budget.total, of: { scope: "total", name: "", since: 0 } },
  ];
  let near: Verdict = { kind: "within" };
  for (const { name, limit, of } of limits) {
    if (limit === undefined || (of.scope !== "total" && of.name === "")) continue;
    const spent = ledger.spent(of);
    if (!Number.isFinite(spent))
      return {
        kind: "over",
        sentence: `What was spent cannot be read, so the budget for ${name} cannot be kept`,
      };
    // Far from the limit nobody needs to know the cost exactly, and that costs a look through the whole request.
    const isFar = spent + expected.most() <= limit;
    const after = isFar ? spent : spent + expected.exact();
    if (spent >= limit || after > limit)
      return { kind: "over", sentence: overSentence(name, limit, spent, after) };
    if (near.kind === "within" && spent >= limit * budget.warnAt)
      near = {
        kind: "near",
        sentence: `${dollars(spent)} of the budget of ${dollars(limit)} for ${name} is spent.`,
      };
  }
  return near;
}

function overSentence(name: string, limit: number, spent: number, after: number): string {
  const told = `The budget for ${name} is ${dollars(limit)}, and ${dollars(spent)} of it is spent`;
  return spent >= limit
    ? `${told}.`
    : `${told}; the next request would cost at least ${dollars(after - spent)} more.`;
}

function dollars(amount: number): string {
  return `$${amount < 0.1 ? amount.toFixed(4) : amount.toFixed(2)}`;
}
