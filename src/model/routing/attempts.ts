import { NO_USAGE, type Usage } from "../conversation.ts";
import type { Failure } from "../failure.ts";
import type { Ledger } from "../ledger.ts";
import type { ModelInfo } from "../provider.ts";
import { afforded, type Next } from "./afforded.ts";
import type { OpenedProvider, Way } from "./candidates.ts";
import type { BudgetSetting, RoutingSetting, Target } from "./configuration.ts";
import type { Decision } from "./decide.ts";
import type { FairGate } from "./fair-gate.ts";
import type { NoneFree, Taken } from "./pool.ts";
import { type Outcome, settled } from "./settle.ts";
import type { Signals } from "./signals.ts";
import type { Underway } from "./underway.ts";

/** Whom an attempt asks. */
export interface Candidate {
  readonly opened: OpenedProvider;
  readonly target: Target;
  readonly way: Way;
  readonly key: string;
  readonly info: ModelInfo | undefined;
}

/** Begins an attempt: resolves when somebody has begun to answer, or with the failure, and what it cost, when nothing was said. */
export type Begin<T> = (
  candidate: Candidate,
  signal: AbortSignal,
) => Promise<{ readonly value: T } | { readonly failure: Failure; readonly usage: Usage }>;

/** An answer that has begun. */
export interface Begun<T> {
  readonly value: T;
  readonly candidate: Candidate;
  readonly decision: Decision;
  /** To be called once, when the answer has ended. */
  readonly settle: (outcome: Outcome) => void;
}

/** What happens before an answer begins. */
export interface Heard {
  moved(from: string, to: string, failure: Failure): void;
  warned(sentence: string): void;
}

/** What attempts need. */
export interface AttemptParts {
  readonly providers: ReadonlyMap<string, OpenedProvider>;
  readonly routing: RoutingSetting;
  /** `undefined`: without any limit. */
  readonly budget: BudgetSetting | undefined;
  readonly ledger: Ledger;
  readonly underway: Underway;
  /** Whether a session has not been told this yet. */
  readonly isNews: (session: string, sentence: string) => boolean;
  readonly infoAt: (target: Target) => ModelInfo | undefined;
  readonly infoOf: (model: string) => ModelInfo | undefined;
  readonly now: () => number;
  /** When the day and the month of a moment began. */
  readonly calendar: (now: number) => { readonly dayStart: number; readonly monthStart: number };
  readonly newId: () => string;
}

/** One request on its way. */
interface Course<T> {
  readonly parts: AttemptParts;
  readonly signals: Signals;
  readonly decision: Decision;
  readonly begin: Begin<T>;
  readonly heard: Heard;
  readonly signal: AbortSignal;
  /** Whether keys that are out are asked where there is no other. */
  readonly isLast: boolean;
  /** What came of the last that was asked. */
  readonly past: { last: { readonly from: string; readonly failure: Failure } | undefined };
}

/** Most keys of a target that are asked for one request: beyond, it is not the keys. */
const MOST_TRIES = 8;
/** Failures that say nothing of the other keys, so that all of these are asked. */
const OF_ONE_KEY: ReadonlySet<Failure["kind"]> = new Set([
  "no-key",
  "auth",
  "credit",
  "permission",
  "rate-limit",
  "spend-limit",
]);
/** Whether any other key of the provider would meet the same on the same way: nobody has answered, so it was not the key. */
function isOfAllKeys({ kind, status }: Failure): boolean {
  return kind === "tls" || (kind === "proxy" && status === undefined);
}

/**
 * Asks the targets of a decision one after another, and the keys of each, until one begins to answer. It goes on only
 * where another key or target may do better; what is too long goes to the category `longcontext`.
 */
export async function attempt<T>(
  parts: AttemptParts,
  signals: Signals,
  decision: Decision,
  begin: Begin<T>,
  heard: Heard,
  signal: AbortSignal,
): Promise<Begun<T> | Failure> {
  const past = { last: undefined };
  const course: Course<T> = { parts, signals, decision, begin, heard, signal, isLast: false, past };
  const result = await askEach(course, decision.targets);
  if (!("kind" in result) || !AGAIN.has(result.kind)) return result;
  const last = result.kind === "context-full" ? result : await askOut(course, decision.targets, result);
  if (!("kind" in last) || last.kind !== "context-full") return last;
  const long = longerThan(parts.routing, decision);
  if (long.length === 0) return last;
  const longer = { ...course, decision: { ...decision, category: LONG } };
  return await askOut(longer, long, await askEach(longer, long));
}

/** Failures after which the same or others are asked in another way. */
const AGAIN: ReadonlySet<Failure["kind"]> = new Set(["no-key-free", "context-full"]);

const LONG = "longcontext";

/** Where a request goes that did not fit. */
function longerThan({ categories }: RoutingSetting, { category }: Decision): readonly Target[] {
  return category === LONG || category === "explicit" ? [] : (categories.get(LONG)?.targets ?? []);
}

/** What came of asking each; when no key of any was free, those that have only one are asked once more. */
async function askOut<T>(
  course: Course<T>,
  targets: readonly Target[],
  result: Begun<T> | Failure,
): Promise<Begun<T> | Failure> {
  return "kind" in result && result.kind === "no-key-free"
    ? await askEach({ ...course, isLast: true }, targets)
    : result;
}

