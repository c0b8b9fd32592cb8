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
/** How long a Redis that did not answer in time is left alone, in milliseconds. */
const REST_MS = 2_000;
const CONNECT_MS = 2_000;
/** Commands that may wait for Redis; more are not sent. */
const MOST_WAITING = 200;
const PREFIX = "wheelhouse:response:1:";

/**
 * A cache in Redis, which others share. The library is loaded and the connection begun at once, and begun again for as
 * long as it is away; meanwhile there is nothing in it.
 */
export function redisCache(place: RedisPlace): Cache {
  let client: Client | undefined;
  let isClosed = false;
  let restsUntil = 0;
  const tell = onChange(place.heard);
  const opening = connected(place, tell).then(
    (it) => {
      client = it;
      if (isClosed) it.destroy();
    },
    (error: unknown) => tell(false, messageOf(error)),
  );
  const ready = () => (client?.isReady && performance.now() >= restsUntil ? client : undefined);
  const failed = (error: unknown) => {
    if (isClosed) return;
    restsUntil = performance.now() + REST_MS;
    tell(false, messageOf(error));
  };
  return {
    async get(key) {
      const it = ready();
      if (it === undefined) return undefined;
      try {
        const text = await soon(it.get(PREFIX + key));
        tell(true, "");
        return text ?? undefined;
      } catch (error) {
        failed(error);
        return undefined;
      }
    },
    put(key, text, ageMs) {
      ready()
        ?.set(PREFIX + key, text, { PX: Math.max(1, Math.round(ageMs)) })
        .catch(failed);
    },
    close() {
      isClosed = true;
      client?.destroy();
      client = undefined;
      void opening;
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
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
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
