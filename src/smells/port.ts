import type { FileText } from "../refactor/engine.ts";
import type { Compared, Examination, SmellSettings } from "./engine.ts";
import type { TokenFile } from "./tokens.ts";

type Failed = Extract<Examination, { kind: "failed" }>;

/**
 * Looks for smells; it reads no file. What breaks down or takes too long has failed.
 * Rejects with the signal's reason only.
 */
export interface SmellFinder {
  examine(file: FileText, settings: SmellSettings, signal: AbortSignal): Promise<Examination>;
  /** What the files have in common, by their tokens; of none: what smells there are. */
  compare(
    files: readonly TokenFile[],
    settings: SmellSettings,
    signal: AbortSignal,
  ): Promise<Compared | Failed>;
}
