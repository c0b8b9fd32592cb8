/**
 * `node --import faulty-disk.ts cut-session.ts JOB`: lets a session work, records what that does to the disk, makes of it
 * many disks as the power may leave them when it goes, takes the session up on each, and prints a line of JSON for each.
 * JOB is a `CutJob` as JSON.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readLog } from "../../src/agent/log.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";
import { onDisk } from "./faulty-disk.ts";
import { allOf, durableContent, pathsOf, putDown, type Remains, remainsOf } from "./power-cut.ts";
import { type Random, random } from "./random.ts";
import { nodeAt, type Recording, recordDisk, treeAt } from "./recorded-disk.ts";
import { buried, prepared, SCENARIOS, type Stage, wrongIn } from "./staged-session.ts";

/** How many different disks are to be made of all scenarios, from which seed on; none begins after so long. */
export interface CutJob {
  readonly scenarios: readonly string[];
  readonly seed: number;
  readonly states: number;
  readonly limitMs?: number;
}

/** What came of one power cut; `wrong` is empty when all was as it must be. */
export interface Cut {
  readonly scenario: string;
  readonly seed: number;
  /** The last call that had begun. */
  readonly call: string;
  readonly wrong: readonly string[];
}

/** How much the session's screens had seen, and how much it had said is done. */
interface Seen {
  readonly shown: number;
  readonly promised: number;
}

/** Events that are on the disk before anybody sees them. */
const FORCED = /^\d+ (asked|began|rested|undoing|undone|not-undone|rewinding|rewound|not-rewound)$/;
/** All calls of a turn have effects here; among those that are settled later some never began. */
const FORCED_IN_TURN = / answered$/;

/** A scenario that has happened on a sound disk below `folder`. */
interface Happened {
  readonly folder: string;
  readonly scenario: string;
  readonly stage: Stage;
  readonly recording: Recording<Seen>;
}

async function happened(folder: string, stage: Stage, scenario: string): Promise<Happened> {
  const { shown, promised, project } = stage;
  const before = shown.length;
  const recorder = recordDisk(folder, () => ({ shown: shown.length, promised: promised.length }));
  const act = SCENARIOS[scenario];
  if (!act) throw new Error(`no scenario ${scenario}`);
  const whole = async () => (await act(stage))?.close();
  await onDisk(folder, { kind: "none" }, whole, recorder.watcher).result;
  const { marks } = recorder.recording();
  const momentOf = (type: string) => {
    const index = shown.findLastIndex((it, at) => at >= before && it.endsWith(` ${type}`));
    return marks.findIndex((it) => index !== -1 && it.shown > index);
  };
  const log = join(project, "ran.log");
  // The command is the last call of a turn; what it writes is forced by nobody.
  const began = momentOf("began");
  if (began !== -1) recorder.wroteElsewhere(log, readFileSync(log), began, momentOf("answered"));
  const recording = recorder.recording();
  mustBeWhole(recording, folder);
  return { folder, scenario, stage, recording };
}

/** The recording says of the disk what there is on it, or it would prove nothing. */
function mustBeWhole(recording: Recording<Seen>, folder: string): void {
  const { root, names, contents } = treeAt(folder);
  const real = pathsOf(root, { names, contentOf: (it) => contents.get(it) ?? new Uint8Array() });
  const ours = pathsOf(recording.root, allOf(recording));
  const wrong = [...new Set([...real.keys(), ...ours.keys()])].filter((it) => real.get(it) !== ours.get(it));
  if (wrong.length > 0) throw new Error(`not recorded as it was: ${wrong}`);
}

/** A disk as a power cut may leave it. */
interface Left {
  readonly remains: Remains;
  /** The stage as it was seen when the power went: what had been shown for good by then, and promised. */
  readonly stage: Stage;
  readonly call: string;
}

function leftOf({ folder, scenario, stage, recording }: Happened, chance: Random): Left {
  const { marks, effects } = recording;
  const moment = chance.below(marks.length);
  const remains = remainsOf(recording, moment, chance);
  // Up to the next call anything may have been said.
  const all = { shown: stage.shown.length, promised: stage.promised.length };
  const { shown, promised } = marks[moment + 1] ?? all;
  const log = nodeAt(recording, `/home/sessions/${stage.id}/events.log`);
  const { events } = readLog(durableContent(recording, log, moment));
  const forced = new Set(events.map((it) => `${it.n} ${it.type}`));
  const seen = stage.shown.slice(0, shown);
  const isForced = (it: string) =>
    forced.has(it) || FORCED.test(it) || (scenario !== "resume" && FORCED_IN_TURN.test(it));
  const last = seen.findLastIndex(isForced);
  return {
    remains,
    stage: { ...stage, shown: seen.slice(0, last + 1), promised: stage.promised.slice(0, promised) },
    call: effects.findLast((it) => it.from <= moment)?.call.replace(folder, "") ?? "",
  };
}

/** Two with the same need not both be tried. */
function fingerprint({ root }: Recording<Seen>, { remains, stage }: Left): string {
  const all = [...pathsOf(root, remains), stage.shown.length, stage.promised.length];
  return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}

async function putBack({ folder, recording }: Happened, { remains }: Left): Promise<void> {
  putDown(folder, recording.root, remains);
  await buried(folder);
}

/** Lets the scenario happen; "resume" is the taking up after a cut in the middle of a turn. */
async function recorded(folder: string, scenario: string, seed: number): Promise<Happened> {
  const stage = await prepared(folder, scenario);
  if (scenario !== "resume") return happened(folder, stage, scenario);
  const first = await happened(folder, stage, "turn");
  const left = leftOf(first, random(seed));
  await putBack(first, left);
  return happened(folder, left.stage, scenario);
}

/** Cuts to one recording; they all begin with the same number, so that one of them can be repeated by its own. */
const CUTS = 200;
const CUTS_OF_RESUME = 20;

async function work(scenario: string, seed: number, states: number, until: number): Promise<number> {
  const own = scenario === "resume" ? CUTS_OF_RESUME : CUTS;
  const tried = new Set<string>();
  // Where there are only few different ones, they are soon found.
  for (let at = seed; tried.size < states && at < seed + 10 * states && performance.now() < until; ) {
    const { folder, remove } = await temporaryFolder();
    const first = at - (at % own);
    const happened = await recorded(folder, scenario, first);
    const isEnough = () => tried.size >= states || performance.now() >= until;
    for (; at < first + own && !isEnough(); at++) {
      const left = leftOf(happened, random(at));
      const print = fingerprint(happened.recording, left);
      if (tried.has(print)) continue;
      tried.add(print);
      await putBack(happened, left);
      const wrong = await wrongIn(left.stage, false).catch((error: unknown) => [String(error)]);
      const cut: Cut = { scenario, seed: at, call: left.call, wrong };
      process.stdout.write(`${JSON.stringify(cut)}\n`);
    }
    await remove();
  }
  return tried.size;
}

if (import.meta.main) {
  const job: CutJob = JSON.parse(process.argv[2] ?? "{}");
  const { scenarios, seed, limitMs } = job;
  let left = job.states;
  for (const [index, scenario] of scenarios.entries()) {
    // What those with few states leave the later ones take.
    const others = scenarios.length - index;
    const until =
      limitMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + limitMs / scenarios.length;
    left -= await work(scenario, seed, Math.ceil(left / others), until);
  }
  process.exit(0);
}
