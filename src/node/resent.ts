import { recordOf } from "../model/record.ts";
import type { Transport } from "../model/transport.ts";

/**
 * Sends once more where a connection that was kept open turns out to be gone before a byte of the answer: vendors
 * close idle connections whenever they like, and that is nobody's failure.
 */
export function resent(send: Transport): Transport {
  return (request, signal) =>
    send(request, signal).catch((error: unknown) => {
      if (signal.aborted || !isGone(error)) throw error;
      return send(request, signal);
    });
}

/** Whether a connection ended that had carried answers before; a reset tells nothing more than its code. */
function isGone(error: unknown): boolean {
  const { code, socket } = recordOf(error);
  return code === "ECONNRESET" || (code === "UND_ERR_SOCKET" && Number(recordOf(socket)["bytesRead"]) > 0);
}
