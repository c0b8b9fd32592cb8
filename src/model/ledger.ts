import type { Usage } from "./conversation.ts";
import type { FailureKind } from "./failure.ts";

/** One try to get an answer, whatever became of it. Times are milliseconds since 1970. */
export interface Attempt {
  readonly id: string;
  readonly time: number;
  /** What asked: "vscode", "terminal", or the dialect of a gateway's client. */
  readonly client: string;
  readonly session: string;
  readonly user: string;
  readonly project: string;
  readonly category: string;
  readonly provider: string;
  /** The instance, `provider#number`. */
  readonly key: string;
  readonly asked: string;
  readonly model: string;
  readonly usage: Usage;
  /** Dollars; `undefined`: the price is not known. */
  readonly cost: number | undefined;
  /** Dollars that the same tokens cost at the model that was asked for; `undefined`: not known, or it is the same. */
  readonly costAsked: number | undefined;
  /** Milliseconds to the first byte of the answer; `undefined`: none came. */
  readonly firstMs: number | undefined;
  readonly totalMs: number;
  /** Why the answer ended, as the Messages API says it; "" when it failed. */
  readonly stop: string;
  readonly failure: FailureKind | "";
  readonly status: number | undefined;
  readonly requestId: string;
}

/** Whose spending is meant, and since when. */
export interface Spending {
  readonly scope: "total" | "session" | "project" | "key" | "user";
  /** "" for the total. */
  readonly name: string;
  /** Milliseconds since 1970; 0: from the beginning. */
  readonly since: number;
}

/** What every call of a model on this machine has cost. */
export interface Ledger {
  /** Durable once it returns; where it cannot be kept, the host is told and the request goes on. */
  record(attempt: Attempt): void;
  /** Dollars spent, by all processes. */
  spent(of: Spending): number;
}

/** A ledger that keeps nothing. */
export const NO_LEDGER: Ledger = { record: () => undefined, spent: () => 0 };
