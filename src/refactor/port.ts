import type { FileText, Offered, RefactorRequest } from "./engine.ts";
import type { Places } from "./message.ts";
import type { Plan, Refusal } from "./plan.ts";
import type { Options } from "./refactoring.ts";

/**
 * Refactors texts; it reads and writes no file. What breaks down or takes too long is a refusal with the code "failed".
 * Rejects with the signal's reason only.
 */
export interface Refactorer {
  /** What can be done at a place. */
  offers(request: RefactorRequest, signal: AbortSignal): Promise<Offered>;
  /** The changes of the refactoring called `id`, verified; or why it is not done. */
  plan(id: string, request: RefactorRequest, options: Options, signal: AbortSignal): Promise<Plan | Refusal>;
  /** Where a name stands in the code of a file. */
  places(file: FileText, name: string, signal: AbortSignal): Promise<Places | Refusal>;
}
