import { createHash, hash, randomBytes } from "node:crypto";
import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "../gateway/exchange.ts";
import type { Limits } from "../model/routing/configuration.ts";
import { type FairGate, fairGate } from "../model/routing/fair-gate.ts";
import { type Meter, meterOf } from "../model/routing/limits.ts";
import type { Environment } from "./environment.ts";
import { type ClientKey, clientSecret, type ServerSetting } from "./server-setting.ts";
import { makeFolder, writeAtomically } from "./write-atomically.ts";

/** Who has a key; `undefined`: nobody. */
export type ClientOf = (key: string) => Client | undefined;

/** Shorter keys could be guessed. */
export const SHORTEST_KEY = 16;

/** What clients have used up of their limits, by key and limits: it holds on when settings are read again. */
export type ClientAccounts = Map<string, ClientAccount>;

interface ClientAccount {
  readonly meter: Meter;
  readonly gate: FairGate | undefined;
}

/** The clients with these keys, and of `accounts` those that are theirs. Keys are compared by their hashes, so that no time tells how much of one was right. */
export function clientsWith(
  keys: readonly ClientKey[],
  env: Environment,
  now: () => number,
  accounts: ClientAccounts = new Map(),
): ClientOf {
  const clients = new Map<string, Client>();
  const before = new Map(accounts);
  accounts.clear();
  for (const { key, name, limits, project } of keys) {
    const secret = clientSecret(key, env);
    if (secret === undefined || secret.length < SHORTEST_KEY) continue;
    const print = hashOf(secret);
    const id = `${print} ${JSON.stringify(limits)}`;
    const account = before.get(id) ?? accountWith(limits);
    accounts.set(id, account);
    const { meter, gate } = account;
    clients.set(print, {
      name,
      wait: (tokens) => meter.wait(tokens, now()),
      began: () => meter.begin(now()),
      spent: (tokens) => meter.spend(tokens, now()),
      ...(gate && { enter: gate.enter }),
      ...(project !== undefined && { project }),
    });
  }
  // What has been found right once is found again without its hash.
  const known = new Map<string, Client>();
  return (key) => {
    const there = known.get(key);
    if (there !== undefined) return there;
    const client = clients.get(hashOf(key));
    if (client !== undefined) known.set(key, client);
    return client;
  };
}

function accountWith(limits: Limits): ClientAccount {
  const gate = limits.concurrent === undefined ? undefined : fairGate(limits.concurrent);
  return { meter: meterOf(limits), gate };
}

/** What is wrong with keys that nobody can come with, a sentence each. */
export function uselessKeys(keys: readonly ClientKey[], env: Environment): readonly string[] {
  return keys.flatMap(({ key, name }) => {
    const secret = clientSecret(key, env);
    if (secret === undefined) return [`server.keys: the variable ${key.slice(4)} of "${name}" is not set`];
    const isShort = secret.length < SHORTEST_KEY;
    return isShort ? [`server.keys: the key of "${name}" is shorter than ${SHORTEST_KEY} characters`] : [];
  });
}

function hashOf(key: string): string {
  // In one call it is twice as fast, which Node 20 has from 20.12 on only.
  return typeof hash === "function"
    ? hash("sha256", key, "base64")
    : createHash("sha256").update(key).digest("base64");
}

/** The gateway's own key, which is made when it is first needed and kept where only this person reads. */
export async function ownClientKey(home: string): Promise<string> {
  const path = join(home, "gateway-key");
  const known = await readFile(path, "utf8").then(
    (it) => it.trim(),
    () => "",
  );
  if (known.length >= SHORTEST_KEY) return known;
  const made = newClientKey();
  await makeFolder(home, 0o700);
  await writeAtomically(path, Buffer.from(`${made}\n`));
  await chmod(path, 0o600);
  return made;
}

/** A gateway without a key would be for everybody; one that was given none has its own. */
export async function withOwnKey<T extends ServerSetting>(setting: T, home: string): Promise<T> {
  if (setting.keys.length > 0) return setting;
  return { ...setting, keys: [{ key: await ownClientKey(home), name: "own", limits: {} }] };
}

/** A key that nobody guesses. */
export function newClientKey(): string {
  return `whk-${randomBytes(32).toString("base64url")}`;
}