async function askEach<T>(course: Course<T>, targets: readonly Target[]): Promise<Begun<T> | Failure> {
  for (const target of targets) {
    const opened = course.parts.providers.get(target.provider);
    if (opened === undefined) continue;
    const result = await askKeys(course, target, opened);
    if (!("kind" in result) || ENDS.has(result.kind)) return result;
  }
  const message = `no provider serves "${course.signals.model}"`;
  return course.past.last?.failure ?? { kind: "model-unknown", message };
}

/** Failures after which nobody else would do better, or somebody else has to be found first. */
const ENDS: ReadonlySet<Failure["kind"]> = new Set([
  "stopped",
  "invalid",
  "thinking-mismatch",
  "budget",
  "too-large",
  "context-full",
]);

async function askKeys<T>(
  course: Course<T>,
  target: Target,
  opened: OpenedProvider,
): Promise<Begun<T> | Failure> {
  const { past, heard } = course;
  let tried: Set<string> | undefined;
  let failed = 0;
  while (failed < MOST_TRIES) {
    const { gate } = opened.pool;
    const next =
      gate === undefined
        ? take(course, target, opened, tried ?? NONE, stay)
        : await enterAndTake(course, target, opened, tried ?? NONE, gate);
    if ("kind" in next) {
      // That a key failed says more than that no other is free.
      past.last ??= { from: target.provider, failure: next };
      return ENDS.has(next.kind) ? next : past.last.failure;
    }
    const key = next.taken.instance.id;
    if (past.last !== undefined) heard.moved(past.last.from, key, past.last.failure);
    if (next.near !== undefined && course.parts.isNews(course.signals.session, next.near))
      heard.warned(next.near);
    const result = await askKey(course, target, opened, next);
    if (!("kind" in result)) return result;
    past.last = { from: key, failure: result };
    tried = (tried ?? new Set()).add(key);
    if (ENDS.has(result.kind) || isOfAllKeys(result)) return result;
    if (!OF_ONE_KEY.has(result.kind)) failed++;
  }
  return past.last?.failure ?? STOPPED;
}

const NONE: ReadonlySet<string> = new Set();

async function enterAndTake<T>(
  course: Course<T>,
  target: Target,
  opened: OpenedProvider,
  tried: ReadonlySet<string>,
  gate: FairGate,
): Promise<Next | Failure> {
  const { signals, signal } = course;
  const leave = await gate.enter(signals.user || signals.session, signal).catch(() => undefined);
  return leave === undefined ? STOPPED : take(course, target, opened, tried, leave);
}

/** `leave` gives the place at the provider back. */
function take<T>(
  course: Course<T>,
  target: Target,
  { pool, ways }: OpenedProvider,
  tried: ReadonlySet<string>,
  leave: () => void,
): Next | Failure {
  const { parts, signals, signal } = course;
  if (signal.aborted) {
    leave();
    return STOPPED;
  }
  let taken: Taken | NoneFree | undefined;
  try {
    const { session, tokens } = signals;
    taken = pool.take({ model: target.model, session, tokens, isLast: course.isLast }, tried);
    const way = "instance" in taken ? ways[pool.instances.indexOf(taken.instance)] : undefined;
    if ("instance" in taken && way !== undefined)
      return afforded(parts, signals, { taken, way, info: parts.infoAt(target), leave });
    leave();
    return noKeyFree(taken);
  } catch (error) {
    // Whether a request can be read may show only when its tokens are needed.
    if (taken !== undefined && "instance" in taken) taken.failed(STOPPED, 0);
    leave();
    throw error;
  }
}

const STOPPED: Failure = { kind: "stopped", message: "stopped" };
const stay = () => undefined;

function noKeyFree(it: Taken | NoneFree): Failure {
  const message = "reason" in it ? it.reason : "the key is gone";
  const waitMs = "reason" in it ? it.waitMs : undefined;
  return { kind: "no-key-free", message, ...(waitMs !== undefined && { retryAfterMs: waitMs }) };
}

async function askKey<T>(
  course: Course<T>,
  target: Target,
  opened: OpenedProvider,
  { taken, way, info, leave }: Next,
): Promise<Begun<T> | Failure> {
  const { parts, signals, decision } = course;
  const { now } = parts;
  const began = now();
  const candidate: Candidate = { opened, target, way, key: taken.instance.id, info };
  let first: number | undefined;
  let isSettled = false;
  const settle = (outcome: Outcome) => {
    if (isSettled) return;
    isSettled = true;
    leave();
    // What only the record needs is made now: before, the client waits for it.
    const [id, infoAsked] = [parts.newId(), parts.infoOf(signals.model)];
    const underway = { id, signals, decision, target, taken, info, infoAsked, began };
    parts.ledger.record(settled(underway, outcome, first, now()));
  };
  let result: Awaited<ReturnType<Begin<T>>>;
  try {
    result = await course.begin(candidate, course.signal);
  } catch (error) {
    settle({ usage: NO_USAGE, stop: "", failure: course.signal.aborted ? STOPPED : UNKNOWN });
    throw error;
  }
  if ("failure" in result) {
    settle({ usage: result.usage, stop: "", failure: result.failure });
    return result.failure;
  }
  first = now();
  return { value: result.value, candidate, decision, settle };
}

const UNKNOWN: Failure = { kind: "unknown", message: "the attempt failed" };
