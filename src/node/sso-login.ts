import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
  type Credentials,
  credentialsIn,
  fileOf,
  needsRefresh,
  refreshed,
  refreshRequest,
  registrationFile,
} from "../model/codewhisperer/credentials.ts";
import { takeLock } from "./lock.ts";
import { writeAtomically } from "./write-atomically.ts";

/** Where the login of Kiro is when the settings name no file. */
const USUAL = join(homedir(), ".aws", "sso", "cache", "kiro-auth-token.json");

/** How long another process may take to renew a login, in milliseconds. */
const TURN_MS = 15_000;
const PAUSE_MS = 100;

/** The token of logins in files of the AWS SSO token cache; each is renewed by one at a time, over all processes. */
export function ssoLogins(
  send: typeof fetch,
  now: () => number,
): (path: string) => Promise<string | undefined> {
  const renewing = new Map<string, Promise<string | undefined>>();
  return async (named) => {
    const path = named === "" ? USUAL : resolve(named.replace(/^~(?=[\\/])/, homedir()));
    const login = await readLogin(path);
    if (login === undefined || !needsRefresh(login, now())) return login?.accessToken;
    const known = renewing.get(path) ?? renew(path, send, now).finally(() => renewing.delete(path));
    renewing.set(path, known);
    return (await known) ?? login.accessToken;
  };
}

async function readLogin(path: string): Promise<Credentials | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const beside = registrationFile(text);
  const registration = beside && (await readFile(join(dirname(path), beside), "utf8").catch(() => undefined));
  return credentialsIn(text, registration);
}

/** The new token; `undefined` when there is none to be had, and the old one has to do. */
async function renew(path: string, send: typeof fetch, now: () => number): Promise<string | undefined> {
  const until = now() + TURN_MS;
  for (;;) {
    const lock = await takeLock(`${path}.wheelhouse-lock`);
    if (lock.kind === "failed" || (lock.kind === "held" && now() > until)) return undefined;
    if (lock.kind === "taken") return await renewAlone(path, send, now).finally(lock.free);
    await wait(PAUSE_MS);
  }
}

async function renewAlone(path: string, send: typeof fetch, now: () => number): Promise<string | undefined> {
  // Another process may have done it meanwhile, and a token that was used to renew is good for once.
  const login = await readLogin(path);
  if (login === undefined || !needsRefresh(login, now())) return login?.accessToken;
  const request = refreshRequest(login);
  if (request === undefined) return undefined;
  const { url, headers, body } = request;
  const signal = AbortSignal.timeout(TURN_MS);
  const answer = await send(url, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
    redirect: "manual",
    signal,
  }).catch(() => undefined);
  if (!answer?.ok) return undefined;
  const renewed = refreshed(login, await answer.json().catch(() => undefined), now());
  if (renewed === undefined) return undefined;
  await writeAtomically(path, Buffer.from(fileOf(renewed)));
  return renewed.accessToken;
}
