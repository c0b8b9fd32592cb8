/** Door of the thread that writes the ledger of a gateway. `workerData.path` is the SQLite file. */
import { parentPort, workerData } from "node:worker_threads";
import type { LedgerReply, LedgerRequest } from "./node/ledger-message.ts";
import { type LedgerTable, openTable } from "./node/ledger-table.ts";
import { openWalFile } from "./node/wal-file.ts";
import { messageOf } from "./std/error-message.ts";

function serve(port: NonNullable<typeof parentPort>, path: string): void {
  let table: LedgerTable | undefined;
  const log = openWalFile(path);
  port.on("message", (request: LedgerRequest) => {
    if ("harden" in request) return log.harden();
    const reply = (error: string | undefined) => {
      const it: LedgerReply = { error };
      port.postMessage(it);
    };
    try {
      table ??= openTable(path, "NORMAL");
      table.write(request.rows, request.batch);
      log.harden();
      reply(undefined);
    } catch (error) {
      reply(messageOf(error));
    }
  });
}

if (parentPort) serve(parentPort, workerData.path);
