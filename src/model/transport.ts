/** A request to a vendor. */
export interface VendorRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Time without a byte in the answer after which it has failed, in milliseconds; twice that before it begins. Absent: what is usual. */
  readonly silenceMs?: number;
}

/** The beginning of a vendor's answer. */
export interface VendorAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Read only as fast as it is taken. Leaving it closes the connection. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Sends a request and resolves with the answer's beginning. Redirects are not followed. Aborting closes the connection
 * at once, also while the body is read. Rejects with what the network says, for `classify`.
 */
export type Transport = (request: VendorRequest, signal: AbortSignal) => Promise<VendorAnswer>;
