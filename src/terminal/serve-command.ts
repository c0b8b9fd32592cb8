import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { openCapture } from "../node/capture.ts";
import { laterOn } from "../node/check-key.ts";
import { uselessKeys, withOwnKey } from "../node/client-keys.ts";
import { type GatewayHost, startGateway } from "../node/gateway-host.ts";
import { homeOf } from "../node/home-of.ts";
import { type HostRouter, hostRouter } from "../node/host-router.ts";
import { openMetrics } from "../node/metrics.ts";
import { clientSecret, readServerSetting, readTls, type ServerSetting } from "../node/server-setting.ts";
import { isWorker, onStopWord, startWorkers, tellAddress } from "../node/workers.ts";
import { messageOf } from "../std/error-message.ts";
import { visible } from "../text/visible.ts";
import { type Console, EXIT } from "./console.ts";
import { flagsIn, type Given } from "./flags-in.ts";
import { liveSettings } from "./live-settings.ts";
import { SERVE_USAGE } from "./usage.ts";

/** `wheelhouse serve`: the model gateway, until it is interrupted. Resolves with the exit code. */
export async function serveCommand(argv: readonly string[], console: Console): Promise<number> {
  const { stdout, stderr } = console;
  const flags = flagsIn(argv, ["config", "host", "port", "workers"], ["capture"]);
  const wrong = typeof flags === "string" ? flags : wrongWith(flags);
  if (typeof flags === "string" || wrong !== undefined) {
    stderr.write(`wheelhouse: ${wrong}\n${SERVE_USAGE}\n`);
    return EXIT.usage;
  }
  if (flags.help) {
    stdout.write(`${SERVE_USAGE}\n`);
    return EXIT.success;
  }
  try {
    await serveUntilInterrupted(flags, console);
    return EXIT.success;
  } catch (error) {
    stderr.write(`wheelhouse: ${messageOf(error)}\n`);
    return EXIT.failed;
  }
}

function wrongWith({ words, values }: Given): string | undefined {
  if (words.length > 0) return `"${words[0]}" means nothing here`;
  const [port, workers] = [values.get("port"), values.get("workers")];
  if (port !== undefined && !/^\d{1,5}$/.test(port)) return `--port must be a number, not "${port}"`;
  const isCount = workers === undefined || /^[1-9]\d?$/.test(workers);
  return isCount ? undefined : `--workers must be a number from 1 to 99, not "${workers}"`;
}

async function serveUntilInterrupted({ values, switches }: Given, console: Console): Promise<void> {
  const { env, cwd, stdout, stderr } = console;
  const tell = (sentence: string) => void stderr.write(`${visible(sentence)}\n`);
  const home = homeOf(env);
  await mkdir(home, { recursive: true, mode: 0o700 });
  const config = values.get("config");
  let gateway: GatewayHost | undefined;
  const settingOf = async (value: unknown) => withOwnKey(readServerSetting(value), home);
  // Of several processes the first one tells.
  const tellOnce = isWorker ? () => undefined : tell;
  const live = await liveSettings(home, config && resolve(cwd, config), tellOnce, ({ server }) => {
    void settingOf(server).then(({ keys }) => {
      gateway?.useKeys(keys);
      for (const it of uselessKeys(keys, env)) tellOnce(it);
    });
    tellOnce("The settings were read again.");
  });
  try {
    const setting = await settingOf(live.now().server);
    for (const it of [...setting.problems, ...uselessKeys(setting.keys, env)]) tellOnce(it);
    const count = Number(values.get("workers") ?? 1);
    const begun = (address: string) => void stdout.write(begins(address, setting, home, env));
    // Each worker would say it for itself.
    if (count > 1 && !isWorker && setting.tls) await readTls(setting.tls, cwd);
    if (count > 1 && !isWorker) return await workersUntilInterrupted(count, begun, tell, console);
    const wanted = wantedBy(values, setting);
    const metrics = openMetrics();
    const keys = { env, secret: async () => undefined };
    const kept = { home, metrics, lazily: true, checksBy: setting.healthChecks ? laterOn : undefined };
    const router = hostRouter({ settings: live.now, keys, complain: tell, ...kept });
    let forget = () => {};
    const capture = switches.has("capture") ? captureOf(setting, router, home, env) : undefined;
    try {
      const parts = { router, metrics, env, folder: cwd, tell, ...(capture && { capture }) };
      gateway = await startGateway(wanted, parts);
      // Before anybody can know that it listens.
      const end = interrupted(console, gateway.cut);
      if (isWorker) tellAddress(gateway.address);
      else begun(gateway.address);
      forget = await end;
      tellOnce(STOPPING);
      await gateway.stop();
    } finally {
      await router.close();
      forget();
    }
  } finally {
    live.close();
  }
}

