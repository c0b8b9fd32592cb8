/**
 * `node editing-session.ts HOME PROJECT ID STAND`: takes up a session ("new": a new one) and works in it until it is
 * killed: each turn sets all files of the project to one new number, by one edit, and has a command write the number
 * down. Prints the session's id and then number and type of every event as the session's screens see it. STAND is
 * "2 began": at the second "began" the process stands still, so that the kill falls right there; "": it never does.
 * Without arguments it ends at once.
 */
import { writeSync } from "node:fs";
import { join } from "node:path";
import type { EditTool } from "../../src/agent/tool.ts";
import { bash } from "../../src/agent/tools/bash.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { nodeFiles } from "../../src/node/files.ts";
import { type HostWiring, openSession } from "../../src/node/open-session.ts";
import { nodeShell } from "../../src/node/shell.ts";
import { openStore, type Store } from "../../src/node/store.ts";
import { NO_RULES } from "../../src/permission/rules.ts";
import { UTF8 } from "../../src/text/encoding.ts";
import { call, calls, says, scripted } from "../support/scripted-model.ts";
import { testWorld } from "../support/world.ts";

/** Files of a project; all hold the same number, or an edit was made in part. */
export const NUMBERED_FILES = ["a", "b", "c", "d", "e"].map((it) => `${it}.txt`);

function renumber(names: readonly string[]): EditTool {
  return {
    name: "Renumber",
    description: "Sets all files to one number.",
    input: { type: "object", properties: { number: { type: "string" } }, required: ["number"] },
    title: () => "",
    reach: (_, folder) => ({ kind: "edit", paths: names.map((it) => join(folder, it)) }),
    async plan({ number }, { folder, files }, signal) {
      const changes = names.map(async (it) => {
        const path = join(folder, it);
        const found = await files.read(path, signal);
        if (found.kind === "failed") throw new Error(found.reason);
        const before = found.kind === "text" ? found.text : undefined;
        return { path, before, after: String(number), form: UTF8 };
      });
      return { kind: "plan", changes: await Promise.all(changes), notes: [] };
    },
  };
}

/** What such a session needs of its host; its numbers begin with `name`, which nobody else's in this project may. `files` hold the numbers. */
export function editingWiring(
  project: string,
  name = String(process.pid),
  files: readonly string[] = NUMBERED_FILES,
): HostWiring {
  let turn = 0;
  const number = () => `${name}.${turn}`;
  const model = scripted((request, signal) => {
    const said = request.messages.at(-1)?.content.some((it) => it.type === "tool_result") ?? false;
    if (said) return says("Done.")(request, signal);
    turn++;
    const edit = call("Renumber", { number: number() }, `edit_${number()}`);
    const command = call("Bash", { command: `echo ${number()} >> ran.log` }, `run_${number()}`);
    return calls(edit, command)(request, signal);
  });
  return {
    world: { ...testWorld(), files: nodeFiles(), clock: nodeClock, shell: nodeShell(process.env) },
    router: model,
    tools: [bash, renumber(files)],
    policy: () => ({
      rules: NO_RULES,
      trusted: true,
      roots: [project],
      bypassAllowed: true,
      maxRequests: 0,
      maxCost: undefined,
    }),
    instructions: async () => "",
    appendedPrompt: "",
    writeRule: async () => undefined,
    attended: false,
    host: "test",
    version: "0",
  };
}

/** Called with the type of each event; at the named one nothing of this thread goes on any more. */
function standing(stand: string): (type: string) => void {
  const [nth, wanted] = stand.split(" ");
  let left = Number(nth);
  return (type) => {
    if (type === wanted && --left === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
}

/** How a session of these programs begins. */
export function beginningIn(folder: string): Parameters<Store["create"]>[0] {
  return {
    folder,
    model: "test",
    effort: undefined,
    mode: "bypassPermissions",
    host: "test",
    version: "0",
  };
}

async function work(home: string, project: string, id: string, stand: string): Promise<void> {
  const store = openStore(home, nodeClock);
  const opened = id === "new" ? await store.create(beginningIn(project)) : await store.open(id);
  if (opened.kind !== "open") throw new Error(JSON.stringify(opened));
  const [begin] = opened.events;
  writeSync(1, `id ${begin?.type === "opened" ? begin.id : ""}\n`);
  const mayStand = standing(stand);
  const emit = ({ n, type }: { readonly n: number; readonly type: string }) => {
    writeSync(1, `${n} ${type}\n`);
    mayStand(type);
  };
  const session = await openSession(editingWiring(project), opened, {
    emit,
    complain: (it) => void writeSync(2, it),
  });
  for (;;) {
    await session.send({ type: "ask", text: "renumber", attachments: [] });
    await session.rested();
  }
}

if (import.meta.main) {
  const [home, project = "", id = "new", stand = ""] = process.argv.slice(2);
  if (home !== undefined) await work(home, project, id, stand);
}
