import { createHash } from "node:crypto";
import { type Cache, memoryCache } from "../gateway/cache.ts";
import type { ResponseCache } from "../gateway/response-cache.ts";
import type { Environment } from "./environment.ts";
import type { HostRouter } from "./host-router.ts";
import type { Ids } from "./ids.ts";
import type { Metrics } from "./metrics.ts";
import { type RedisPlace, redisCache } from "./redis-cache.ts";
import { isRedisAddress, type RedisSetting, type ResponseCacheSetting } from "./response-cache-setting.ts";
import { clientSecret } from "./server-setting.ts";

/** What a response cache needs of its host. */
export interface ResponseCacheParts {
  readonly router: Pick<HostRouter, "ledger">;
  readonly metrics: Metrics;
  readonly env: Environment;
  /** Hears when Redis goes and comes. */
  readonly tell: (sentence: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly ids: Ids;
}

/** Most characters of one answer; a larger one is rarely asked for again. */
const MOST_ANSWER = 4 * 1024 * 1024;

/** The response cache of the settings; without Redis, and while that is away, it is in memory. */
export function openResponseCache(
  { ageMs, mostCharacters, isShared, redis }: ResponseCacheSetting,
  { router, metrics, env, tell, now, ids }: ResponseCacheParts,
): ResponseCache {
  const memory = memoryCache(mostCharacters, now);
  const place = redis && placeOf(redis, env, tell);
  return {
    cache: place === undefined ? memory : behind(memory, redisCache(place), ageMs),
    ageMs,
    mostCharacters: Math.min(MOST_ANSWER, Math.floor(mostCharacters / 4)),
    isShared,
    hash: (text) => createHash("sha256").update(text).digest("base64url"),
    record: metrics.counting(router.ledger).record,
    now,
    newId: () => ids.growing(now()),
  };
}

/** Memory first, and behind it what others keep. */
function behind(memory: Cache, far: Cache, ageMs: number): Cache {
  return {
    async get(key) {
      const near = await memory.get(key);
      if (near !== undefined) return near;
      const text = await far.get(key);
      if (text !== undefined) memory.put(key, text, ageMs);
      return text;
    },
    put(key, text, ageMs) {
      memory.put(key, text, ageMs);
      far.put(key, text, ageMs);
    },
    close() {
      memory.close();
      far.close();
    },
  };
}

function placeOf(
  { address, user, password }: RedisSetting,
  env: Environment,
  tell: (sentence: string) => void,
): RedisPlace | undefined {
  const known = clientSecret(address, env);
  const secret = password === undefined ? undefined : clientSecret(password, env);
  const missing = known === undefined ? address : password !== undefined && secret === undefined && password;
  if (known === undefined || missing) {
    tell(
      `Answers are kept in memory only: the variable ${String(missing).slice(4)} of the Redis is not set.`,
    );
    return undefined;
  }
  if (!isRedisAddress(known)) {
    tell("Answers are kept in memory only: the address of the Redis must begin with redis:// or rediss://.");
    return undefined;
  }
  const { host } = new URL(known);
  const heard: RedisPlace["heard"] = (isThere, why) =>
    tell(
      isThere
        ? `The Redis at ${host} is there again.`
        : `The Redis at ${host} is away (${why}); answers are kept in memory only until it is back.`,
    );
  return { address: known, user, password: secret, heard };
}