function wantedBy(values: Given["values"], setting: ServerSetting): ServerSetting {
  const port = Number(values.get("port") ?? setting.port);
  return { ...setting, host: values.get("host") ?? setting.host, port };
}

const STOPPING = "Stopping; requests under way are finished first. Ctrl+C again ends them, too.";

/**
 * The same gateway in several processes on one port, one for each core. They share the ledger, and by it the budgets, to
 * a twentieth of a second; each has its own view of the keys' health, its own connections to vendors, its own counts for
 * `/metrics`, and counts the limits of keys and clients for itself.
 */
async function workersUntilInterrupted(
  count: number,
  begun: (address: string) => void,
  tell: (sentence: string) => void,
  console: Console,
): Promise<void> {
  const workers = startWorkers(count, tell);
  let forget = () => {};
  try {
    const address = await workers.address;
    const end = interrupted(console, workers.interrupt);
    begun(address);
    forget = await end;
    tell(STOPPING);
  } finally {
    await workers.stop();
    forget();
  }
}

function begins(address: string, setting: ServerSetting, home: string, env: NodeJS.ProcessEnv): string {
  const keys = setting.keys.filter((it) => uselessKeys([it], env).length === 0);
  const own = keys.length === 1 && keys[0]?.name === "own";
  return [
    `The model gateway listens on ${address}`,
    own
      ? `Its key is in ${home}/gateway-key`
      : `${keys.length} client${keys.length === 1 ? " has a key" : "s have keys"}`,
    `For Claude Code:  ANTHROPIC_BASE_URL=${address} ANTHROPIC_AUTH_TOKEN=… claude`,
    "Ctrl+C ends it.\n",
  ].join("\n");
}

function captureOf(setting: ServerSetting, router: HostRouter, home: string, env: NodeJS.ProcessEnv) {
  return openCapture(home, {
    hidden: () => secretsIn(setting, router, env),
    nameOf: (url) => providerAt(url, router),
    now: Date.now,
  });
}

function providerAt(url: string, { providers }: HostRouter): string {
  const found = providers.find((it) => url.startsWith(it.setting.baseUrl ?? it.type.wired?.address ?? "-"));
  return found?.setting.name ?? "other";
}

/** Values that must not stand in a capture. */
function secretsIn({ keys }: ServerSetting, router: HostRouter, env: NodeJS.ProcessEnv): readonly string[] {
  const set = router.configuration().providers.flatMap((it) => it.keys);
  const vendors = Object.entries(env).flatMap(([name, it]) =>
    /KEY|TOKEN|SECRET/.test(name) && it ? [it] : [],
  );
  return [
    ...vendors,
    ...set.filter((it) => !/^(env|secret|sso):/.test(it)),
    ...keys.flatMap((it) => clientSecret(it.key, env) ?? []),
  ];
}

/**
 * Resolves when the run shall end, with what stops listening. From then on `again` is called instead, and there is no
 * moment in which nobody listens: a process that is killed has not written what it has spent.
 */
function interrupted({ onInterrupt }: Console, again: () => void): Promise<() => void> {
  return new Promise((resolve) => {
    const heard = () => {
      const forget = onInterrupt(again);
      for (const it of listening) it();
      resolve(forget);
    };
    const listening = [onInterrupt(heard), onStopWord(heard)];
  });
}
