import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Script } from "./server.ts";
import { startStandIn } from "./server.ts";
import type { Turn } from "./turns.ts";

/**
 * `node main.ts SCRIPT.json [--account enforce-5-2-only] [--port N] [--repeat] [--keep]`: prints its URL and plays the
 * script, a list of turns, until it is killed. `--repeat` begins again at the end; `--keep` prints each request body.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    account: { type: "string" },
    port: { type: "string" },
    repeat: { type: "boolean" },
    keep: { type: "boolean" },
  },
});

const turns: readonly Turn[] = JSON.parse(readFileSync(positionals[0] ?? 0, "utf8"));
const over: Turn = { status: 400, message: "The script of the stand-in is over." };
const script: Script = (request, turn) => {
  if (values.keep) process.stderr.write(`${JSON.stringify(request)}\n`);
  return turns[values.repeat ? turn % turns.length : turn] ?? over;
};

const standIn = await startStandIn({
  script,
  account: values.account === "enforce-5-2-only" ? "enforce-5-2-only" : "enforce-all",
  port: Number(values.port ?? 0),
  keep: false,
});
process.stdout.write(`${standIn.url}\n`);
