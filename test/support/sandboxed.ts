import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SandboxPolicy } from "../../src/node/sandbox/policy.ts";
import { nodeShell } from "../../src/node/shell.ts";
import type { CommandEnd, CommandRun, Shell } from "../../src/world.ts";

/** A workspace, a folder beside it that a command has no business in, and a shell that runs inside. */
export interface Sandboxed {
  readonly shell: Shell;
  readonly root: string;
  readonly outside: string;
  readonly run: (command: string, more?: Partial<CommandRun>) => Promise<CommandEnd>;
  readonly remove: () => Promise<void>;
}

/** Makes them; `env` are variables the person has. */
export async function sandboxed(
  policy: Partial<SandboxPolicy> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<Sandboxed> {
  const place = await realpath(await mkdtemp(join(tmpdir(), "wheelhouse-")));
  const [root, outside] = [join(place, "workspace"), join(place, "outside")];
  await Promise.all([root, outside].map((it) => mkdir(it)));
  const whole = { mode: "on", roots: [root], allowWrite: [], allowedHosts: [], ...policy } as const;
  const shell = nodeShell({ ...process.env, ...env }, () => whole);
  return {
    shell,
    root,
    outside,
    run: (command, more = {}) =>
      shell.run(
        { command, folder: root, timeoutMs: 15_000, onOutput: () => {}, sandboxed: true, ...more },
        new AbortController().signal,
      ),
    remove: () => rm(place, { recursive: true, force: true }),
  };
}
