import { redisProgram } from "../test/support/redis.ts";
import { aptInstall } from "./apt.ts";

/** Has a Redis installed where that is permitted; without it, the tests that need it are skipped and say so. */
export function ensureRedis(): void {
  // Not redis-server, which would start a service: the program is in here, too.
  if (process.platform === "linux" && redisProgram() === undefined) aptInstall("redis-tools");
}
