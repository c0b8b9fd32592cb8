import * as vscode from "vscode";
import { tools } from "../agent/tools/all.ts";
import type { Policy, World } from "../agent/wiring.ts";
import { envFiles } from "../node/env-files.ts";
import { nodeFiles } from "../node/files.ts";
import { homeOf } from "../node/home-of.ts";
import { type HostRouter, hostRouter } from "../node/host-router.ts";
import { hostWorld } from "../node/host-world.ts";
import { instructionText, readInstructions } from "../node/instructions.ts";
import { newSessionModel } from "../node/new-session-model.ts";
import type { HostWiring } from "../node/open-session.ts";
import { keySecrets } from "../node/own-key.ts";
import { placesOf } from "../node/places.ts";
import { sandboxPolicy } from "../node/sandbox/policy.ts";
import { addAllowRule } from "../node/settings-files.ts";
import { type RuledSettings, settingsPolicy } from "../node/settings-policy.ts";
import type { Settings } from "../settings.ts";
import type { SmellFinder } from "../smells/port.ts";
import type { KnownSecret } from "../text/secrets.ts";
import { VERSION } from "../version.ts";
import { editorFiles } from "./editor-files.ts";
import { editorProblems } from "./editor-problems.ts";
import { liveSettings } from "./live-settings.ts";
import { savesFrom } from "./saves.ts";
import { type SecretKey, secretKey } from "./secret-key.ts";

/** The core, wired to this window. */
export interface Core {
  readonly home: string;
  readonly key: SecretKey;
  readonly router: HostRouter;
  readonly world: World;
  readonly smells: SmellFinder;
  /** The settings as last read; they are read again whenever they change. */
  readonly settings: () => Settings;
  /** Settings or the API key are others now. */
  readonly onChanged: vscode.Event<void>;
  readonly wiringFor: (folder: string) => HostWiring;
  readonly defaultModel: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Wires the core to VS Code. `log` hears of settings that are wrong. */
export async function startCore(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<Core> {
  const home = homeOf(process.env);
  const key = secretKey(context.secrets);
  const world = editorWorld(context, () => settings());
  const changed = new vscode.EventEmitter<void>();
  const tell = () => changed.fire();
  context.subscriptions.push(changed, context.secrets.onDidChange(tell));
  const { now, refresh } = await liveSettings(home, log, tell, context.subscriptions);
  const settings = () => now().settings;
  const secrets = knownSecrets(key);
  const router = editorRouter(home, context, log, settings);
  return {
    home,
    key,
    router,
    world,
    smells: world.outliner.smells,
    settings,
    onChanged: changed.event,
    wiringFor: (folder) => ({
      world,
      router,
      tools,
      attended: true,
      host: "vscode",
      version: VERSION,
      appendedPrompt: "",
      policy: () => policyOf(now()),
      instructions: () => instructionsOf(folder),
      secrets,
      writeRule: async (rule) => {
        await addAllowRule(home, rule);
        await refresh();
      },
    }),
    defaultModel: () => newSessionModel(settings(), process.env, key.get),
    async close() {
      await router.close();
      await world.outliner.dispose();
    },
  };
}

function editorRouter(
  home: string,
  { secrets }: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  settings: () => Settings,
): HostRouter {
  return hostRouter({
    settings,
    keys: { env: process.env, secret: async (name) => secrets.get(name) },
    home,
    asker: { client: "vscode", project: workspaceFolders()[0] ?? "" },
    complain: (sentence) => log.warn(sentence),
    mayRunScripts: () => vscode.workspace.isTrusted,
  });
}

/** The outside as this window has it. */
function editorWorld(context: vscode.ExtensionContext, settings: () => Settings) {
  return hostWorld({
    places: placesOf(import.meta.url),
    env: process.env,
    folders: workspaceFolders,
    sandbox: () => sandboxPolicy(settings(), workspaceFolders()),
    files: editorFiles(nodeFiles()),
    problems: editorProblems(context.subscriptions),
    appRoot: vscode.env.appRoot,
    listen: savesFrom,
  });
}

function workspaceFolders(): readonly string[] {
  return vscode.workspace.workspaceFolders?.map((it) => it.uri.fsPath) ?? [];
}

function policyOf(set: RuledSettings): Policy {
  return { ...settingsPolicy(set), trusted: vscode.workspace.isTrusted, roots: workspaceFolders() };
}

async function instructionsOf(folder: string): Promise<string> {
  return vscode.workspace.isTrusted ? instructionText(await readInstructions(folder)) : "";
}

/** What `.env` files hold, and the person's key; while its storage does not answer, as in a window that is closing, it is what it was. */
function knownSecrets({ get }: SecretKey): () => Promise<readonly KnownSecret[]> {
  const inEnvFiles = envFiles(workspaceFolders);
  let last: string | undefined;
  return async () => {
    const found = await inEnvFiles();
    last = await get().catch(() => last);
    const { ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN } = process.env;
    return [...found, ...keySecrets([last, ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN])];
  };
}
