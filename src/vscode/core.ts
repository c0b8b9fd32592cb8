import * as vscode from "vscode";
import { tools } from "../agent/tools/all.ts";
import type { Policy, World } from "../agent/wiring.ts";
import { nodeFiles } from "../node/files.ts";
import { homeOf } from "../node/home-of.ts";
import { hostWorld } from "../node/host-world.ts";
import { instructionText, readInstructions } from "../node/instructions.ts";
import { keyVariables } from "../node/key-source.ts";
import type { HostWiring } from "../node/open-session.ts";
import { placesOf } from "../node/places.ts";
import { sandboxPolicy } from "../node/sandbox/policy.ts";
import { addAllowRule } from "../node/settings-files.ts";
import { type RuledSettings, settingsPolicy } from "../node/settings-policy.ts";
import type { Settings } from "../settings.ts";
import type { SmellFinder } from "../smells/port.ts";
import { VERSION } from "../version.ts";
import { editorFiles } from "./editor-files.ts";
import { type EditorModels, editorModels } from "./editor-models.ts";
import { editorProblems } from "./editor-problems.ts";
import { liveSettings } from "./live-settings.ts";
import { savesFrom } from "./saves.ts";
import { editorTypes } from "./server-types.ts";

/** The core, wired to this window. */
export interface Core extends EditorModels {
  readonly home: string;
  readonly world: World;
  readonly smells: SmellFinder;
  /** The settings as last read; they are read again whenever they change. */
  readonly settings: () => Settings;
  /** Settings or API keys are others now. */
  readonly onChanged: vscode.Event<void>;
  readonly wiringFor: (folder: string) => HostWiring;
  readonly close: () => Promise<void>;
}

/** Wires the core to VS Code. `log` hears of settings that are wrong. */
export async function startCore(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<Core> {
  const home = homeOf(process.env);
  const world = editorWorld(context, () => settings());
  const changed = new vscode.EventEmitter<void>();
  const onChanged = () => changed.fire();
  context.subscriptions.push(changed);
  const { now, refresh } = await liveSettings(home, log, onChanged, context.subscriptions);
  const settings = () => now().settings;
  const complain = (sentence: string) => log.warn(sentence);
  const folders = workspaceFolders;
  const models = await editorModels({ context, home, settings, folders, complain, onChanged });
  const { router, hidden } = models;
  return {
    ...models,
    home,
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
      secrets: hidden,
      writeRule: async (rule) => {
        await addAllowRule(home, rule);
        await refresh();
      },
    }),
    async close() {
      await router.close();
      await world.close();
    },
  };
}

/** The outside as this window has it. */
function editorWorld(context: vscode.ExtensionContext, settings: () => Settings) {
  const world = hostWorld({
    places: placesOf(import.meta.url),
    env: process.env,
    folders: workspaceFolders,
    sandbox: () => sandboxPolicy(settings(), workspaceFolders()),
    keyVariables: () => keyVariables(settings().providers),
    files: editorFiles(nodeFiles()),
    problems: editorProblems(context.subscriptions),
    appRoot: vscode.env.appRoot,
    listen: savesFrom,
  });
  return { ...world, types: editorTypes(world.types) };
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
