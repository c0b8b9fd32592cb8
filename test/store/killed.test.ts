import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { describe, it } from "mocha";
import type { SessionEvent } from "../../src/agent/events.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { openSession } from "../../src/node/open-session.ts";
import { openStore } from "../../src/node/store.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";
import { amount, isSoak } from "../soak/figure.ts";
import { all } from "../support/session.ts";
import { editingWiring, NUMBERED_FILES } from "./editing-session.ts";

const LANES = 2;
const KILLS = amount({ ci: 100, soak: 500 });
/** So often one session is killed and taken up again. */
const KILLS_OF_ONE = 20;
/** Every other kill falls at any moment; the others right behind an event of each of these types in turn. */
const STANDS = ["asked", "started", "requested", "said", "called", "began", "answered", "rested"];

interface Killed {
  readonly id: string;
  /** "n type" of every event that was shown. */
  readonly shown: readonly string[];
}

/** When a process is killed: behind the `nth` event of that `type`, where it stands still, or a while after so many events. */
type Moment =
  | { readonly nth: number; readonly type: string }
  | { readonly events: number; readonly ms: number };

function momentOf(kill: number): Moment {
  const type = STANDS[(kill >> 1) % STANDS.length];
  if (kill % 2 === 1 && type) return { nth: 1 + ((kill >> 4) % 2), type };
  return { events: 2 + Math.floor(Math.random() * 30), ms: Math.random() * 3 };
}

/** The program and all it uses in one file, which starts sooner than a hundred that are first to be stripped of types. */
async function bundled(folder: string): Promise<string> {
  const program = join(folder, "editing-session.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "editing-session.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    logLevel: "error",
  });
  // Who is killed leaves no compiled code for the next; this once it ends well.
  spawnSync(process.execPath, [program], { env: compiledBeside(program) });
  return program;
}

function compiledBeside(program: string): NodeJS.ProcessEnv {
  return { ...process.env, NODE_COMPILE_CACHE: `${program}.compiled` };
}

/** Lets a session work in a process of its own, and kills that at `moment`. */
async function killed(
  program: string,
  given: readonly [home: string, project: string, id: string],
  moment: Moment,
): Promise<Killed> {
  const stand = "type" in moment ? `${moment.nth} ${moment.type}` : "";
  const env = compiledBeside(program);
  const child = spawn(process.execPath, ["--no-warnings", program, ...given, stand], { env });
  const closed = once(child, "close");
  let complaints = "";
  child.stderr.on("data", (it) => (complaints += it));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if ("type" in moment) {
      const found = lines.filter((it) => it.endsWith(` ${moment.type}`));
      if (found.length === moment.nth) child.kill("SIGKILL");
    } else if (lines.length === moment.events) setTimeout(() => child.kill("SIGKILL"), moment.ms);
  }
  await closed;
  assert.equal(complaints, "");
  const [first = "", ...shown] = lines;
  if ("type" in moment) assert.match(shown.at(-1) ?? "", new RegExp(` ${moment.type}$`));
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
    this.timeout(isSoak ? 0 : 300_000);
    const { folder, remove } = await temporaryFolder();
    const program = await bundled(folder);
    const lanes = Array.from({ length: LANES }, (_, lane) => work(program, join(folder, `${lane}`)));
    const kills = await Promise.all(lanes);
    await remove();
    assert.deepEqual(kills, [KILLS, KILLS]);
  });

  /** Answers how many processes were killed. */
  async function work(program: string, place: string): Promise<number> {
    let id = "new";
    let kill = 0;
    for (; kill < KILLS; kill++) {
      const project = join(place, `project-${Math.floor(kill / KILLS_OF_ONE)}`);
      await mkdir(project, { recursive: true });
      if (kill % KILLS_OF_ONE === 0) id = "new";
      const dead = await killed(program, [place, project, id], momentOf(kill));
      id = dead.id;
      check(dead, await recovered(place, project, id));
    }
    return kill;
  }
});
