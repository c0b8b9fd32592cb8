/**
 * Door of the worker thread that tells types. `workerData.libraries` is the folder of the compiler's `lib.*.d.ts`.
 * One request after another; whoever does not want to wait ends the thread.
 */
import { parentPort, workerData } from "node:worker_threads";
import { syncDisk } from "./node/sync-disk.ts";
import type { TypedRequest } from "./refactor/typed.ts";
import { messageOf } from "./std/error-message.ts";
import { typedRename } from "./typescript/rename.ts";

function serve(port: NonNullable<typeof parentPort>, libraries: string): void {
  port.on("message", (request: TypedRequest) => {
    try {
      port.postMessage(typedRename(request, syncDisk(), libraries));
    } catch (error) {
      port.postMessage({ kind: "failed", reason: messageOf(error) });
    }
  });
}

if (parentPort) serve(parentPort, workerData.libraries);
