/** An error answer of the API. */
export interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly code?: string;
}

/** 400 `invalid_request_error` with this text. */
export function bad(message: string, code?: string): Refusal {
  return { status: 400, type: "invalid_request_error", message, ...(code !== undefined && { code }) };
}

/** The envelope every error travels in. */
export function envelope({ type, message, code }: Refusal, requestId: string): string {
  const details = code === undefined ? {} : { details: { error_code: code } };
  return JSON.stringify({ type: "error", error: { type, message, ...details }, request_id: requestId });
}
