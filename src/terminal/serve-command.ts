import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { withOwnKey } from "../node/client-keys.ts";
import { type GatewayHost, startGateway } from "../node/gateway-host.ts";
import { homeOf } from "../node/home-of.ts";
import { hostRouter } from "../node/host-router.ts";
import { openMetrics } from "../node/metrics.ts";
import { readServerSetting, type ServerSetting } from "../node/server-setting.ts";
import { messageOf } from "../std/error-message.ts";
import { visible } from "../text/visible.ts";
import { type Console, EXIT } from "./console.ts";
import { flagsIn, type Given } from "./flags-in.ts";
import { liveSettings } from "./live-settings.ts";
import { SERVE_USAGE } from "./usage.ts";

/** `wheelhouse serve`: the model gateway, until it is interrupted. Resolves with the exit code. */
export async function serveCommand(argv: readonly string[], console: Console): Promise<number> {
  const { stdout, stderr } = console;
  const flags = flagsIn(argv, ["config", "host", "port"]);
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
  const port = values.get("port");
  return port === undefined || /^\d{1,5}$/.test(port) ? undefined : `--port must be a number, not "${port}"`;
}

async function serveUntilInterrupted({ values }: Given, console: Console): Promise<void> {
  const { env, cwd, stdout, stderr } = console;
  const tell = (sentence: string) => void stderr.write(`${visible(sentence)}\n`);
  const home = homeOf(env);
  await mkdir(home, { recursive: true, mode: 0o700 });
  const config = values.get("config");
  let gateway: GatewayHost | undefined;
  const settingOf = async (value: unknown) => withOwnKey(readServerSetting(value), home);
  const live = await liveSettings(home, config && resolve(cwd, config), tell, ({ server }) => {
    void settingOf(server).then(({ keys }) => gateway?.useKeys(keys));
    tell("The settings were read again.");
  });
  const metrics = openMetrics();
  const keys = { env, secret: async () => undefined };
  const router = hostRouter({ settings: live.now, keys, home, complain: tell, metrics, lazily: true });
  try {
    const setting = await settingOf(live.now().server);
    for (const it of setting.problems) tell(it);
    const port = Number(values.get("port") ?? setting.port);
    const wanted = { ...setting, host: values.get("host") ?? setting.host, port };
    gateway = await startGateway(wanted, { router, metrics, env, folder: cwd, tell });
    stdout.write(begins(gateway.address, setting, home));
    await interrupted(console);
    tell("Stopping; requests under way are finished first.");
    await gateway.stop();
  } finally {
    live.close();
    await router.close();
  }
}

function begins(address: string, { keys }: ServerSetting, home: string): string {
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

function interrupted({ onInterrupt }: Console): Promise<void> {
  return new Promise((resolve) => {
    const stopListening = onInterrupt(() => {
      stopListening();
      resolve();
    });
  });
}
