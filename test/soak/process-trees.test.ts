import assert from "node:assert/strict";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import fc from "fast-check";
import { describe } from "mocha";
import { nodeShell } from "../../src/node/shell.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";
import { holds } from "./figure.ts";

/** Ways to slip away from a shell. */
const ESCAPES = [
  "sleep 300",
  "(sleep 300 &) ; (sleep 300 &)",
  "nohup sleep 300 >/dev/null 2>&1 &",
  "setsid sleep 300 >/dev/null 2>&1 &",
  `setsid bash -c '(setsid sleep 300 &)' >/dev/null 2>&1 &`,
  `bash -c 'trap "" TERM INT HUP; while :; do sleep 1; done' &`,
  `setsid bash -c 'trap "" TERM; exec >/dev/null 2>&1; while :; do sleep 1; done' &`,
  `(bash -c 'exec 0<&- 1>&- 2>&- 3>&-; sleep 300' &)`,
  "sleep 300 & disown",
  `bash -c 'for i in 1 2 3 4 5 6 7 8; do (sleep 300 &); done'`,
  `bash -c 'while :; do (sleep 0.2 &); sleep 0.01; done' &`,
];

/** Living processes that stand in the folder. */
function left(folder: string): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      const isThere = /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`) === folder;
      return isThere && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
    } catch {
      return false;
    }
  });
}

describe("what a command leaves behind", () => {
  if (process.platform !== "linux") return;
  const escapes = fc.array(fc.constantFrom(...ESCAPES), { minLength: 1, maxLength: 3 });
  holds(
    "is gone when it has ended, was stopped or took too long",
    { ci: 12, soak: 200 },
    fc.asyncProperty(escapes, fc.constantFrom("exit", "stopped", "timeout"), async (ways, ending) => {
      const { folder, remove } = await temporaryFolder();
      const stop = new AbortController();
      const shell = nodeShell(process.env);
      const command = `${ways.map((it) => it.replace(/ *&$/, "")).join(" & ")} & echo READY; ${ending === "exit" ? "true" : "sleep 300"}`;
      const onOutput = (text: string) => {
        seen = Math.max(seen, left(folder).length);
        if (ending === "stopped" && text.includes("READY")) stop.abort();
      };
      let seen = 0;
      const timeoutMs = ending === "timeout" ? 300 : 60_000;
      const end = await shell.run({ command, folder, timeoutMs, onOutput }, stop.signal);
      assert.equal(end.ended, ending);
      // All ended within the call; a process that was killed may take a moment to be gone.
      const until = performance.now() + 5_000;
      while (left(folder).length > 0 && performance.now() < until) await new Promise(setImmediate);
      assert.deepEqual(left(folder), []);
      // A shell that ends by itself may have gone before its words are read.
      assert.ok(seen > 0 || ending === "exit", "nobody was ever seen");
      await remove();
    }),
    { endOnFailure: true },
  );
});
