import * as vscode from "vscode";
import { removeKey, setKey } from "./api-keys.ts";
import { chooseModel } from "./choose-model.ts";
import type { CommandName } from "./commands.ts";
import type { Core } from "./core.ts";
import type { Desk } from "./desk.ts";
import type { ModelGateway } from "./model-gateway.ts";

/** What the commands about models act on. */
export interface ModelCommandParts {
  readonly core: Core;
  readonly shown: Desk;
  readonly gateway: ModelGateway;
  /** Shows the page for models. */
  readonly showModels: () => void;
}

/** Commands about models, keys and the gateway. */
export function modelCommands({ core, shown, gateway, showModels }: ModelCommandParts) {
  const keys = { secrets: core.secrets, providers: () => core.router.configuration().providers };
  return {
    chooseModel: () => chooseModel(core, shown),
    models: showModels,
    startServer: () => start(gateway),
    stopServer: () => stop(gateway),
    setApiKey: () => setKey(keys),
    removeApiKey: () => removeKey(keys),
  } satisfies Partial<Record<CommandName, () => unknown>>;
}

async function start(gateway: ModelGateway): Promise<void> {
  const address = await gateway.start();
  const said = await vscode.window.showInformationMessage(
    `Wheelhouse's model gateway listens on ${address}`,
    "Copy Key",
    "Copy Address",
  );
  if (said === "Copy Key") await gateway.copyKey();
  if (said === "Copy Address") await vscode.env.clipboard.writeText(address);
}

async function stop(gateway: ModelGateway): Promise<void> {
  const wasRunning = gateway.address() !== undefined;
  await gateway.stop();
  void vscode.window.showInformationMessage(
    wasRunning ? "Wheelhouse's model gateway was stopped." : "Wheelhouse's model gateway does not run.",
  );
}
