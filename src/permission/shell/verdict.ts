/** What is decided about one command of a line. */
export interface PartVerdict {
  /** As it stands in the line; behind a wrapper, what that starts. */
  readonly command: string;
  /** Where in the line it is. */
  readonly from: number;
  readonly to: number;
  readonly decision: "allow" | "ask" | "deny";
  /** The rule that decided. */
  readonly rule: string | undefined;
  /** The allow rule that came nearest, of one that no rule covers. */
  readonly nearest: string | undefined;
  /** A sentence. */
  readonly why: string;
}
