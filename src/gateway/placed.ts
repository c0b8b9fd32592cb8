import type { Failure } from "../model/failure.ts";
import type { Candidate } from "../model/routing/attempts.ts";
import { estimatedTokens } from "../model/routing/signals.ts";
import type { Asking } from "./ask.ts";

/** The candidate with the name by which its model is asked there; or why the request is not to be sent. */
export async function placed(
  { body }: Asking,
  candidate: Candidate,
  signal: AbortSignal,
): Promise<Candidate | Failure> {
  const { way, target } = candidate;
  if (way.provider.placed === undefined) return candidate;
  const model = await way.provider.placed(target.model, () => estimatedTokens(body), signal);
  return typeof model === "string" ? { ...candidate, target: { ...target, model } } : model;
}
