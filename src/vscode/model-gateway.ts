import * as vscode from "vscode";
import { uselessKeys, withOwnKey } from "../node/client-keys.ts";
import { type GatewayHost, startGateway } from "../node/gateway-host.ts";
import {
  type ClientKey,
  clientSecret,
  readServerSetting,
  type ServerSetting,
} from "../node/server-setting.ts";
import type { Core } from "./core.ts";

/** The model gateway of this window, which ends with it. */
export interface ModelGateway {
  /** `undefined`: it does not run. */
  readonly address: () => string | undefined;
  /** Resolves with the address; rejects with a sentence when it cannot listen. */
  readonly start: () => Promise<string>;
  readonly stop: () => Promise<void>;
  /** Puts the first client's key on the clipboard. */
  readonly copyKey: () => Promise<void>;
  readonly onChanged: vscode.Event<void>;
}

/** What it is made of. */
export type GatewayParts = Pick<Core, "home" | "router" | "metrics" | "settings" | "onChanged">;

/** A gateway that does not run yet. */
export function modelGateway(
  core: GatewayParts,
  log: Pick<vscode.LogOutputChannel, "info" | "warn">,
  subscriptions: vscode.Disposable[],
): ModelGateway {
  const changed = new vscode.EventEmitter<void>();
  let running: Promise<GatewayHost> | undefined;
  let shown: GatewayHost | undefined;
  const show = gatewayItem(subscriptions);
  const settingOf = () => withOwnKey(readServerSetting(core.settings().server), core.home);
  subscriptions.push(
    changed,
    core.onChanged(() => void settingOf().then(({ keys }) => shown?.useKeys(keys))),
  );
  return {
    address: () => shown?.address,
    async start() {
      running ??= begin().catch((error: unknown) => {
        running = undefined;
        throw error;
      });
      return (await running).address;
    },
    async stop() {
      const host = await running?.catch(() => undefined);
      running = undefined;
      shown = undefined;
      tell();
      await host?.stop();
    },
    copyKey: async () => copy((await settingOf()).keys[0]),
    onChanged: changed.event,
  };

  async function begin(): Promise<GatewayHost> {
    const setting: ServerSetting & { readonly problems: readonly string[] } = await settingOf();
    for (const it of [...setting.problems, ...uselessKeys(setting.keys, process.env)]) log.warn(it);
    const { router, metrics, home } = core;
    const tellLog = (sentence: string) => log.info(sentence);
    shown = await startGateway(setting, { router, metrics, env: process.env, folder: home, tell: tellLog });
    log.info(`The model gateway listens on ${shown.address}`);
    tell();
    return shown;
  }

  function tell(): void {
    show(shown?.address);
    changed.fire();
  }
}

async function copy(key: ClientKey | undefined): Promise<void> {
  const secret = key && clientSecret(key.key, process.env);
  if (secret === undefined) throw new Error("The first key of wheelhouse.server is in no variable there is.");
  await vscode.env.clipboard.writeText(secret);
}

/** An item of the status bar that is there while the gateway is; answers what shows its address. */
function gatewayItem(subscriptions: vscode.Disposable[]): (address: string | undefined) => void {
  const item = vscode.window.createStatusBarItem("wheelhouse.gateway", vscode.StatusBarAlignment.Right, 89);
  item.name = "Wheelhouse Gateway";
  item.command = "wheelhouse.models";
  subscriptions.push(item);
  return (address) => {
    if (address === undefined) return item.hide();
    const words = `Wheelhouse's model gateway listens on ${address}`;
    item.text = `$(broadcast) ${new URL(address).host}`;
    item.tooltip = words;
    item.accessibilityInformation = { label: words };
    item.show();
  };
}
