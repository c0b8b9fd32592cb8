import { type Members, membersOf } from "../model/routing/members.ts";

/** Where a Redis is, and how to sign in there. */
export interface RedisSetting {
  /** `redis://` or `rediss://` with host, port and number of the database, or `env:NAME` of a variable with one. */
  readonly address: string;
  readonly user: string | undefined;
  /** `env:NAME`, or the password itself. */
  readonly password: string | undefined;
}

/** The setting `server.responseCache`, read. */
export interface ResponseCacheSetting {
  readonly ageMs: number;
  /** Of memory, in characters. */
  readonly mostCharacters: number;
  /** Whether what one client asked answers others. */
  readonly isShared: boolean;
  /** Absent: in memory only. */
  readonly redis: RedisSetting | undefined;
}

const MINUTE = 60_000;
const MEGA = 1024 * 1024;
const MEMBERS = ["minutes", "megabytes", "shared", "redis"];

const NO_MEMBERS = membersOf({}, "server.responseCache", () => undefined);

/** What `responseCache` of the setting `server` says: `true`, or an object; `undefined` without it, or with `false`. */
export function responseCacheSetting(server: Members): ResponseCacheSetting | undefined {
  const given = server.all["responseCache"];
  if (given === undefined || given === false) return undefined;
  const it = given === true ? NO_MEMBERS : server.group("responseCache");
  if (given !== true && (typeof given !== "object" || given === null)) return undefined;
  for (const name of Object.keys(it.all))
    if (!MEMBERS.includes(name)) it.complain(`"${name}" is none of ${MEMBERS.join(", ")}`);
  return {
    ageMs: (it.number("minutes", 0) ?? 60) * MINUTE,
    mostCharacters: (it.number("megabytes", 1) ?? 64) * MEGA,
    isShared: it.flag("shared") ?? false,
    redis: it.has("redis") ? redisSetting(it) : undefined,
  };
}

function redisSetting(it: Members): RedisSetting | undefined {
  const group = it.isText("redis") ? undefined : it.group("redis");
  const address = group === undefined ? it.text("redis") : group.text("address");
  if (address === undefined || !isAddress(address)) {
    const what = `must be an address that begins with redis:// or rediss://, or env:NAME`;
    return (group ?? it).complain(group === undefined ? `"redis" ${what}` : `"address" ${what}`);
  }
  return { address, user: group?.text("user"), password: group?.text("password") };
}

function isAddress(text: string): boolean {
  return text.startsWith("env:") || isRedisAddress(text);
}

/** Whether a text is the address of a Redis. */
export function isRedisAddress(text: string): boolean {
  return /^rediss?:\/\//.test(text) && URL.canParse(text);
}
