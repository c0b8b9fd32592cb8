import { tools } from "../agent/tools/all.ts";
import type { Policy } from "../agent/wiring.ts";
import type { Asker } from "../model/routing/signals.ts";
import { envFiles } from "../node/env-files.ts";
import { nodeFiles } from "../node/files.ts";
import { homeOf } from "../node/home-of.ts";
import { type HostRouter, hostRouter } from "../node/host-router.ts";
import { hostWorld } from "../node/host-world.ts";
import { instructionText, readInstructions } from "../node/instructions.ts";
import { keyVariables, plainKeys } from "../node/key-source.ts";
import { newSessionModel } from "../node/new-session-model.ts";
import type { HostWiring } from "../node/open-session.ts";
import { keySecrets } from "../node/own-key.ts";
import { placesOf } from "../node/places.ts";
import { sandboxPolicy } from "../node/sandbox/policy.ts";
import { addAllowRule } from "../node/settings-files.ts";
import { settingsPolicy } from "../node/settings-policy.ts";
import { openStore, type Store } from "../node/store.ts";
import { parseRule } from "../permission/rules.ts";
import type { Settings } from "../settings.ts";
import { VERSION } from "../version.ts";
import type { Problems } from "../world.ts";
import type { Overrides } from "./overrides.ts";
import { readPerson } from "./person.ts";

/** A terminal's wiring for one folder. */
export interface TerminalHost {
  readonly store: Store;
  readonly settings: Settings;
  readonly router: HostRouter;
  readonly wiring: HostWiring;
  /** The model of new sessions. */
  readonly model: string;
  /** What is wrong with the settings, a sentence each. */
  readonly problems: readonly string[];
  /** Those of them by which something that should protect does not hold. */
  readonly broken: readonly string[];
  /** What is wrong with the command line, a sentence each. */
  readonly wrong: readonly string[];
  readonly close: () => Promise<void>;
}

/** Wires the core to Node for one folder. */
export async function terminalHost(
  folder: string,
  env: NodeJS.ProcessEnv,
  attended: boolean,
  overrides: Overrides,
): Promise<TerminalHost> {
  const home = homeOf(env);
  const { settings, rules, problems, broken, wrong } = await readPerson(
    home,
    folder,
    overrides,
    tools.map((it) => it.name),
  );
  const allowed = [...rules.allow];
  const sandbox = sandboxPolicy(settings, [folder, ...overrides.addedFolders]);
  const world = hostWorld({
    places: placesOf(import.meta.url),
    env,
    folders: () => sandbox.roots,
    sandbox: () => sandbox,
    keyVariables: () => keyVariables(settings.providers),
    files: nodeFiles(),
    problems: NO_PROBLEMS,
  });
  const keys = { env, secret: async () => undefined };
  const router = terminalRouter(settings, env, { client: "terminal", project: folder });
  const roots = await Promise.all(overrides.addedFolders.map((it) => world.files.resolve(it)));
  const policy = (): Policy => {
    const set = settingsPolicy({ settings, rules: { ...rules, allow: allowed }, broken });
    const maxRequests = overrides.maxRequests ?? set.maxRequests;
    return { ...set, trusted: true, roots, maxRequests, maxCost: overrides.maxCost ?? set.maxCost };
  };
  const inEnvFiles = envFiles(() => [folder, ...roots]);
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
    secrets: async () => [...(await inEnvFiles()), ...keySecrets(plainKeys(router.configuration(), env))],
    writeRule: async (rule) => {
      await addAllowRule(home, rule);
      const parsed = parseRule(rule);
      if (typeof parsed !== "string") allowed.push(parsed);
    },
  };
  const store = openStore(home, world.clock);
  const close = async () => {
    store.close();
    await router.close();
    await world.close();
  };
  return {
    store,
    settings,
    router,
    wiring,
    model: await newSessionModel(settings, keys),
    problems,
    broken,
    wrong,
    close,
  };
}

/** A router over what the settings and the environment of a command have. */
export function terminalRouter(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  asker: Partial<Asker>,
): HostRouter {
  return hostRouter({
    settings: () => settings,
    keys: { env, secret: async () => undefined },
    home: homeOf(env),
    asker,
    complain: (sentence) => void process.stderr.write(`${sentence}\n`),
  });
}

const NO_PROBLEMS: Problems = { available: false, of: async () => [] };
