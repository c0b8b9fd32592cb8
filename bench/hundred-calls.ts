import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calls, says, type Turn } from "../test/support/stand-in/turns.ts";
import { type Figure, ratios, runNode } from "./measure.ts";

const cli = new URL("../dist/cli.cjs", import.meta.url).pathname;
const bareLoop = new URL("./bare-loop.ts", import.meta.url).pathname;
const standIn = new URL("../test/support/stand-in/main.ts", import.meta.url).pathname;
const CALLS = 100;

/** A task of a hundred tool calls (six reads, three edits and a command in every ten) against a bare loop over the SDK. */
export async function hundredCallsFigures(): Promise<readonly Figure[]> {
  const script = join(mkdtempSync(join(tmpdir(), "wheelhouse-script-")), "script.json");
  writeFileSync(script, JSON.stringify(turns()));
  const server = spawn(process.execPath, [standIn, script, "--repeat"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const url = await new Promise<string>((resolve) =>
      server.stdout.once("data", (it: Buffer) => resolve(it.toString().trim())),
    );
    const env = {
      ANTHROPIC_API_KEY: "sk-ant-bench-00000000000000000000",
      ANTHROPIC_BASE_URL: url,
      WHEELHOUSE_HOME: mkdtempSync(join(tmpdir(), "wheelhouse-home-")),
    };
    const settings = JSON.stringify({ permissions: { allowBypass: true } });
    const given = [
      "-p",
      "Do the task.",
      "--model",
      "claude-sonnet-5-5",
      "--permission-mode",
      "bypassPermissions",
      "--settings",
      settings,
    ];
    const ours = () => runNode([cli, ...given], { env, cwd: project(), withPeak: true });
    const bare = () => runNode([bareLoop, "Do the task."], { env, cwd: project(), withPeak: true });
    const measured = await ratios(ours, bare, 5);
    return [
      {
        what: "100 tool calls with -p, wall time times a bare loop over the SDK",
        measured: measured.wall,
        limit: 1.5,
        kind: "at most",
        unit: "x",
      },
      {
        what: "100 tool calls with -p, peak memory times a bare loop",
        measured: measured.peak,
        limit: 1.3,
        kind: "at most",
        unit: "x",
      },
    ];
  } finally {
    server.kill();
  }
}

/** Every run gets the same files anew. */
function project(): string {
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-project-"));
  cpSync(new URL("../sample", import.meta.url).pathname, folder, { recursive: true });
  writeFileSync(
    join(folder, "numbers.txt"),
    Array.from({ length: 200 }, (_, index) => `line ${index}\n`).join(""),
  );
  return folder;
}

function turns(): readonly Turn[] {
  let edits = 0;
  const call = (index: number) => {
    const place = index % 10;
    if (place === 9) return calls("Bash", { command: "echo done" });
    if (place % 3 !== 2) return calls("Read", { file_path: place === 0 ? "numbers.txt" : "src/cart.ts" });
    const line = edits++;
    return calls("Edit", {
      file_path: "numbers.txt",
      old_string: `line ${line}\n`,
      new_string: `row ${line}\n`,
    });
  };
  return [
    ...Array.from({ length: CALLS }, (_, index) => ({ blocks: [says(`Step ${index}.`), call(index)] })),
    { blocks: [says("All done.")] },
  ];
}
