import type { Cache } from "../gateway/cache.ts";
import { messageOf } from "../std/error-message.ts";

/** Where a Redis is, with what signs in there. */
export interface RedisPlace {
  /** `redis://` or, over TLS, `rediss://`. */
  readonly address: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Hears when Redis goes away, with the reason (""), and when it is there again. */
  readonly heard: (isThere: boolean, why: string) => void;
  /** How long it is left alone when it failed, in milliseconds; absent: 2 s. */
  readonly restMs?: number;
}

/** What is used of the library's client. */
interface Client {
  readonly isReady: boolean;
  get(key: string): Promise<string | null>;
  set(key: string, value: string, options: { readonly PX: number }): Promise<unknown>;
  destroy(): void;
}

/** How long an answer of Redis is waited for, in milliseconds: a request should not be slower for a cache. */
const PATIENCE_MS = 250;
/** How long a Redis that failed is left alone, in milliseconds. */
const REST_MS = 2_000;
/** Answers that did not come, one after another, after which the connection counts as dead: nobody may ever tell. */
const DEAD = 3;
const CONNECT_MS = 2_000;
/** Commands that may wait for Redis; more are not sent. */
const MOST_WAITING = 200;
const PREFIX = "wheelhouse:response:1:";

/**
 * A cache in Redis, which others share. The library is loaded and the connection begun at once, and begun again for as
 * long as it is away; meanwhile there is nothing in it.
 */
export function redisCache(place: RedisPlace): Cache {
  const connection = openConnection(place);
  return {
    async get(key) {
      const client = connection.ready();
      if (client === undefined) return undefined;
      try {
        const text = await soon(client.get(PREFIX + key));
        connection.answered();
        return text ?? undefined;
      } catch (error) {
        connection.failed(error, client);
        return undefined;
      }
    },
    put(key, text, ageMs) {
      const client = connection.ready();
      client
        ?.set(PREFIX + key, text, { PX: Math.max(1, Math.round(ageMs)) })
        .catch((error: unknown) => connection.failed(error, client));
    },
    close: connection.close,
  };
}

/** A connection that is made again when it is lost, and rests after a failure. */
interface Connection {
  /** `undefined`: there is nobody to ask just now. */
  readonly ready: () => Client | undefined;
  readonly answered: () => void;
  readonly failed: (error: unknown, client: Client) => void;
  readonly close: () => void;
}

function openConnection(place: RedisPlace): Connection {
  const { restMs = REST_MS } = place;
  const tell = onChange(place.heard);
  let client: Client | undefined;
  let isClosed = false;
  let restsUntil = 0;
  let missed = 0;
  const open = () => {
    connected(place, tell).then(
      (it) => {
        if (isClosed) it.destroy();
        else client = it;
      },
      (error: unknown) => tell(false, messageOf(error)),
    );
  };
  open();
  return {
    ready: () => (client?.isReady && performance.now() >= restsUntil ? client : undefined),
    answered() {
      missed = 0;
      tell(true, "");
    },
    failed(error, from) {
      // What was asked at the same time has failed for the same reason, and counts once.
      if (isClosed || from !== client || performance.now() < restsUntil) return;
      restsUntil = performance.now() + restMs;
      tell(false, messageOf(error));
      missed = error instanceof Late ? missed + 1 : 0;
      if (missed < DEAD) return;
      missed = 0;
      client = undefined;
      from.destroy();
      open();
    },
    close() {
      isClosed = true;
      client?.destroy();
      client = undefined;
    },
  };
}

async function connected(place: RedisPlace, tell: RedisPlace["heard"]): Promise<Client> {
  const { createClient } = await import("@redis/client");
  const client = createClient({
    url: place.address,
    ...(place.user !== undefined && { username: place.user }),
    ...(place.password !== undefined && { password: place.password }),
    name: "wheelhouse",
    RESP: 2,
    // What cannot be sent now is of no use later.
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_WAITING,
    socket: {
      connectTimeout: CONNECT_MS,
      reconnectStrategy: (tries) =>
        Math.min(10_000, 100 * 2 ** Math.min(tries, 10)) * (1 + Math.random() / 4),
    },
  });
  client.on("error", (error: unknown) => tell(false, messageOf(error)));
  client.on("ready", () => tell(true, ""));
  // Rejects only where it is given up, which its strategy never does; what it cannot reach it tells as errors.
  client.connect().catch((error: unknown) => tell(false, messageOf(error)));
  return client as Client;
}

/** The same, or a rejection when it takes too long. */
function soon<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

class Late extends Error {
  override readonly name = "Late";
}

/** Tells only what is another than before; that it is there at the beginning is no news. */
function onChange(heard: RedisPlace["heard"]): RedisPlace["heard"] {
  let was = true;
  return (isThere, why) => {
    if (isThere === was) return;
    was = isThere;
    heard(isThere, why);
  };
}
