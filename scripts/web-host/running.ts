import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How long a server that is there may take to answer, in milliseconds. */
const PATIENCE_MS = 3_000;

/** The port of the VS Code that was started before with this state and still answers; `undefined`: there is none. */
export async function runningPort(
  state: string,
  token: string,
  secretHalf: Buffer,
): Promise<number | undefined> {
  const port = notedPort(state);
  if (port === undefined) return undefined;
  try {
    // Only our own front knows this half of the key.
    const answer = await fetch(`http://127.0.0.1:${port}/mint-key?tkn=${token}`, {
      method: "POST",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return Buffer.from(await answer.arrayBuffer()).equals(secretHalf) ? port : undefined;
  } catch {
    // Nobody is there any more.
    return undefined;
  }
}

/** Notes where it runs, for the next start; answers how to take the note away. */
export function noteRunning(state: string, port: number): () => void {
  const path = join(state, "running.json");
  writeFileSync(path, JSON.stringify({ pid: process.pid, port }));
  return () => {
    if (notedPort(state) === port) rmSync(path, { force: true });
  };
}

function notedPort(state: string): number | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(join(state, "running.json"), "utf8"));
    const { pid, port } = note as { readonly pid?: unknown; readonly port?: unknown };
    if (typeof pid !== "number" || typeof port !== "number") return undefined;
    process.kill(pid, 0);
    return port;
  } catch {
    // No note, or its process is gone.
    return undefined;
  }
}
