import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Figure, ratios, runNode } from "./measure.ts";

const cli = new URL("../dist/cli.cjs", import.meta.url).pathname;

/** How long the command takes to start, against a Node that does nothing. */
export async function startFigures(): Promise<readonly Figure[]> {
  const env = { WHEELHOUSE_HOME: mkdtempSync(join(tmpdir(), "wheelhouse-home-")) };
  const nothing = () => runNode(["-e", "0"]);
  const version = await ratios(() => runNode([cli, "--version"], { env }), nothing, 25);
  const turn = await ratios(() => runNode([cli, "-p", "help"], { env, cwd: tmpdir() }), nothing, 25);
  return [
    {
      what: "wheelhouse --version, times node -e 0",
      measured: version.wall,
      limit: 1.5,
      kind: "at most",
      unit: "x",
    },
    {
      what: "one turn with -p, times node -e 0",
      measured: turn.wall,
      limit: 2.5,
      kind: "at most",
      unit: "x",
    },
  ];
}
