/**
 * `node --import faulty-disk.ts faulted-session.ts JOB`: lets a session work on a disk that fails at one call, for many
 * calls in turn, and prints a line of JSON for each way that was tried. JOB is a `Job` as JSON.
 */
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { SessionEvent } from "../../src/agent/events.ts";
import { memoryOf } from "../../src/agent/memory.ts";
import { rewindPoints } from "../../src/agent/rewind-points.ts";
import type { Session } from "../../src/agent/runner.ts";
import type { Sent } from "../../src/agent/sent.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { type HostWiring, openSession } from "../../src/node/open-session.ts";
import { addAllowRule } from "../../src/node/settings-files.ts";
import { type Opened, openStore, type Store } from "../../src/node/store.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";
import { beginningIn, editingWiring, NUMBERED_FILES } from "../store/editing-session.ts";
import { type Disk, type Fault, onDisk } from "./faulty-disk.ts";

/** What the program is to try in each scenario: `every` so many of the calls, beginning with number `from`, up to `to`. */
export interface Job {
  readonly scenarios: readonly string[];
  readonly kind: "death" | "error";
  readonly from: number;
  readonly every: number;
  readonly to?: number;
}

/** What came of one way to fail; `wrong` is empty when all was as it must be. */
export interface Tried {
  readonly scenario: string;
  readonly fault: Fault;
  readonly call: string;
  readonly wrong: readonly string[];
}

const ERRORS = ["ENOSPC", "EACCES", "EIO", "EMFILE", "EROFS", "EBUSY"];
/** Words by which a message says what was wrong with the disk. */
const REASONS =
  /disk is full|no space left|permission denied|i\/o error|too many|read-only|busy|another program is using/i;

/** A folder with a session in it, and what its screens saw. */
interface Stage {
  readonly home: string;
  readonly project: string;
  readonly id: string;
  readonly shown: string[];
  /** All that was said to the person or the model about what went wrong. */
  readonly messages: string[];
  /** Whether everything that was asked for came about. */
  readonly refused: string[];
}

async function opened(stage: Stage, name: string): Promise<Session | undefined> {
  const store = openStore(stage.home, nodeClock);
  const found = await openedSoon(store, stage.id);
  if (found.kind !== "open") {
    stage.refused.push(found.kind);
    if (found.kind === "read-only") stage.messages.push(found.reason);
    return undefined;
  }
  const wiring: HostWiring = editingWiring(stage.project, name);
  return openSession(wiring, found, {
    emit: (it) => {
      stage.shown.push(`${it.n} ${it.type}`);
      listen(stage, it);
    },
    complain: (it) => {
      stage.messages.push(it);
      stage.refused.push("complained");
    },
  });
}

/** A lock that could not be freed on the failing disk is free a moment after that is sound. */
async function openedSoon(store: Store, id: string): Promise<Opened> {
  const { signal } = new AbortController();
  for (let left = 30; ; left--) {
    const found = await store.open(id);
    const isOurs = found.kind === "read-only" && found.reason.includes(`process ${process.pid}`);
    if (!isOurs || left === 0) return found;
    await nodeClock.sleep(100, signal);
  }
}

function listen({ messages, refused }: Stage, it: SessionEvent): void {
  if (it.type === "rested" && it.reason !== "done") {
    refused.push(`rested ${it.reason}`);
    messages.push(it.text ?? "");
  }
  if (it.type === "answered" && it.end !== "done") {
    refused.push(`answered ${it.end}`);
    messages.push(JSON.stringify(it.content));
  }
  if (it.type === "warned") messages.push(it.text);
}

function took({ messages, refused }: Stage, sent: Sent): void {
  if (sent.kind === "taken") return;
  refused.push("refused");
  messages.push(sent.reason);
}

async function turn(stage: Stage, session: Session): Promise<void> {
  took(stage, await session.send({ type: "ask", text: "renumber", attachments: [] }));
  await session.rested();
}

