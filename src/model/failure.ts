/** Why a model gave no whole answer. */
export type FailureKind =
  | "no-key"
  | "auth"
  | "credit"
  | "permission"
  | "rate-limit"
  | "spend-limit"
  /** Refused by the person's own budget, before anything was sent. */
  | "budget"
  /** No key may be asked just now. */
  | "no-key-free"
  | "overloaded"
  | "context-full"
  | "too-large"
  | "thinking-mismatch"
  | "model-unknown"
  | "invalid"
  | "network"
  | "tls"
  | "proxy"
  | "timeout"
  | "silent"
  | "server"
  | "cut"
  | "redirect"
  | "stopped"
  | "unknown";

/** A failed call to a model. */
export interface Failure {
  readonly kind: FailureKind;
  /** What the vendor or the network said, without keys. */
  readonly message: string;
  readonly status?: number;
  readonly requestId?: string;
  /** The vendor's own body, without keys, where the client reads that vendor's form and the request was at fault. */
  readonly body?: string;
  /** How long the vendor asks to wait. */
  readonly retryAfterMs?: number;
}
