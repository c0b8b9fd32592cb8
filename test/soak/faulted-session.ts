/**
 * `node --import faulty-disk.ts faulted-session.ts JOB`: lets a session work on a disk that fails at one call, for many
 * calls in turn, and prints a line of JSON for each way that was tried. JOB is a `Job` as JSON.
 */
import type { Session } from "../../src/agent/runner.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";
import { type Disk, type Fault, onDisk } from "./faulty-disk.ts";
import { buried, prepared, SCENARIOS, type Stage, turn, wrongIn } from "./staged-session.ts";

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

/** One way to fail: prepares, lets the scenario meet the fault, and looks at what is left. */
async function attempt(scenario: string, fault: Fault): Promise<{ disk: Disk; wrong: readonly string[] }> {
  const { folder, remove } = await temporaryFolder();
  const stage = await prepared(folder, scenario);
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
  const stage = await prepared(folder, scenario);
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
