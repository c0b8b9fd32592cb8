/** Sessions that are let work on a disk with faults: what they do there, and what must hold of it whatever the disk did. */
import { appendFile, mkdir, readdir, readFile, rename, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { SessionEvent } from "../../src/agent/events.ts";
import { memoryOf } from "../../src/agent/memory.ts";
import { rewindPoints } from "../../src/agent/rewind-points.ts";
import type { Session } from "../../src/agent/runner.ts";
import type { Sent } from "../../src/agent/sent.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { type HostWiring, openSession } from "../../src/node/open-session.ts";
import { sessionBlobs } from "../../src/node/session-blobs.ts";
import { addAllowRule } from "../../src/node/settings-files.ts";
import { type Opened, openStore, type Store } from "../../src/node/store.ts";
import { beginningIn, editingWiring, NUMBERED_FILES } from "../store/editing-session.ts";

/** A folder with a session in it, and what its screens saw. */
export interface Stage {
  readonly home: string;
  readonly project: string;
  readonly id: string;
  /** Files that each turn sets to one number. */
  readonly files: readonly string[];
  /** "n type" of each event. */
  readonly shown: string[];
  /** What the product has said is done. */
  readonly promised: Promised[];
  /** All that was said to the person or the model about what went wrong. */
  readonly messages: string[];
  /** Whether everything that was asked for came about. */
  readonly refused: string[];
}

/** Something that is done for good once it was said to be. */
export interface Promised {
  readonly what: string;
  /** Whether it is so on the disk as it is now. */
  readonly holds: () => Promise<boolean>;
}

/** Takes up the session; `name` begins the numbers that its turns set. `undefined` when it cannot be, which the stage then knows. */
async function opened(stage: Stage, name: string): Promise<Session | undefined> {
  const store = openStore(stage.home, nodeClock);
  const found = await openedSoon(store, stage.id);
  if (found.kind !== "open") {
    stage.refused.push(found.kind);
    if (found.kind === "read-only") stage.messages.push(found.reason);
    return undefined;
  }
  const wiring: HostWiring = editingWiring(stage.project, name, stage.files);
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

/** Asks, and waits until the session rests. */
export async function turn(stage: Stage, session: Session): Promise<void> {
  took(stage, await session.send({ type: "ask", text: "renumber", attachments: [] }));
  await session.rested();
}

/** What is done while the disk fails. */
export const SCENARIOS: Readonly<Record<string, (stage: Stage) => Promise<Session | undefined>>> = {
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
    await created(stage, stage.home);
    return undefined;
  },
  /** The first session of all. */
  async begin(stage) {
    await created(stage, join(stage.home, "state", "first"));
    return undefined;
  },
  async fork(stage) {
    const store = openStore(stage.home, nodeClock);
    const copy = await store.fork(stage.id);
    if (copy === undefined) return undefined;
    const kept = join(stage.home, "sessions", copy, "blobs", "kept");
    const holds = async () => {
      const [name = ""] = await readdir(kept).catch(() => []);
      return (await textAt(join(kept, name)))?.length === 2_500;
    };
    stage.promised.push(readable(stage.home, copy), { what: "a text of the copy", holds });
    return undefined;
  },
  async rule(stage) {
    for (const home of [stage.home, join(stage.home, "state", "first")]) {
      await addAllowRule(home, "Bash(second)");
      stage.promised.push(ruled(home, "Bash(second)"));
    }
    return undefined;
  },
  /** A text for the model, and the first blobs of all. */
  async keep(stage) {
    const path = await sessionBlobs(stage.home, stage.id).keep("result", "text ".repeat(500));
    stage.promised.push({ what: path, holds: async () => (await textAt(path))?.length === 2_500 });
    const fresh = sessionBlobs(join(stage.home, "state"), stage.id);
    for (const text of ["one", "two"]) {
      const hash = await fresh.put(Buffer.from(text));
      const isThere = async () => (await fresh.get(hash).catch(() => undefined)) !== undefined;
      stage.promised.push({ what: `blob "${text}"`, holds: isThere });
    }
    return undefined;
  },
  /** A log whose last record is cut short is taken up. */
  async torn(stage) {
    stage.promised.push({ what: "the torn end", holds: () => hasTornEnd(stage) });
    return SCENARIOS["turn"]?.(stage);
  },
  /** What was left open is settled. */
  async resume(stage) {
    return opened(stage, "again");
  },
  /** The edit makes a file in folders that are not there. */
  async grow(stage) {
    return SCENARIOS["turn"]?.(stage);
  },
};

/** Bytes of a record that never was whole. */
const TORN = '0000ffff 12345678 {"n":99,"at":1,"type":"asked","text":"what was';

async function created(stage: Stage, home: string): Promise<void> {
  const store = openStore(home, nodeClock);
  const { events, log } = await store.create(beginningIn(stage.project));
  const [begin] = events;
  if (begin?.type === "opened") stage.promised.push(readable(home, begin.id));
  await log.close();
}

function readable(home: string, id: string): Promised {
  const isThere = async () => {
    const store = openStore(home, nodeClock);
    const events = await store.read(id);
    store.close();
    return events?.some((it) => it.type === "opened" && it.id === id) ?? false;
  };
  return { what: `session ${id}`, holds: isThere };
}

function ruled(home: string, rule: string): Promised {
  return {
    what: `rule ${rule}`,
    holds: async () =>
      JSON.parse((await textAt(join(home, "rules.json"))) ?? "{}").allow?.includes(rule) === true,
  };
}

async function hasTornEnd({ home, id }: Stage): Promise<boolean> {
  const folder = join(home, "sessions", id);
  const names = (await readdir(folder)).filter((it) => it.startsWith("events.log"));
  const texts = await Promise.all(names.map((it) => textAt(join(folder, it))));
  return texts.some((it) => it?.includes(TORN));
}

async function textAt(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

/** A session that has rested after two turns, below `folder`, as `scenario` wants to find it. */
export async function prepared(folder: string, scenario: string): Promise<Stage> {
  const stage = { home: join(folder, "home"), project: join(folder, "project") };
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
    files: NUMBERED_FILES,
    shown: [],
    promised: [ruled(stage.home, "Bash(first)")],
    messages: [],
    refused: [],
  };
  const session = await opened(ready, "first");
  if (!session) throw new Error("no session");
  for (let at = 0; at < 2; at++) await turn(ready, session);
  await session.close();
  ready.messages.length = ready.refused.length = 0;
  if (scenario === "fork") await sessionBlobs(stage.home, ready.id).keep("result", "text ".repeat(500));
  if (scenario === "torn") await appendFile(join(stage.home, "sessions", ready.id, "events.log"), TORN);
  return scenario === "grow" ? { ...ready, files: [...NUMBERED_FILES, join("new", "deep", "f.txt")] } : ready;
}

const LONG_AGO = new Date("2026-01-01");

/** What a dead process of ours left is made to look as if another had died, a while ago. */
export async function buried(folder: string): Promise<void> {
  const dead = JSON.stringify({ pid: 2 ** 22 + 1, started: "1", machine: hostname() });
  for (const it of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(it.parentPath, it.name);
    if (/^(lock|rules\.json\.lock)(\.break)?$/.test(it.name)) {
      // One that is cut short says nothing of who held it, and its age has to.
      if ((await textAt(path))?.endsWith("}")) await writeFile(path, dead);
      await utimes(path, LONG_AGO, LONG_AGO);
    }
    if (it.name.includes(`.wheelhouse-${process.pid}-`))
      await rename(path, path.replace(`-${process.pid}-`, `-${2 ** 22 + 1}-`));
  }
}

/** Takes the session up on a sound disk, and says what is not as it must be. */
export async function wrongIn(stage: Stage, mayLeave: boolean): Promise<readonly string[]> {
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
  wrong.push(...(await missingBlobs(stage, events)));
  for (const { what, holds } of stage.promised) if (!(await holds())) wrong.push(`lost: ${what}`);
  return wrong;
}

/** Blobs that the log names and that are not there, or not as they were. */
async function missingBlobs(
  { home, id }: Stage,
  events: readonly SessionEvent[],
): Promise<readonly string[]> {
  const { get } = sessionBlobs(home, id);
  const text = JSON.stringify(events).replace(/"noted":"[0-9a-f]{64}"/g, "");
  const names = new Set(text.match(/(?<=")[0-9a-f]{64}(?=")/g));
  const found = await Promise.all(
    [...names].map(async (it) => ((await get(it).catch(() => undefined)) ? [] : [`no blob ${it}`])),
  );
  return found.flat();
}

async function wrongWith({ project, files }: Stage, session: Session): Promise<readonly string[]> {
  const wrong: string[] = [];
  const { open, turn, state } = session.memory();
  if (open.size > 0 || turn !== undefined || state.status !== "resting") wrong.push("not at rest");
  const texts = await Promise.all(files.map((it) => textAt(join(project, it))));
  const [number] = texts;
  // What only the turns that came after the first ones make is not there before.
  const expected = files.map((it) =>
    number?.startsWith("first") && !NUMBERED_FILES.includes(it) ? undefined : number,
  );
  if (texts.some((it, at) => it !== expected[at])) wrong.push(`half an edit: ${texts}`);
  const ran = ((await textAt(join(project, "ran.log"))) ?? "").split("\n");
  if (new Set(ran).size !== ran.length) wrong.push("a command ran twice");
  return wrong;
}
