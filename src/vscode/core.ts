import * as vscode from "vscode";
import { tools } from "../agent/tools/all.ts";
import type { Policy, World } from "../agent/wiring.ts";
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
import { carefulRules, doubts, parsedRules, type Rules } from "../permission/rules.ts";
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
      policy: () => policyOf(read),
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

  async function readAll(): Promise<Protected> {
    const found = protectedBy(await editorSettings(home, vscode.workspace.workspaceFolders?.[0]?.uri.fsPath));
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

interface Protected extends EditorSettings {
  readonly rules: Rules;
}

/** The settings with their rules. A rule that cannot be read protects nothing, so its place is taken by care. */
function protectedBy(read: EditorSettings): Protected {
  const { settings } = read;
  const texts = { ask: settings["permissions.ask"], deny: settings["permissions.deny"] };
  const { rules, wrong } = parsedRules({ ...texts, allow: settings["permissions.allow"] });
  const broken = [...read.broken, ...parsedRules({ ...texts, allow: [] }).wrong];
  const problems = [
    ...read.problems,
    ...wrong,
    ...doubts(
      rules,
      tools.map((it) => it.name),
    ),
  ];
  return { settings, problems, broken, rules: broken.length > 0 ? carefulRules(rules) : rules };
}

function policyOf({ settings, rules, broken }: Protected): Policy {
  return {
    rules,
    trusted: vscode.workspace.isTrusted,
    roots: workspaceFolders(),
    bypassAllowed: settings["permissions.allowBypass"] && broken.length === 0,
    sandbox: sandboxPolicy(settings, []).mode,
    builtInReads: settings["permissions.builtInReads"],
    maxRequests: settings.maxRequestsPerTurn,
    maxCost: settings.maxCostPerSession || undefined,
  };
}
