/**
 * Door of the worker thread that tells types. `workerData.libraries` is the folder of the compiler's `lib.*.d.ts`.
 * One request after another; whoever does not want to wait ends the thread.
 */
import { parentPort, workerData } from "node:worker_threads";
import { syncDisk } from "./node/sync-disk.ts";
import type { TypeQuestion, TypesAnswer } from "./refactor/typed.ts";
import { messageOf } from "./std/error-message.ts";
import { typedRename } from "./typescript/rename.ts";
import { typesAt } from "./typescript/types-at.ts";

function serve(port: NonNullable<typeof parentPort>, libraries: string): void {
  port.on("message", (question: TypeQuestion) => {
    try {
      port.postMessage(answerTo(question, libraries));
    } catch (error) {
      port.postMessage({ kind: "failed", reason: messageOf(error) });
    }
  });
}

function answerTo(question: TypeQuestion, libraries: string) {
  if ("rename" in question) return typedRename(question.rename, syncDisk(), libraries);
  return { kind: "types", types: typesAt(question.types, syncDisk(), libraries) } satisfies TypesAnswer;
}

if (parentPort) serve(parentPort, workerData.libraries);
