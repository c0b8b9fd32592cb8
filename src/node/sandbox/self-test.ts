import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { never } from "../../std/abort.ts";
import type { SandboxState } from "../../world.ts";
import type { Environment } from "../environment.ts";
import { findProgram } from "../find-program.ts";
import { lazy } from "../lazy.ts";
import type { Room } from "./furniture.ts";
import { PLACEHOLDERS } from "./placeholders.ts";
import { quarantine } from "./quarantine.ts";
import { startInside } from "./start-inside.ts";
import { viewOf } from "./view.ts";
import type { Walls } from "./walls.ts";

/** One thing that must not succeed inside, and whether it did. */
export interface Probe {
  readonly what: "write outside" | "read a secret" | "reach a listener" | "make a protected file";
  readonly isRefused: boolean;
}

/** What came of trying; `failure`: the sandbox could not even start, as a sentence. */
export interface Trial {
  readonly probes: readonly Probe[];
  readonly failure: string | undefined;
}

const LIMIT_MS = 10_000;

/**
 * Tries in a folder of its own what a sandbox must refuse. Whether it did is looked up outside, never taken from what
 * was said inside.
 */
export async function tryWalls(walls: Walls, room: Room, env: Environment, home: string): Promise<Trial> {
  const place = await realpath(await mkdtemp(join(tmpdir(), "wheelhouse-probe-")));
  const [root, outside] = [join(place, "workspace"), join(place, "outside")];
  const canary = `canary${lazy.crypto.randomBytes(9).toString("hex")}`;
  const listener = createServer();
  let reached = false;
  listener.on("connection", (socket) => {
    reached = true;
    socket.destroy();
  });
  try {
    await Promise.all([mkdir(join(root, "nested"), { recursive: true }), mkdir(outside)]);
    await Promise.all([writeFile(join(root, ".env"), canary), writeFile(join(outside, "secret"), canary)]);
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    const { port } = listener.address() as AddressInfo;
    const signal = never();
    await Promise.all(PLACEHOLDERS.map((it) => mkdir(join(root, it))));
    const view = await viewOf({ roots: [root], allowWrite: [] }, env, home, signal);
    const script = scriptOf(root, outside, port);
    // Only bash opens sockets by itself: with another shell it is not known whether one could be.
    const shell = findProgram(["bash", "sh"], `/bin:/usr/bin:${env.PATH ?? ""}`) ?? "/bin/sh";
    const said = await startInside(
      walls.around({ program: shell, args: ["-c", script], env, folder: root }, view, room, false),
      LIMIT_MS,
    );
    await quarantine([root], view.guarded, signal);
    const isThere = (...path: string[]) => existsSync(join(root, ...path));
    if (!isThere("worked")) return { probes: [], failure: walls.failure(said) };
    const isMade = isThere(".vscode", "tasks.json") || isThere("nested", ".mcp.json");
    return {
      failure: undefined,
      probes: [
        { what: "write outside", isRefused: !existsSync(join(outside, "written")) },
        { what: "read a secret", isRefused: !said.includes(canary) },
        { what: "reach a listener", isRefused: !reached && shell.endsWith("bash") },
        { what: "make a protected file", isRefused: !isMade },
      ],
    };
  } finally {
    listener.close();
    await rm(place, { recursive: true, force: true });
  }
}

function scriptOf(root: string, outside: string, port: number): string {
  return [
    `echo > '${outside}/written'`,
    `ln -s '${outside}' link; echo > link/written`,
    `cat .env '${outside}/secret' link/secret`,
    `(exec 3<>/dev/tcp/127.0.0.1/${port})`,
    "mkdir .vscode; echo > .vscode/tasks.json; echo > nested/.mcp.json",
    `echo > '${root}/worked'`,
  ].join("\n");
}

/** What the outcome of a trial is worth. */
export function stateOf({ probes, failure }: Trial, lacks: string | undefined): SandboxState {
  if (failure !== undefined) return { level: "none", why: failure };
  const held = new Set(probes.flatMap((it) => (it.isRefused ? [it.what] : [])));
  const broken = probes.filter((it) => !it.isRefused).map((it) => it.what);
  const ofFiles = (["write outside", "read a secret", "make a protected file"] as const).every((it) =>
    held.has(it),
  );
  if (!ofFiles)
    return {
      level: "none",
      why: `The sandbox does not hold: in its self-test a command could ${broken.join(", ")}.`,
    };
  if (broken.length > 0 || lacks !== undefined)
    return {
      level: "files",
      why: `The sandbox keeps files, but not the network: ${lacks ?? `in its self-test a command could ${broken.join(", ")}`}.`,
    };
  return {
    level: "full",
    why: "Commands in the sandbox write in the workspace only, read no secrets and have no network.",
  };
}
