import { homedir } from "node:os";
import { join } from "node:path";
import type { World } from "../agent/wiring.ts";
import { locks } from "../std/locks.ts";
import type { Files, Problems } from "../world.ts";
import { nodeClock } from "./clock.ts";
import type { Environment } from "./environment.ts";
import { findProgram } from "./find-program.ts";
import { findRipgrep, type RipgrepPlaces } from "./find-ripgrep.ts";
import { homeOf } from "./home-of.ts";
import { threadIndex } from "./index-thread.ts";
import { nodeOutliner, type ThreadOutliner } from "./outliner.ts";
import type { Places } from "./places.ts";
import type { SandboxPolicy } from "./sandbox/policy.ts";
import { nodeSearch } from "./search.ts";
import { nodeShell } from "./shell.ts";
import { nodeSweeps, type SweepTools } from "./sweep/sweeps.ts";
import { typeThread } from "./type-thread.ts";

/** What a host brings along for its world. */
export interface HostParts extends Pick<RipgrepPlaces, "appRoot">, Pick<SweepTools, "listen"> {
  readonly places: Places;
  readonly env: Environment;
  /** Folders of the workspace: no program is taken from there. */
  readonly folders: () => readonly string[];
  readonly sandbox: () => SandboxPolicy;
  /** Variables that hold keys of providers: no command gets them. */
  readonly keyVariables: () => readonly string[];
  readonly files: Files;
  readonly problems: Problems;
}

/** The outside on Node, with the host's own files and problems. Who ends it calls `close`. */
export function hostWorld({
  places: { worker, indexWorker, parseWorker, typeWorker, grammars, libraries, here },
  env,
  folders,
  sandbox,
  keyVariables,
  files,
  problems,
  appRoot,
  listen,
}: HostParts): World & { readonly outliner: ThreadOutliner; readonly close: () => Promise<void> } {
  const inEditor = appRoot === undefined ? {} : { appRoot };
  const path = () => env["PATH"] ?? "";
  const ripgrep = findRipgrep({ ...inEditor, here, path: path(), workspace: folders() });
  const outliner = nodeOutliner({ worker, grammars });
  const store = join(homeOf(env), "index");
  const index = threadIndex({ worker: indexWorker, parser: parseWorker, grammars, store });
  return {
    files,
    search: nodeSearch(ripgrep),
    shell: nodeShell(env, sandbox, keyVariables),
    problems,
    outliner,
    refactorer: outliner.refactorer,
    types: typeThread(typeWorker, libraries),
    index,
    shellParser: outliner,
    clock: nodeClock,
    sweeps: nodeSweeps({
      git: () => findProgram(["git"], path(), folders()),
      ripgrep,
      env,
      own: homeOf(env),
      now: nodeClock.now,
      ...(listen && { listen }),
    }),
    locks: locks(),
    platform: process.platform,
    home: homedir(),
    async close() {
      await outliner.dispose();
      await index.dispose();
    },
  };
}
