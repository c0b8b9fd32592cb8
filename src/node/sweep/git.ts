import { cleanEnvironment, type Environment } from "../environment.ts";
import { type Ended, outputOf } from "./output-of.ts";

/** git as we run it: it reads, and runs nothing that a repository's own settings name. */
export interface Git {
  /** `pins`: settings beside the usual ones. Rejects with the signal's reason. */
  run(
    folder: string,
    args: readonly string[],
    more: { readonly pins?: readonly string[]; readonly input?: string },
    signal: AbortSignal,
  ): Promise<Ended>;
}

/**
 * What a repository could name to be run, switched off (git-config, https://git-scm.com/docs/git-config). Given as
 * options, since these beat every file and are known to every version.
 */
const PINS: readonly string[] = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.untrackedCache=false",
  "core.sshCommand=false",
  "core.pager=cat",
  "core.quotePath=false",
  "diff.external=",
  "gpg.program=false",
  "credential.helper=",
  "protocol.allow=never",
  "safe.bareRepository=explicit",
];

const FIXED: Environment = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_LAZY_FETCH: "1",
  GIT_PAGER: "cat",
  GIT_EDITOR: "true",
  GIT_ASKPASS: "",
  SSH_ASKPASS: "",
};

/** The git at `program`, an absolute path outside the workspace. */
export function hardenedGit(program: string, env: Environment): Git {
  const kept = Object.entries(cleanEnvironment(env)).filter(([name]) => !name.startsWith("GIT_"));
  const clean = { ...Object.fromEntries(kept), ...FIXED };
  return {
    run(folder, args, { pins = [], input }, signal) {
      const options = [...PINS, ...pins].flatMap((it) => ["-c", it]);
      const all = ["--no-pager", "--no-replace-objects", ...options, ...args];
      return outputOf(
        { program, args: all, folder, env: clean, ...(input !== undefined && { input }) },
        signal,
      );
    },
  };
}
