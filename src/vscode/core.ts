import * as vscode from "vscode";
import { tools } from "../agent/tools/all.ts";
import type { World } from "../agent/wiring.ts";
import type { Router } from "../model/router.ts";
import { envFiles } from "../node/env-files.ts";
import { nodeFiles } from "../node/files.ts";
import { homeOf } from "../node/home-of.ts";
import { hostRouter } from "../node/host-router.ts";
import { hostWorld } from "../node/host-world.ts";
import { instructionText, readInstructions } from "../node/instructions.ts";
import { newSessionModel } from "../node/new-session-model.ts";
import type { HostWiring } from "../node/open-session.ts";
import { keySecrets } from "../node/own-key.ts";
import { placesOf } from "../node/places.ts";
import { sandboxPolicy } from "../node/sandbox/policy.ts";
import { addAllowRule } from "../node/settings-files.ts";
import { type RuledSettings, settingsPolicy } from "../node/settings-policy.ts";
import { settingsRules } from "../node/settings-rules.ts";
import { doubts } from "../permission/rules.ts";
import type { Settings } from "../settings.ts";
import type { KnownSecret } from "../text/secrets.ts";
import { VERSION } from "../version.ts";
import { editorFiles } from "./editor-files.ts";
import { editorProblems } from "./editor-problems.ts";
import { type EditorSettings, editorSettings } from "./editor-settings.ts";
import { savesFrom } from "./saves.ts";
import { type SecretKey, secretKey } from "./secret-key.ts";

/** The core, wired to this window. */
export interface Core {
  readonly home: string;
  readonly key: SecretKey;
  readonly router: Router;
  readonly world: World;
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
  const world = hostWorld({
    places: placesOf(import.meta.url),
    env: process.env,
    folders: workspaceFolders,
    sandbox: () => sandboxPolicy(read.settings, workspaceFolders()),
    files: editorFiles(nodeFiles()),
    problems: editorProblems(context.subscriptions),
    appRoot: vscode.env.appRoot,
    listen: savesFrom,
  });
  const changed = new vscode.EventEmitter<void>();
  let warned = "";
  let read = await readAll();
  const settings = () => read.settings;
  context.subscriptions.push(
    changed,
    context.secrets.onDidChange(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration(
      (it) => void (it.affectsConfiguration("wheelhouse") && refresh()),
    ),
  );
  context.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(() => void refresh()));
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.file(home), "{settings,rules}.*"),
  );
  context.subscriptions.push(
    watcher,
    watcher.onDidChange(refresh),
    watcher.onDidCreate(refresh),
    watcher.onDidDelete(refresh),
  );
  const ofFolder = vscode.workspace.createFileSystemWatcher("**/.wheelhouse/settings*.*");
  context.subscriptions.push(
    ofFolder,
    ofFolder.onDidChange(refresh),
    ofFolder.onDidCreate(refresh),
    ofFolder.onDidDelete(refresh),
  );
  const router = hostRouter(settings, process.env, key.get);
  const inEnvFiles = envFiles(workspaceFolders);
  const keyNow = ownKey(key);
  return {
    home,
    key,
    router,
    world,
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
      policy: () => ({
        ...settingsPolicy(read),
        trusted: vscode.workspace.isTrusted,
        roots: workspaceFolders(),
      }),
      instructions: async () =>
        vscode.workspace.isTrusted ? instructionText(await readInstructions(folder)) : "",
      secrets: async () => [...(await inEnvFiles()), ...(await keyNow())],
      writeRule: async (rule) => {
        await addAllowRule(home, rule);
        await refresh();
      },
    }),
    defaultModel: () => newSessionModel(settings(), process.env, key.get),
    close: () => world.outliner.dispose(),
  };

  async function refresh(): Promise<void> {
    read = await readAll();
    changed.fire();
  }

  async function readAll(): Promise<Ruled> {
    const found = withRules(await editorSettings(home, vscode.workspace.workspaceFolders?.[0]?.uri.fsPath));
    for (const problem of found.problems) log.warn(problem);
    // Settings are read again and again; what is wrong with them is said once.
    const broken = found.broken.join(" ");
    if (broken !== warned && broken !== "")
      void vscode.window.showWarningMessage(
        `Wheelhouse cannot tell what these settings forbid, so it asks about everything but reading: ${broken}`,
      );
    warned = broken;
    return found;
  }
}

function workspaceFolders(): readonly string[] {
  return vscode.workspace.workspaceFolders?.map((it) => it.uri.fsPath) ?? [];
}

/** Reads the person's key; while the storage does not answer, as in a window that is closing, it is what it was. */
function ownKey({ get }: SecretKey): () => Promise<readonly KnownSecret[]> {
  let last: string | undefined;
  return async () => {
    last = await get().catch(() => last);
    return keySecrets([last]);
  };
}

interface Ruled extends EditorSettings, RuledSettings {}

function withRules({ settings, problems, broken }: EditorSettings): Ruled {
  const read = settingsRules(settings);
  const names = tools.map((it) => it.name);
  return {
    settings,
    rules: read.rules,
    problems: [...problems, ...read.wrong, ...doubts(read.rules, names)],
    broken: [...broken, ...read.broken],
  };
}
