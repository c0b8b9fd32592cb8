/**
 * `node swept-session.ts HOME PROJECT COMMAND`: begins a session in which the model runs that one command, with a real
 * shell and real sweeps, and prints its id and then the type of every event. It goes on until its turn ends, or it is killed.
 */
import { writeSync } from "node:fs";
import { join } from "node:path";
import { bash } from "../../src/agent/tools/bash.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { nodeFiles } from "../../src/node/files.ts";
import { findProgram } from "../../src/node/find-program.ts";
import { findRipgrep } from "../../src/node/find-ripgrep.ts";
import { type HostWiring, openSession } from "../../src/node/open-session.ts";
import { nodeShell } from "../../src/node/shell.ts";
import { openStore } from "../../src/node/store.ts";
import { nodeSweeps } from "../../src/node/sweep/sweeps.ts";
import { NO_RULES } from "../../src/permission/rules.ts";
import { call, calls, says, scripted } from "../support/scripted-model.ts";
import { testWorld } from "../support/world.ts";
import { beginningIn } from "./editing-session.ts";

/** What such a session needs of its host. */
export function sweptWiring(home: string, project: string, command: string): HostWiring {
  const sweeps = nodeSweeps({
    git: () => findProgram(["git"], process.env["PATH"] ?? ""),
    ripgrep: findRipgrep({ here: import.meta.dirname, path: "", workspace: [] }),
    env: process.env,
    own: home,
    now: nodeClock.now,
  });
  const real = { files: nodeFiles(), clock: nodeClock, shell: nodeShell(process.env), sweeps };
  const policy = { rules: NO_RULES, trusted: true, roots: [project], bypassAllowed: true, maxRequests: 0 };
  return {
    world: { ...testWorld(), ...real },
    router: scripted([calls(call("Bash", { command })), says("done")]),
    tools: [bash],
    policy: () => ({ ...policy, maxCost: undefined }),
    instructions: async () => "",
    appendedPrompt: "",
    writeRule: async () => undefined,
    attended: false,
    host: "test",
    version: "0",
  };
}

async function work(home: string, project: string, command: string): Promise<void> {
  const store = openStore(home, nodeClock);
  const opened = await store.create(beginningIn(project));
  const session = await openSession(sweptWiring(home, project, command), opened, {
    emit: (it) => void writeSync(1, `${it.type}\n`),
    complain: (it) => void writeSync(2, it),
  });
  writeSync(1, `id ${session.state().id}\n`);
  await session.send({ type: "ask", text: "go", attachments: [] });
  await session.rested();
  await session.close();
}

if (import.meta.main) {
  const [home = "", project = "", command = ""] = process.argv.slice(2);
  await work(home, project, command);
}

/** This file. */
export const PROGRAM = join(import.meta.dirname, "swept-session.ts");
