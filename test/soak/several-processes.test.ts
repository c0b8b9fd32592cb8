import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import fc from "fast-check";
import { after, before, describe } from "mocha";
import { temporaryFolder } from "../contract/temporary-folder.ts";
import { holds } from "./figure.ts";

const PROGRAM = join(import.meta.dirname, "sharing-process.ts");
const PROCESSES = 3;

/** What one of the processes does. */
interface Deed {
  readonly process: number;
  readonly kind: "rule" | "ask" | "leave" | "list" | "create" | "die";
}

const deeds = fc.array(
  fc.record<Deed>({
    process: fc.nat(PROCESSES - 1),
    kind: fc.constantFrom("rule", "rule", "ask", "ask", "leave", "list", "create", "die"),
  }),
  { minLength: 4, maxLength: 24 },
);

/** A process that does what it is told, and answers each order with one line of JSON. */
interface Worker {
  readonly child: ChildProcess;
  readonly lines: AsyncIterator<string>;
}

function begin(): Worker {
  const child = spawn(process.execPath, ["--no-warnings", PROGRAM], { stdio: ["pipe", "pipe", "inherit"] });
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

function order({ child }: Worker, it: unknown): void {
  child.stdin?.write(`${JSON.stringify(it)}\n`);
}

describe("several processes on the same sessions, settings and list", () => {
  const workers: Worker[] = [];
  before(() => void workers.push(...Array.from({ length: PROCESSES }, begin)));
  after(() => workers.forEach((it) => void it.child.kill("SIGKILL")));

  holds(
    "lose nothing that one of them was told is done, and mix nothing up",
    { ci: 5, soak: 2_000 },
    fc.asyncProperty(deeds, async (deeds) => {
      const { folder, remove } = await temporaryFolder();
      await mkdir(join(folder, "project"));
      const owed = workers.map(() => 0);
      const rules: string[] = [];
      const prompts: string[] = [];
      const take = async (index: number) => {
        const { value, done } = (await workers[index]?.lines.next()) ?? { done: true, value: "" };
        assert.ok(!done, "a process ended");
        const { kind, text, isDone, wrong } = JSON.parse(value);
        assert.equal(wrong, undefined);
        if (isDone && kind === "rule") rules.push(text);
        if (isDone && kind === "ask") prompts.push(text);
      };
      const settle = async (index: number) => {
        for (let left = owed[index] ?? 0; left > 0; left--) await take(index);
        owed[index] = 0;
      };
      for (const [at, { process, kind }] of deeds.entries()) {
        const worker = workers[process];
        if (!worker) continue;
        if (kind === "die") {
          // What it had answered by then counts, what it had not may or may not have happened.
          const ended = once(worker.child, "close");
          await settle(process);
          order(worker, { kind: "ask", home: folder, text: `dying ${at}` });
          worker.child.kill("SIGKILL");
          await ended;
          workers[process] = begin();
          continue;
        }
        order(worker, { kind, home: folder, text: `${kind} ${at}` });
        owed[process] = (owed[process] ?? 0) + 1;
      }
      for (const index of workers.keys()) await settle(index);
      for (const [index, worker] of workers.entries()) {
        order(worker, { kind: "leave", home: folder, text: "" });
        owed[index] = 1;
        await settle(index);
      }
      const saved: readonly string[] =
        rules.length === 0 ? [] : JSON.parse(await readFile(join(folder, "rules.json"), "utf8")).allow;
      assert.deepEqual(
        rules.filter((it) => !saved.includes(`Bash(${it})`)),
        [],
      );
      const [first] = workers;
      if (first) order(first, { kind: "check", home: folder, text: "", prompts });
      await take(0);
      await remove();
    }),
    { endOnFailure: true },
  );
});
