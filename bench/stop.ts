import { tmpdir } from "node:os";
import { nodeShell } from "../src/node/shell.ts";
import { type Figure, median } from "./measure.ts";

const TIMES = 9;

/** Commands that are hard to end: deaf to signals, in sessions of their own. */
const COMMANDS: readonly (readonly [string, string])[] = [
  ["a sleeping command", "echo READY; sleep 60"],
  ["a command that does not listen", `echo READY; bash -c 'trap "" TERM INT HUP; while :; do sleep 1; done'`],
  [
    "a daemon in a session of its own",
    `setsid bash -c 'trap "" TERM; while :; do sleep 1; done' >/dev/null 2>&1 & echo READY; sleep 60`,
  ],
];

/** From Stop to the moment when nothing of a command is left. */
export async function stopFigures(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [what, command] of COMMANDS) {
    const took: number[] = [];
    for (let at = 0; at < TIMES; at++) took.push(await stop(command));
    figures.push({
      what: `Stop ends ${what}`,
      measured: median(took),
      limit: 200,
      kind: "at most",
      unit: "ms",
    });
  }
  return figures;
}

async function stop(command: string): Promise<number> {
  const controller = new AbortController();
  let from = 0;
  const onOutput = (text: string) => {
    if (!text.includes("READY")) return;
    from = performance.now();
    controller.abort();
  };
  await nodeShell(process.env).run(
    { command, folder: tmpdir(), timeoutMs: 30_000, onOutput },
    controller.signal,
  );
  return performance.now() - from;
}
