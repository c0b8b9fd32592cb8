/**
 * `node rewinding-session.ts HOME PROJECT ID`: takes up a session ("new": a new one) and works in it until it is killed:
 * a turn sets all files of the project to one new number, then it rewinds to before it, and takes every second rewind
 * back. Prints the session's id and then a line for each event.
 */
import { writeSync } from "node:fs";
import { rewindPoints } from "../../src/agent/rewind-points.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { openSession } from "../../src/node/open-session.ts";
import { openStore } from "../../src/node/store.ts";
import { beginningIn, editingWiring } from "./editing-session.ts";

const [home = "", project = "", id = "new"] = process.argv.slice(2);
const store = openStore(home, nodeClock);
const opened = id === "new" ? await store.create(beginningIn(project)) : await store.open(id);
if (opened.kind !== "open") throw new Error(JSON.stringify(opened));
const [begin] = opened.events;
writeSync(1, `id ${begin?.type === "opened" ? begin.id : ""}\n`);
const session = await openSession(editingWiring(project), opened, {
  emit: ({ n, type }) => void writeSync(1, `${n} ${type}\n`),
  complain: (it) => void writeSync(2, it),
});
for (let round = 0; ; round++) {
  await session.send({ type: "ask", text: "renumber", attachments: [] });
  await session.rested();
  const to = rewindPoints(session.memory()).at(-1)?.n ?? 0;
  await session.send({ type: "rewind", to, files: true, conversation: round % 3 === 0 });
  if (round % 2 === 0) await session.send({ type: "takeBackRewind" });
}
