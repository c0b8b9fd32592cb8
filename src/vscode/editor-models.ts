import * as vscode from "vscode";
import { envFiles } from "../node/env-files.ts";
import { type HostRouter, hostRouter } from "../node/host-router.ts";
import { type KeySource, plainKeys, restoreKeys } from "../node/key-source.ts";
import { type Metrics, openMetrics } from "../node/metrics.ts";
import { newSessionModel } from "../node/new-session-model.ts";
import { keySecrets } from "../node/own-key.ts";
import type { Settings } from "../settings.ts";
import type { KnownSecret } from "../text/secrets.ts";
import { languageModelType } from "./language-model-provider.ts";
import { openSecrets, type Secrets } from "./secrets.ts";

/** Models and keys of this window. */
export interface EditorModels {
  readonly secrets: Secrets;
  readonly router: HostRouter;
  readonly metrics: Metrics;
  /** What is known of a key is something else now. */
  readonly onHealth: vscode.Event<void>;
  readonly defaultModel: () => Promise<string>;
  /** What `.env` files hold, and all keys of the person: those of the secret storage, the settings and the environment. */
  readonly hidden: () => Promise<readonly KnownSecret[]>;
}

/** What they are opened with. */
export interface EditorModelParts {
  readonly context: vscode.ExtensionContext;
  readonly home: string;
  readonly settings: () => Settings;
  readonly folders: () => readonly string[];
  readonly complain: (sentence: string) => void;
  /** Called when a key is another one now. */
  readonly onChanged: () => void;
}

/** Opens them. */
export async function editorModels(parts: EditorModelParts): Promise<EditorModels> {
  const { context, home, settings, folders, complain, onChanged } = parts;
  const health = new vscode.EventEmitter<void>();
  const secrets = await openSecrets(context.secrets, context.subscriptions);
  const keys: KeySource = { env: process.env, secret: secrets.get, stored: secrets.stored };
  const metrics = openMetrics();
  const router = hostRouter({
    settings,
    keys,
    home,
    asker: { client: "vscode", project: folders()[0] ?? "" },
    complain,
    metrics,
    types: [languageModelType((selector) => vscode.lm.selectChatModels(selector))],
    onHealth: () => health.fire(),
    mayRunScripts: () => vscode.workspace.isTrusted,
  });
  const inEnvFiles = envFiles(folders);
  context.subscriptions.push(
    health,
    secrets.onChanged((name) => {
      restoreKeys(router.providers, name);
      onChanged();
    }),
  );
  return {
    secrets,
    router,
    metrics,
    onHealth: health.event,
    defaultModel: () => newSessionModel(settings(), keys),
    async hidden() {
      const own = [...(await secrets.values()), ...plainKeys(router.configuration(), process.env)];
      return [...(await inEnvFiles()), ...keySecrets(own)];
    },
  };
}