/** What is done while the disk fails. */
const SCENARIOS: Readonly<Record<string, (stage: Stage) => Promise<Session | undefined>>> = {
  async turn(stage) {
    const session = await opened(stage, "now");
    if (session) await turn(stage, session);
    return session;
  },
  async undo(stage) {
    const session = await opened(stage, "now");
    if (!session) return undefined;
    took(stage, await session.send({ type: "undo" }));
    return session;
  },
  async rewind(stage) {
    const session = await opened(stage, "now");
    if (!session) return undefined;
    const to = rewindPoints(session.memory()).at(-1)?.n ?? 0;
    took(stage, await session.send({ type: "rewind", to, files: true, conversation: true }));
    took(stage, await session.send({ type: "takeBackRewind" }));
    return session;
  },
  async create(stage) {
    const store = openStore(stage.home, nodeClock);
    const made = await store.create(beginningIn(stage.project));
    await made.log.close();
    return undefined;
  },
  async fork(stage) {
    const store = openStore(stage.home, nodeClock);
    await store.fork(stage.id);
    return undefined;
  },
  async rule(stage) {
    await addAllowRule(stage.home, "Bash(second)");
    return undefined;
  },
};

async function prepared(folder: string): Promise<Stage> {
  const stage = { home: join(folder, "home"), project: join(folder, "project"), id: "" };
  await mkdir(stage.project, { recursive: true });
  const store = openStore(stage.home, nodeClock);
  const made = await store.create(beginningIn(stage.project));
  const [begin] = made.events;
  await made.log.close();
  store.close();
  await addAllowRule(stage.home, "Bash(first)");
  const ready: Stage = {
    ...stage,
    id: begin?.type === "opened" ? begin.id : "",
    shown: [],
    messages: [],
    refused: [],
  };
  const session = await opened(ready, "first");
  if (!session) throw new Error("no session");
  for (let at = 0; at < 2; at++) await turn(ready, session);
  await session.close();
  return ready;
}

/** What a dead process of ours left is made to look as if another had died. */
async function buried(folder: string): Promise<void> {
  const dead = JSON.stringify({ pid: 2 ** 22 + 1, started: "1", machine: hostname() });
  for (const it of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(it.parentPath, it.name);
    if (/^(lock|rules\.json\.lock)(\.break)?$/.test(it.name)) await writeFile(path, dead);
    if (it.name.includes(`.wheelhouse-${process.pid}-`))
      await rename(path, path.replace(`-${process.pid}-`, `-${2 ** 22 + 1}-`));
  }
}

/** Takes the session up on a sound disk, and says what is not as it must be. */
async function wrongIn(stage: Stage, mayLeave: boolean): Promise<readonly string[]> {
  const wrong: string[] = [];
  const store = openStore(stage.home, nodeClock);
  const before = (await store.read(stage.id)) ?? [];
  const written = new Set(before.map((it) => `${it.n} ${it.type}`));
  const lost = stage.shown.filter((it) => !written.has(it));
  if (lost.length > 0) wrong.push(`lost: ${lost}`);
  const later: Stage = { ...stage, shown: [], messages: [], refused: [] };
  const session = await opened(later, "later");
  if (!session) return [...wrong, `not opened: ${later.messages}`];
  wrong.push(...(await wrongWith(stage, session)));
  later.refused.length = 0;
  await turn(later, session);
  if (later.refused.length > 0) wrong.push(`no way on: ${later.refused} ${later.messages}`);
  wrong.push(...(await wrongWith(stage, session)));
  await session.close();
  const events = (await store.read(stage.id)) ?? [];
  const [logged, live] = [memoryOf(events), session.memory()].map((it) => JSON.stringify(it.state));
  if (logged !== live) wrong.push("the log is not the session");
  const left = (await readdir(stage.project)).filter((it) => it.endsWith(".tmp"));
  if (left.length > 0 && !mayLeave) wrong.push(`left in the project: ${left}`);
  for (const it of await store.list(""))
    if (!(await store.read(it.id))) wrong.push(`${it.id} cannot be read`);
  store.close();
  const { allow } = JSON.parse(await readFile(join(stage.home, "rules.json"), "utf8"));
  if (!allow.includes("Bash(first)")) wrong.push("a rule is lost");
  return wrong;
}

