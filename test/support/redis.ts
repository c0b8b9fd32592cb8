import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";

/** The path of a Redis server; `undefined` when there is none. It is one when it is called by that name. */
export function redisProgram(): string | undefined {
  return ["/usr/bin/redis-server", "/usr/local/bin/redis-server", "/usr/bin/redis-check-rdb"].find((it) =>
    existsSync(it),
  );
}

/** Behind the title of tests that need it. */
export const NEEDS_REDIS = redisProgram() === undefined ? " (skipped: no redis-server)" : "";

/** A Redis of a test's own, in memory only. */
export interface TestRedis {
  readonly port: number;
  /** Begins again, empty, at the same port. */
  readonly start: () => Promise<void>;
  /** Ends it at once. */
  readonly kill: () => Promise<void>;
  /** It takes connections and answers nothing, until `resume`. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** What it says to a command, as it writes it. */
  readonly say: (...command: readonly string[]) => Promise<string>;
}

/** Starts one, with further arguments. */
export async function testRedis(...more: readonly string[]): Promise<TestRedis> {
  const program = redisProgram();
  if (program === undefined) throw new Error("there is no Redis");
  const port = await freePort();
  let running: ChildProcess | undefined;
  const start = async () => {
    const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", ...more];
    const child = spawn(program, args, { argv0: "redis-server", stdio: ["ignore", "pipe", "ignore"] });
    running = child;
    let said = "";
    for await (const piece of child.stdout ?? []) {
      said += String(piece);
      if (said.includes("Ready to accept connections")) break;
    }
    if (child.exitCode !== null) throw new Error(`Redis did not start: ${said}`);
  };
  await start();
  return {
    port,
    start,
    async kill() {
      const child = running;
      running = undefined;
      if (child === undefined || child.exitCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
    pause: () => void running?.kill("SIGSTOP"),
    resume: () => void running?.kill("SIGCONT"),
    async say(...command) {
      const child = spawn("/usr/bin/redis-cli", ["-p", String(port), ...command]);
      let said = "";
      for await (const piece of child.stdout) said += String(piece);
      return said.trim();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
