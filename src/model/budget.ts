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

/** Dollars that requests will cost. */
export interface Expected {
  /** They are not more than this, which is known at once. */
  readonly most: number;
  readonly exact: () => number;
}

/** What a budget is held against. */
export interface Spent extends Pick<Ledger, "spent"> {
  /** What requests under way are expected to cost. */
  underway(of: Spending): Expected;
}

/** The limits there are: what each is called for people, and whose spending it limits, since when. */
const LIMITS = [
  { member: "perTask", name: "this task", scope: "session", since: "ever" },
  { member: "perDay", name: "the day", scope: "total", since: "dayStart" },
  { member: "perMonth", name: "the month", scope: "total", since: "monthStart" },
  { member: "perProject", name: "this project", scope: "project", since: "ever" },
  { member: "perKey", name: "this key", scope: "key", since: "ever" },
  { member: "total", name: "all", scope: "total", since: "ever" },
] as const;

/** When the day and the month began, by the clock's zone, in milliseconds since 1970. */
type Calendar = Readonly<Record<"dayStart" | "monthStart", number>>;

/**
 * Whether what has been spent, what is under way and what is `expected` more stay within every limit. A warning goes by
 * what has been spent.
 */
export function verdictOf(
  budget: BudgetSetting,
  books: Spent,
  spender: Spender,
  expected: Expected,
  calendar: Calendar,
): Verdict {
  let near: Verdict = { kind: "within" };
  for (const { member, name, scope, since } of LIMITS) {
    const limit = budget[member];
    const whose = scope === "total" ? "" : spender[scope];
    if (limit === undefined || (scope !== "total" && whose === "")) continue;
    const of: Spending = { scope, name: whose, since: since === "ever" ? 0 : calendar[since] };
    const spent = books.spent(of);
    if (!Number.isFinite(spent))
      return {
        kind: "over",
        sentence: `What was spent cannot be read, so the budget for ${name} cannot be kept`,
      };
    const underway = books.underway(of);
    // Far from the limit nobody needs to know the cost exactly, and that costs a look through the whole request.
    const isFar = spent + underway.most + expected.most <= limit;
    const before = isFar ? spent : spent + underway.exact();
    const after = isFar ? spent : before + expected.exact();
    if (before >= limit || after > limit)
      return { kind: "over", sentence: overSentence(name, limit, before, after) };
    if (near.kind === "within" && before >= limit * budget.warnAt)
      near = {
        kind: "near",
        sentence: `${dollars(before)} of the budget of ${dollars(limit)} for ${name} is spent.`,
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
