import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Attempt } from "../../src/model/ledger.ts";
import type { Environment } from "../../src/node/environment.ts";
import { startGateway } from "../../src/node/gateway-host.ts";
import { type HostRouter, type HostRouterParts, hostRouter } from "../../src/node/host-router.ts";
import { type FileLedger, openLedger } from "../../src/node/ledger.ts";
import { openMetrics } from "../../src/node/metrics.ts";
import { readServerSetting } from "../../src/node/server-setting.ts";
import { mergeLayers, type Settings } from "../../src/settings.ts";
import { type ClientAsk, type ClientForm, eventsIn } from "./client-forms.ts";

/** The key of every test's client. */
export const CLIENT_KEY = "whk-test-0123456789abcdef";

/** What a live gateway is started with. */
export interface LiveParts {
  readonly settings: Partial<Settings>;
  readonly env?: Environment;
  /** Where ledger and health are; absent: a folder of its own, removed at the end. */
  readonly home?: string;
  readonly now?: () => number;
  /** By which timers keys that are out are checked; absent: they are not. */
  readonly checksBy?: HostRouterParts["checksBy"];
}

/** What a client got. */
export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly raw: string;
  /** Whether the connection broke before the end of the answer. */
  readonly isCut: boolean;
  readonly body: Readonly<Record<string, unknown>>;
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

/** A gateway as `wheelhouse serve` has it: real HTTP, a real ledger. */
export interface LiveGateway {
  readonly address: string;
  readonly home: string;
  readonly router: HostRouter;
  /** Sentences about what cannot be kept or read, and about who was asked instead. */
  readonly told: readonly string[];
  readonly send: (path: string, more?: RequestInit) => Promise<Response>;
  /** Asks in a dialect and reads all that comes. */
  readonly ask: (form: ClientForm, ask: ClientAsk, signal?: AbortSignal) => Promise<Got>;
  /** Takes other settings, as a changed file would. */
  readonly use: (settings: Partial<Settings>) => void;
  /** What the ledger has, the oldest first. */
  readonly attempts: () => readonly Attempt[];
  /** Resolves when there are so many attempts in the ledger. */
  readonly attemptsOf: (count: number) => Promise<readonly Attempt[]>;
  /** Stops serving; what is under way is finished. */
  readonly stop: () => Promise<void>;
}

/** Starts one; `stop` ends it. */
export async function liveGateway(parts: LiveParts): Promise<LiveGateway> {
  const home = parts.home ?? (await mkdtemp(join(tmpdir(), "wheelhouse-gateway-")));
  const told: string[] = [];
  const tell = (sentence: string) => void told.push(sentence);
  const env = parts.env ?? {};
  const clock = parts.now && { now: parts.now };
  const metrics = openMetrics();
  let settings = mergeLayers([parts.settings]);
  const router = hostRouter({
    settings: () => settings,
    keys: { env, secret: async () => undefined },
    home,
    complain: tell,
    metrics,
    lazily: true,
    checksBy: parts.checksBy,
    ...clock,
  });
  const server = { port: 0, keys: [CLIENT_KEY], ...(settings.server as object) };
  const setting = readServerSetting(server);
  const host = await startGateway(setting, { router, metrics, env, folder: home, tell, ...clock });
  let ledger: FileLedger | undefined;
  const attempts = () => [...(ledger ??= openLedger(join(home, "ledger.sqlite"))).attempts(0)];
  return {
    address: host.address,
    home,
    router,
    told,
    send: (path, more = {}) => fetch(host.address + path, more),
    ask: (form, ask, signal) => got(host.address, form, ask, signal),
    use(next) {
      settings = mergeLayers([next]);
    },
    attempts,
    async attemptsOf(count) {
      for (;;) {
        const found = attempts();
        if (found.length >= count) return found;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async stop() {
      await host.stop();
      await router.close();
      ledger?.close();
      if (parts.home === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}

async function got(
  address: string,
  form: ClientForm,
  { path, headers, body }: ClientAsk,
  signal?: AbortSignal,
): Promise<Got> {
  const answer = await fetch(address + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers, ...form.keyed(CLIENT_KEY) },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
  const { raw, isCut } = await read(answer);
  const parsed = parsedOf(raw);
  return { status: answer.status, headers: answer.headers, raw, isCut, body: parsed, events: eventsIn(raw) };
}

/** All the text that comes, and whether the connection broke. */
export async function read(answer: Response): Promise<{ readonly raw: string; readonly isCut: boolean }> {
  const decoder = new TextDecoder();
  let raw = "";
  try {
    for await (const it of answer.body ?? []) raw += decoder.decode(it as Uint8Array, { stream: true });
    return { raw, isCut: false };
  } catch {
    return { raw, isCut: true };
  }
}

function parsedOf(raw: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(raw);
  } catch {
    return {};
  }
}

/** The setting of a provider in front of a scripted vendor. */
export function providerAt(
  { type, base, model }: { readonly type: string; readonly base: string; readonly model: string },
  address: string,
  more: object = {},
): object {
  return { type, baseUrl: address + base, keys: [`sk-upstream-${type}-000001`], models: [model], ...more };
}
