import { access, constants, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { findRipgrep } from "../node/find-ripgrep.ts";
import { homeOf } from "../node/home-of.ts";
import { placesOf } from "../node/places.ts";
import { sandboxPolicy } from "../node/sandbox/policy.ts";
import { nodeShell } from "../node/shell.ts";
import { never } from "../std/abort.ts";
import { messageOf } from "../std/error-message.ts";
import { VERSION } from "../version.ts";
import { checkpointsText } from "./clean-command.ts";
import { type Console, EXIT } from "./console.ts";
import { terminalHost } from "./host.ts";
import { NO_OVERRIDES } from "./overrides.ts";
import { readPerson } from "./person.ts";

interface Finding {
  readonly what: string;
  readonly isGood: boolean;
  readonly says: string;
}

/** `wheelhouse doctor`: looks at everything a session needs and says what is missing. No key is shown and no model is called. */
export async function doctorCommand({ env, cwd, stdout }: Console): Promise<number> {
  const findings = [
    node(),
    sqlite(),
    ripgrep(cwd, env),
    ...key(env),
    await home(env),
    ...(await settings(cwd, env)),
    await sandbox(cwd, env),
    { what: "Checkpoints", isGood: true, says: await checkpointsText({ env, cwd }) },
  ];
  stdout.write(`Wheelhouse ${VERSION}\n`);
  for (const { what, isGood, says } of findings)
    stdout.write(`${isGood ? "ok     " : "PROBLEM"} ${what}: ${says}\n`);
  return findings.every((it) => it.isGood) ? EXIT.success : EXIT.failed;
}

function node(): Finding {
  return {
    what: "Node",
    isGood: Number(process.versions.node.split(".")[0]) >= 20,
    says: `${process.version} on ${process.platform}`,
  };
}

function sqlite(): Finding {
  const has = process.getBuiltinModule?.("node:sqlite") !== undefined;
  return {
    what: "Session list",
    isGood: true,
    says: has
      ? "indexed with SQLite"
      : "without SQLite (Node 22.13 or newer has it): slower with many sessions",
  };
}

function ripgrep(cwd: string, env: NodeJS.ProcessEnv): Finding {
  const path = findRipgrep({
    here: placesOf(import.meta.url).here,
    path: env["PATH"] ?? "",
    workspace: [cwd],
  });
  return {
    what: "Search",
    isGood: path !== undefined,
    says: path ?? "no ripgrep found: install it, so that Grep and Glob work",
  };
}

function key(env: NodeJS.ProcessEnv): readonly Finding[] {
  const given = ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"].filter((it) => env[it]);
  const says =
    given.length === 0
      ? "none, so new sessions use the offline model; set ANTHROPIC_API_KEY for Claude"
      : `from ${given.join(" and ")}`;
  return [{ what: "API key", isGood: true, says }];
}

async function home(env: NodeJS.ProcessEnv): Promise<Finding> {
  const path = homeOf(env);
  const failure = await mkdir(join(path, "sessions"), { recursive: true, mode: 0o700 })
    .then(() => access(path, constants.W_OK))
    .then(() => undefined, messageOf);
  return { what: "State", isGood: failure === undefined, says: failure ?? path };
}

async function settings(cwd: string, env: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  const host = await terminalHost(cwd, env, false, NO_OVERRIDES);
  await host.close();
  if (host.problems.length === 0) return [{ what: "Settings", isGood: true, says: `model ${host.model}` }];
  return host.problems.map((says) => ({ what: "Settings", isGood: false, says }));
}

/** Tried out even where it is switched off, so that one knows before one relies on it. */
async function sandbox(cwd: string, env: NodeJS.ProcessEnv): Promise<Finding> {
  const { settings } = await readPerson(homeOf(env), cwd, NO_OVERRIDES, []);
  const policy = sandboxPolicy(settings, [cwd]);
  const shell = nodeShell(env, () => ({ ...policy, mode: "on" }));
  const { level, why } = await shell.sandbox(never());
  const isOff = policy.mode === "off";
  return {
    what: "Sandbox",
    isGood: isOff || level === "full",
    says: `${level} (sandbox.mode ${policy.mode}). ${why}`,
  };
}
