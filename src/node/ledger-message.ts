import type { Batch, Row } from "./ledger-table.ts";

/** What the thread that writes the ledger is told: records of one batch, or to sync what is written. */
export type LedgerRequest =
  | { readonly rows: readonly Row[]; readonly batch: Batch }
  | { readonly harden: true };

/** What it answers when a batch was written, or could not be. */
export interface LedgerReply {
  /** `undefined`: it is written. */
  readonly error: string | undefined;
}