async function wrongWith({ project }: Stage, session: Session): Promise<readonly string[]> {
  const wrong: string[] = [];
  const { open, turn, state } = session.memory();
  if (open.size > 0 || turn !== undefined || state.status !== "resting") wrong.push("not at rest");
  const texts = await Promise.all(
    NUMBERED_FILES.map((it) => readFile(join(project, it), "utf8").catch(() => undefined)),
  );
  if (new Set(texts).size !== 1) wrong.push(`half an edit: ${texts}`);
  const ran = (await readFile(join(project, "ran.log"), "utf8").catch(() => "")).split("\n");
  if (new Set(ran).size !== ran.length) wrong.push("a command ran twice");
  return wrong;
}

/** One way to fail: prepares, lets the scenario meet the fault, and looks at what is left. */
async function attempt(scenario: string, fault: Fault): Promise<{ disk: Disk; wrong: readonly string[] }> {
  const { folder, remove } = await temporaryFolder();
  const stage = await prepared(folder);
  stage.messages.length = stage.refused.length = 0;
  const act = SCENARIOS[scenario];
  if (!act) throw new Error(`no scenario ${scenario}`);
  const { disk, result } = onDisk(folder, fault, () => act(stage));
  const wrong: string[] = [];
  const finished = result.catch((error: unknown) => {
    stage.refused.push("threw");
    stage.messages.push(error instanceof Error ? error.message : String(error));
    return undefined;
  });
  if (fault.kind === "death") {
    await Promise.race([disk.died, finished]);
    await buried(folder);
  } else {
    const session = await finished;
    if (fault.kind === "error") wrong.push(...unsaid(stage));
    disk.heal();
    if (session) wrong.push(...(await goneOn(stage, session)));
  }
  wrong.push(...(await wrongIn(stage, fault.kind === "error" && fault.isForEver)));
  await remove();
  return { disk, wrong };
}

/** What did not come about has to be told, with its reason. */
function unsaid({ refused, messages }: Stage): readonly string[] {
  if (refused.length === 0 || messages.some((it) => REASONS.test(it))) return [];
  return [`${refused} without a reason: ${JSON.stringify(messages)}`];
}

/** The very session goes on once the disk is sound. */
async function goneOn(stage: Stage, session: Session): Promise<readonly string[]> {
  stage.refused.length = 0;
  stage.messages.length = 0;
  await turn(stage, session);
  // What the fault had left open is ended first, and is told.
  const { lastRest } = session.state();
  const wrong =
    lastRest === "done" && !stage.refused.includes("refused")
      ? []
      : [`did not go on: ${stage.refused} ${JSON.stringify(stage.messages)}`];
  await session.close();
  return wrong;
}

function faultsOf(
  { kind, from, every, to = Number.POSITIVE_INFINITY }: Job,
  calls: number,
): readonly Fault[] {
  const faults: Fault[] = [];
  for (let at = from; at <= Math.min(calls, to); at += every) {
    if (kind === "death") faults.push({ kind, at, half: at % 2 === 0 });
    else
      for (const isForEver of every === 1 ? [false, true] : [at % 2 === 0])
        faults.push({ kind, at, code: ERRORS[at % ERRORS.length] ?? "EIO", isForEver });
  }
  return faults;
}

async function work(job: Job, scenario: string, rejected: string[]): Promise<void> {
  const counting: Fault =
    job.kind === "death"
      ? { kind: "death", at: Number.POSITIVE_INFINITY, half: false }
      : { kind: "error", at: Number.POSITIVE_INFINITY, code: "", isForEver: false };
  const { folder, remove } = await temporaryFolder();
  const stage = await prepared(folder);
  const { disk, result } = onDisk(folder, counting, async () => SCENARIOS[scenario]?.(stage));
  await (await result)?.close();
  await remove();
  for (const fault of faultsOf(job, disk.calls())) {
    const { disk: failed, wrong } = await attempt(scenario, fault);
    const call = fault.kind === "none" ? "" : (failed.names[fault.at - 1] ?? "");
    const tried: Tried = { scenario, fault, call, wrong: [...wrong, ...rejected.splice(0)] };
    process.stdout.write(`${JSON.stringify(tried)}\n`);
  }
}

if (import.meta.main) {
  const job: Job = JSON.parse(process.argv[2] ?? "{}");
  const rejected: string[] = [];
  process.on("unhandledRejection", (it) => {
    if (!String(it).includes("this process is no more")) rejected.push(`unhandled: ${it}`);
  });
  for (const scenario of job.scenarios) await work(job, scenario, rejected);
  process.exit(0);
}
