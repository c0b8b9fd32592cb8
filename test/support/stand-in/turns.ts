/** One block of a scripted answer. Plain data, so that a script may be a JSON file. */
export type Said =
  | { readonly says: string }
  /** Signed for the conversation it is said in; what the client sees of it follows `thinking.display`. */
  | { readonly thinks: string }
  | { readonly redacts: string }
  /** `raw`: the input as it is streamed, in place of `input`; `id`: in place of a fresh one. */
  | { readonly calls: string; readonly input?: object; readonly id?: string; readonly raw?: string }
  /** A block sent whole, as it stands. */
  | { readonly opaque: { readonly type: string; readonly [member: string]: unknown } };

/** What goes wrong while an answer is streamed. Events count from 0: the beginning of the message. */
export interface StreamFault {
  /** The connection ends after so many bytes of the body: as if all were said, or with a reset. */
  readonly cutAfterBytes?: number;
  readonly cutBy?: "end" | "reset";
  /** Nothing but pings (when `pings`) comes after so many events; the connection stays open. */
  readonly hangAfterEvents?: number;
  readonly pings?: boolean;
  /** An `error` event in place of the event with this number; the rest follows when `goesOn`. */
  readonly errorAt?: number;
  readonly errorType?: string;
  readonly goesOn?: boolean;
  /** Events of these names are left out. */
  readonly drop?: readonly string[];
  /** Two events change places. */
  readonly swap?: readonly [number, number];
  /** A text in place of the data of the event with this number. */
  readonly dataAt?: readonly [number, string];
}

/** What the stand-in does with one request. */
export type Turn =
  | {
      readonly blocks: readonly Said[];
      /** Default: "tool_use" when there is a call, else "end_turn". */
      readonly stop?: string;
      readonly stopDetails?: object;
      readonly outputTokens?: number;
      /** UTF-16 units of each delta; default 24. */
      readonly piece?: number;
      /** Milliseconds between events. */
      readonly pauseMs?: number;
      /** The second half of the events waits for this; for turns with `pauseMs`. */
      readonly halfUntil?: Promise<unknown>;
      /** The body in writes of so many bytes; default: one write for each event. */
      readonly bytesAtATime?: number;
      readonly fault?: StreamFault;
    }
  | {
      readonly status: number;
      readonly type?: string;
      readonly message?: string;
      readonly code?: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** In place of the error envelope. */
      readonly body?: string;
    }
  | { readonly does: "hang" | "reset" };

/** An answer's text. */
export function says(text: string): Said {
  return { says: text };
}

/** Thinking before or between the rest. */
export function thinks(text: string): Said {
  return { thinks: text };
}

/** A tool call; `options.raw` streams other JSON than `input`. */
export function calls(
  tool: string,
  input: object,
  options: { readonly id?: string; readonly raw?: string } = {},
): Said {
  return { calls: tool, input, ...options };
}

/** A turn that answers with these blocks. */
export function answers(...blocks: readonly Said[]): Turn {
  return { blocks };
}

/** A turn that ends for this reason after these blocks. */
export function stops(stop: string, ...blocks: readonly Said[]): Turn {
  return { blocks, stop };
}

/** A turn whose stream goes wrong. */
export function faulty(fault: StreamFault, ...blocks: readonly Said[]): Turn {
  return { blocks, fault };
}

/** The `error.type` that belongs to a status. */
export const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  409: "conflict_error",
  413: "request_too_large",
  422: "invalid_request_error",
  429: "rate_limit_error",
  500: "api_error",
  502: "api_error",
  503: "api_error",
  504: "timeout_error",
  529: "overloaded_error",
};

/** A turn that answers with an error. */
export function fails(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  message = "scripted",
): Turn {
  return { status, headers, message };
}

/** A turn that sends the client elsewhere. */
export function redirects(to: string, status = 307): Turn {
  return { status, headers: { location: to }, body: "" };
}
