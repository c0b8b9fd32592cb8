import { messageOf } from "../std/error-message.ts";

/** What became of a command: taken, or refused with a sentence for the person. */
export type Sent = { readonly kind: "taken" } | { readonly kind: "refused"; readonly reason: string };

/** The command was taken. */
export const TAKEN: Sent = { kind: "taken" };

/** The command was refused, with a sentence for the person. */
export function refused(reason: string): Sent {
  return { kind: "refused", reason };
}

/** Says that something could not be recorded. */
export function couldNot(error: unknown): string {
  return `This could not be recorded: ${messageOf(error)}`;
}
