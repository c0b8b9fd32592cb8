import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { tools } from "../agent/tools/all.ts";
import type { Policy, World } from "../agent/wiring.ts";
import { providerTypes } from "../model/providers/all.ts";
import { openRouter, type Router } from "../model/router.ts";
import { nodeClock } from "../node/clock.ts";
import { nodeFiles } from "../node/files.ts";
import { findRipgrep } from "../node/find-ripgrep.ts";
import { instructionText, readInstructions } from "../node/instructions.ts";
import type { HostWiring } from "../node/open-session.ts";
import { nodeOutliner } from "../node/outliner.ts";
import { placesOf } from "../node/places.ts";
import { nodeSearch } from "../node/search.ts";
import { addAllowRule, folderLayers, parseLayer, userLayer } from "../node/settings-files.ts";
import { nodeShell } from "../node/shell.ts";
import { openStore, type Store } from "../node/store.ts";
import { parsedRules, parseRule } from "../permission/rules.ts";
import { mergeLayers, type Settings } from "../settings.ts";
import { locks } from "../std/locks.ts";
import { VERSION } from "../version.ts";
import type { Problems } from "../world.ts";

/** What the command line sets for this run; it goes before every settings file. */
export interface Overrides {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  /** A settings file or JSON text. */
  readonly settings: string | undefined;
  readonly maxRequests: number | undefined;
  readonly maxCost: number | undefined;
  readonly addedFolders: readonly string[];
  readonly appendedPrompt: string;
}

/** A command line that sets nothing. */
export const NO_OVERRIDES: Overrides = {
  allow: [],
  deny: [],
  settings: undefined,
  maxRequests: undefined,
  maxCost: undefined,
  addedFolders: [],
  appendedPrompt: "",
};

/** A terminal's wiring for one folder. */
export interface TerminalHost {
  readonly store: Store;
  readonly settings: Settings;
  readonly router: Router;
  readonly wiring: HostWiring;
  /** The model of new sessions. */
  readonly model: string;
  /** What is wrong with the settings, a sentence each. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
}

/** Where this person's state lies. */
export function homeOf(env: NodeJS.ProcessEnv): string {
  return env["WHEELHOUSE_HOME"] ?? join(homedir(), ".wheelhouse");
}

/** Wires the core to Node for one folder. */
export async function terminalHost(
  folder: string,
  env: NodeJS.ProcessEnv,
  attended: boolean,
  overrides: Overrides,
): Promise<TerminalHost> {
  const home = homeOf(env);
  const { settings, problems } = await readSettings(home, folder, overrides);
  const { rules, wrong } = parsedRules({
    allow: settings["permissions.allow"],
    ask: settings["permissions.ask"],
    deny: settings["permissions.deny"],
  });
  const allowed = [...rules.allow];
  const world = terminalWorld(env, [folder, ...overrides.addedFolders]);
  const router = routerOf(env, settings);
  const roots = await Promise.all(
    overrides.addedFolders.map((it) => world.files.resolve(resolve(folder, it))),
  );
  const policy = (): Policy => ({
    rules: { ...rules, allow: allowed },
    trusted: true,
    roots,
    bypassAllowed: settings["permissions.allowBypass"],
    maxRequests: overrides.maxRequests ?? settings.maxRequestsPerTurn,
    maxCost: overrides.maxCost ?? (settings.maxCostPerSession || undefined),
  });
  const wiring: HostWiring = {
    world,
    router,
    tools,
    policy,
    attended,
    host: "terminal",
    version: VERSION,
    appendedPrompt: overrides.appendedPrompt,
    instructions: async () => instructionText(await readInstructions(folder)),
    writeRule: async (rule) => {
      await addAllowRule(home, rule);
      const parsed = parseRule(rule);
      if (typeof parsed !== "string") allowed.push(parsed);
    },
  };
  const store = openStore(home, world.clock);
  const close = async () => {
    store.close();
    await world.outliner.dispose();
  };
  return {
    store,
    settings,
    router,
    wiring,
    model: modelOf(settings, env),
    problems: [...problems, ...wrong],
    close,
  };
}

async function readSettings(home: string, folder: string, { settings, allow, deny }: Overrides) {
  const given = settings === undefined ? undefined : await givenLayer(settings);
  const layers = [await userLayer(home), ...(await folderLayers(folder)), ...(given ? [given] : [])];
  const flags = { "permissions.allow": allow, "permissions.deny": deny };
  return {
    settings: mergeLayers([...layers.map((it) => it.values), flags]),
    problems: layers.flatMap((it) => it.problems),
  };
}

async function givenLayer(given: string) {
  if (given.trimStart().startsWith("{")) return parseLayer(given, "--settings", "person");
  const { readFile } = await import("node:fs/promises");
  const text = await readFile(given, "utf8").catch(() => undefined);
  return text === undefined
    ? { values: {}, problems: [`--settings: there is no file "${given}"`] }
    : parseLayer(text, given, "person");
}

const NO_PROBLEMS: Problems = { available: false, of: async () => [] };

function terminalWorld(
  env: NodeJS.ProcessEnv,
  workspace: readonly string[],
): World & { readonly outliner: ReturnType<typeof nodeOutliner> } {
  const { worker, grammars, here } = placesOf(import.meta.url);
  const ripgrep = findRipgrep({ here, path: env["PATH"] ?? "", workspace });
  return {
    files: nodeFiles(),
    search: nodeSearch(ripgrep),
    shell: nodeShell(env),
    problems: NO_PROBLEMS,
    outliner: nodeOutliner({ worker, grammars }),
    clock: nodeClock,
    locks: locks(),
    platform: process.platform,
    home: homedir(),
  };
}

/** How long a stream may be silent before it counts as dead, in milliseconds. */
const SILENCE_MS = 60_000;

function routerOf(env: NodeJS.ProcessEnv, settings: Settings): Router {
  const baseUrl = settings["anthropic.baseUrl"] || env["ANTHROPIC_BASE_URL"] || undefined;
  const key = async () => env["ANTHROPIC_API_KEY"] || env["ANTHROPIC_AUTH_TOKEN"] || undefined;
  return openRouter({
    providers: providerTypes.map((type) => ({
      type,
      models: [],
      provider: type.open({ key, baseUrl, fetch, silenceMs: SILENCE_MS }),
    })),
  });
}

/** The model of the settings, of ANTHROPIC_MODEL, or the default: Claude with a key, offline without. */
export function modelOf(settings: Settings, env: NodeJS.ProcessEnv): string {
  const hasKey = Boolean(env["ANTHROPIC_API_KEY"] || env["ANTHROPIC_AUTH_TOKEN"]);
  return settings.model || env["ANTHROPIC_MODEL"] || (hasKey ? DEFAULT_MODEL : "offline");
}

/** The model of new sessions when there is a key. */
export const DEFAULT_MODEL = "claude-sonnet-5-5";
