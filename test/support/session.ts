import type { Command, EventBody, Mode, Reply, SessionEvent } from "../../src/agent/events.ts";
import { type Session, takeUp } from "../../src/agent/runner.ts";
import type { Sent } from "../../src/agent/sent.ts";
import { tools } from "../../src/agent/tools/all.ts";
import type { Policy, Wiring } from "../../src/agent/wiring.ts";
import type { ModelRequest } from "../../src/model/conversation.ts";
import { NO_RULES } from "../../src/permission/rules.ts";
import { type Act, scripted } from "./scripted-model.ts";
import { type TestWorld, testBlobs, testWorld } from "./world.ts";

/** A real session over a world in memory and a scripted model. */
export interface Rig {
  readonly session: Session;
  /** Every event the session's screens have seen, those of take-up included. */
  readonly events: readonly SessionEvent[];
  /** What is in the log, and whether it was asked to be durable. */
  readonly log: TestLog;
  readonly world: TestWorld;
  /** Requests to the model, over all take-ups. */
  readonly asked: readonly ModelRequest[];
  /** Rules that were written. */
  readonly rules: readonly string[];
  readonly complaints: readonly string[];
  readonly send: (command: Command) => Promise<Sent>;
  readonly ask: (text: string, delivery?: "step" | "rest") => Promise<Sent>;
  /** Asks and waits for the end of the turn. */
  readonly turn: (text: string) => Promise<void>;
  /** Answers the oldest open question. */
  readonly reply: (reply: Reply) => Promise<Sent>;
  /** Resolves with the first event from now on, or already there, that fits. */
  readonly until: (fits: (event: SessionEvent) => boolean) => Promise<SessionEvent>;
  /** The session as another process would take it up from what is in the log; this one is left as if killed. */
  readonly again: (options?: Pick<RigOptions, "world">) => Promise<Rig>;
}

export interface RigOptions {
  readonly model?: readonly Act[] | Act;
  readonly world?: TestWorld;
  readonly mode?: Mode;
  readonly policy?: Partial<Policy>;
  readonly attended?: boolean;
  /** Events after the first with which the session is taken up. */
  readonly past?: readonly EventBody[];
  readonly emit?: (event: SessionEvent) => void;
  readonly wiring?: Partial<Wiring>;
}

/** A log in memory; while `full` it takes nothing. */
export interface TestLog {
  readonly events: SessionEvent[];
  readonly durable: number[];
  full: boolean;
}

const POLICY: Policy = {
  rules: NO_RULES,
  trusted: true,
  roots: ["/p"],
  bypassAllowed: false,
  maxRequests: 200,
  maxCost: undefined,
};

/** A session in /p, taken up. */
export async function rig(options: RigOptions = {}): Promise<Rig> {
  const { world = testWorld(), mode = "default", past = [] } = options;
  const opened: EventBody = {
    type: "opened",
    format: 1,
    id: "abcdefghijkl",
    folder: "/p",
    model: "test",
    effort: undefined,
    mode,
    host: "test",
    version: "0",
  };
  const events = [opened, ...past].map((it, at): SessionEvent => ({ n: at + 1, at: at + 1, ...it }));
  const log: TestLog = { events, durable: [], full: false };
  const kept = {
    log,
    world,
    blobs: testBlobs(),
    model: scripted(options.model ?? []),
    rules: [] as string[],
  };
  return begin(kept, options);
}

type Kept = Pick<Wiring, "blobs"> & {
  readonly log: TestLog;
  readonly world: TestWorld;
  readonly model: ReturnType<typeof scripted>;
  readonly rules: string[];
};

async function begin(kept: Kept, options: RigOptions): Promise<Rig> {
  const { log, world, model, rules } = kept;
  const seen: SessionEvent[] = [];
  const complaints: string[] = [];
  const waiting = new Set<(event: SessionEvent) => void>();
  const wiring: Wiring = {
    world,
    blobs: kept.blobs,
    log: writerOf(log),
    results: "/results",
    router: model,
    tools,
    policy: () => ({ ...POLICY, ...options.policy }),
    instructions: async () => "",
    appendedPrompt: "",
    writeRule: async (rule) => void rules.push(rule),
    attended: options.attended ?? true,
    emit: hear,
    complain: (sentence) => void complaints.push(sentence),
    host: "test",
    version: "0",
    ...options.wiring,
  };
  const session = await takeUp(wiring, [...log.events]);
  const ask: Rig["ask"] = (text, delivery) =>
    session.send({ type: "ask", text, attachments: [], ...(delivery && { delivery }) });
  return {
    session,
    events: seen,
    log,
    world,
    rules,
    complaints,
    asked: model.asked,
    send: session.send,
    ask,
    async turn(text) {
      const sent = await ask(text);
      if (sent.kind === "refused") throw new Error(sent.reason);
      await session.rested();
    },
    reply: (reply) =>
      session.send({ type: "reply", question: session.state().questions[0]?.question ?? "", reply }),
    until,
    again: (other) =>
      begin(
        { ...kept, log: { events: [...log.events], durable: [], full: false }, world: other?.world ?? world },
        { ...options, emit: () => undefined },
      ),
  };

  function hear(event: SessionEvent): void {
    seen.push(event);
    for (const it of waiting) it(event);
    options.emit?.(event);
  }

  function until(fits: (event: SessionEvent) => boolean): Promise<SessionEvent> {
    const past = seen.find(fits);
    if (past) return Promise.resolve(past);
    return new Promise((resolve) => {
      const look = (event: SessionEvent) => {
        if (!fits(event)) return;
        waiting.delete(look);
        resolve(event);
      };
      waiting.add(look);
    });
  }
}

function writerOf(log: TestLog): Wiring["log"] {
  return {
    async append(events, durable) {
      await Promise.resolve();
      if (log.full) throw new Error("ENOSPC: no space left on device, write");
      log.events.push(...events);
      if (durable) log.durable.push(...events.map((it) => it.n));
    },
    close: async () => undefined,
  };
}

/** The events of one type. */
export function all<T extends SessionEvent["type"]>(
  events: readonly SessionEvent[],
  type: T,
): readonly Extract<SessionEvent, { type: T }>[] {
  return events.filter((it): it is Extract<SessionEvent, { type: T }> => it.type === type);
}

/** The answer a call got. */
export function answerTo(events: readonly SessionEvent[], tool: string) {
  const call = all(events, "called").findLast((it) => it.tool === tool)?.call;
  return all(events, "answered").find((it) => it.call === call);
}
