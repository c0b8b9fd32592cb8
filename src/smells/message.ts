import type { FileText } from "../refactor/engine.ts";
import type { Compared, Examination, SmellSettings } from "./engine.ts";
import type { TokenFile } from "./tokens.ts";

/** What the worker is asked: what smells in a file, or in files together. */
export interface SmellMessage {
  readonly id: number;
  readonly smells: SmellSettings;
  readonly of: FileText | readonly TokenFile[];
  /** Time for parsing one text. */
  readonly limitMs: number;
}

/** What it answers; `broken` as in `SyntaxReply`. */
export interface SmellReply {
  readonly id: number;
  readonly answer: Examination | Compared;
  readonly broken: boolean;
}
