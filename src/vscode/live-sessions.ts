import type { SessionEvent } from "../agent/events.ts";
import { memoryOf } from "../agent/memory.ts";
import type { Session } from "../agent/runner.ts";
import type { SessionState } from "../agent/session.ts";
import { type HostWiring, openSession } from "../node/open-session.ts";
import type { Opened, Store } from "../node/store.ts";

/** A session the window has taken up, or can only read. */
export interface LiveSession {
  readonly id: string;
  readonly state: () => SessionState;
  /** `undefined`: it can only be read, and `readOnly` says why. */
  readonly session: Session | undefined;
  readonly readOnly: string | undefined;
}

/** What sessions tell the window. */
export interface Ears {
  readonly hear: (id: string, event: SessionEvent) => void;
  readonly complain: (sentence: string) => void;
}

/** All sessions this window has taken up; each once. */
export interface LiveSessions {
  readonly get: (id: string) => LiveSession | undefined;
  readonly all: () => readonly LiveSession[];
  /** Takes a session up; `undefined` when there is no such session. */
  readonly open: (id: string) => Promise<LiveSession | undefined>;
  readonly create: (opened: Parameters<Store["create"]>[0]) => Promise<LiveSession>;
  /** Stops and lets go of one. */
  readonly close: (id: string) => Promise<void>;
  readonly closeAll: () => Promise<void>;
}

/** The sessions of one window over a store. Those of folders that are not `isOurs` can only be read: trust and rules are this window's. */
export function liveSessions(
  store: Store,
  wiringFor: (folder: string) => HostWiring,
  isOurs: (folder: string) => boolean,
  ears: Ears,
): LiveSessions {
  const live = new Map<string, Promise<LiveSession | undefined>>();
  const settled = new Map<string, LiveSession>();
  return {
    get: (id) => settled.get(id),
    all: () => [...settled.values()],
    open: (id) => {
      const opening = live.get(id) ?? store.open(id).then(take);
      live.set(id, opening);
      // What could not be opened may be tried again.
      const forget = () => live.delete(id);
      opening.then((it) => it ?? forget(), forget);
      return opening;
    },
    async create(opened) {
      const taken = await take(await store.create(opened));
      if (!taken) throw new Error("A session that was just begun is gone.");
      live.set(taken.id, Promise.resolve(taken));
      return taken;
    },
    close,
    closeAll: async () => void (await Promise.all([...live.keys()].map(close))),
  };

  async function take(opened: Opened): Promise<LiveSession | undefined> {
    if (opened.kind === "absent") return undefined;
    const { events } = opened;
    const first = events.find((it) => it.type === "opened");
    if (opened.kind === "open" && !(first && isOurs(first.folder))) await opened.log.close();
    if (!first)
      throw new Error(
        "This session's log is damaged at its beginning, so it cannot be shown. Its file is kept.",
      );
    const { id, folder } = first;
    const taken =
      opened.kind === "read-only"
        ? readOnly(events, opened.reason, id)
        : isOurs(folder)
          ? await takeUp(opened, id, folder)
          : readOnly(events, `This session works in ${folder}: open that folder to go on with it.`, id);
    settled.set(id, taken);
    return taken;
  }

  async function takeUp(
    opened: Extract<Opened, { kind: "open" }>,
    id: string,
    folder: string,
  ): Promise<LiveSession> {
    const session = await openSession(wiringFor(folder), opened, {
      emit: (event) => ears.hear(id, event),
      complain: ears.complain,
    });
    return { id, session, state: session.state, readOnly: undefined };
  }

  function readOnly(events: readonly SessionEvent[], reason: string, id: string): LiveSession {
    const { state } = memoryOf(events);
    return { id, session: undefined, state: () => state, readOnly: reason };
  }

  async function close(id: string): Promise<void> {
    const taken = await live.get(id);
    live.delete(id);
    settled.delete(id);
    await taken?.session?.close();
  }
}
