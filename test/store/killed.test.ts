import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, it } from "mocha";
import type { SessionEvent } from "../../src/agent/events.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { openSession } from "../../src/node/open-session.ts";
import { openStore } from "../../src/node/store.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";
import { all } from "../support/session.ts";
import { editingWiring, NUMBERED_FILES } from "./editing-session.ts";

const LANES = 2;
const KILLS = 100;
/** So often one session is killed and taken up again. */
const KILLS_OF_ONE = 20;

interface Killed {
  readonly id: string;
  /** "n type" of every event that was shown. */
  readonly shown: readonly string[];
}

/** Lets a session work in a process of its own, and kills that after so many events and milliseconds. */
async function killed(
  home: string,
  project: string,
  id: string | undefined,
  events: number,
  ms: number,
): Promise<Killed> {
  const program = join(import.meta.dirname, "editing-session.ts");
  const given = [home, project, ...(id === undefined ? [] : [id])];
  // Compiled once: two hundred processes start sooner.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(home, "..", "compiled") };
  const child = spawn(process.execPath, ["--no-warnings", program, ...given], { env });
  const closed = once(child, "close");
  let complaints = "";
  child.stderr.on("data", (it) => (complaints += it));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === events) setTimeout(() => child.kill("SIGKILL"), ms);
  }
  await closed;
  assert.equal(complaints, "");
  const [first = "", ...shown] = lines;
  return { id: first.replace(/^id /, ""), shown };
}

async function linesOf(path: string): Promise<readonly string[]> {
  return (await readFile(path, "utf8").catch(() => "")).split("\n").filter((it) => it !== "");
}

/** Takes the session up and says what became of it. */
async function recovered(home: string, project: string, id: string) {
  const store = openStore(home, nodeClock);
  const opened = await store.open(id);
  assert.ok(opened.kind === "open", JSON.stringify(opened));
  const before = opened.events;
  const session = await openSession(editingWiring(project), opened, {
    emit: () => undefined,
    complain: () => undefined,
  });
  const memory = session.memory();
  await session.close();
  const events = (await store.read(id)) ?? [];
  store.close();
  const texts = await Promise.all(
    NUMBERED_FILES.map((it) => readFile(join(project, it), "utf8").catch(() => undefined)),
  );
  return { before, events, memory, texts, ran: await linesOf(join(project, "ran.log")) };
}

/** Numbers a call of that tool was answered "done" for. */
function doneOf(events: readonly SessionEvent[], prefix: string): readonly string[] {
  const done = all(events, "answered").filter((it) => it.end === "done" && it.call.startsWith(prefix));
  return done.map((it) => it.call.slice(prefix.length));
}

function check(
  { shown }: Killed,
  { before, events, memory, texts, ran }: Awaited<ReturnType<typeof recovered>>,
): void {
  const written = new Set(before.map((it) => `${it.n} ${it.type}`));
  assert.deepEqual(
    shown.filter((it) => !written.has(it)),
    [],
    "an event that was shown is lost",
  );
  assert.equal(new Set(texts).size, 1, `an edit was made in part: ${texts}`);
  assert.equal(texts[0], doneOf(events, "edit_").at(-1), "the files are not what the log says");
  assert.equal(new Set(ran).size, ran.length, "a command ran twice");
  assert.deepEqual(
    doneOf(events, "run_").filter((it) => !ran.includes(it)),
    [],
  );
  assert.deepEqual([memory.open.size, memory.turn, memory.state.status], [0, undefined, "resting"]);
}

describe("a process that is killed at any moment", () => {
  it("loses no event that was shown, leaves no edit in part and repeats nothing", async function () {
    this.timeout(300_000);
    const { folder, remove } = await temporaryFolder();
    const ends: string[] = [];
    await Promise.all(Array.from({ length: LANES }, (_, lane) => work(join(folder, `${lane}`), ends)));
    await remove();
    assert.equal(ends.length, LANES * KILLS);
    for (const type of ["began", "called", "answered"])
      assert.ok(
        ends.some((it) => it.endsWith(type)),
        type,
      );
  });

  async function work(place: string, ends: string[]): Promise<void> {
    let last: Killed | undefined;
    for (let kill = 0; kill < KILLS; kill++) {
      const isFresh = kill % KILLS_OF_ONE === 0;
      const project = join(place, `project-${Math.floor(kill / KILLS_OF_ONE)}`);
      await mkdir(project, { recursive: true });
      const events = 2 + Math.floor(Math.random() * 30);
      last = await killed(place, project, isFresh ? undefined : last?.id, events, Math.random() * 3);
      check(last, await recovered(place, project, last.id));
      ends.push(last.shown.at(-1) ?? "");
    }
  }
});
