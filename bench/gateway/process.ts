import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";

/** A program under measurement that listens. */
export interface Running {
  readonly port: number;
  /** Its process and all those below it. */
  readonly pids: () => readonly number[];
  /** Milliseconds of processor time that it and its children have used so far. */
  readonly cpuMs: () => number;
  /** Mebibytes that it and its children hold in memory. */
  readonly residentMb: () => number;
  readonly hasEnded: () => boolean;
  readonly stop: () => Promise<void>;
}

/** How a program is started. */
export interface Starting {
  readonly command: string;
  readonly given: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Where it listens; absent: it prints `127.0.0.1:PORT` when it does. */
  readonly port?: number;
}

const START_MS = 30_000;

/** Starts a program and resolves when it listens; rejects with what it printed when it does not. */
export async function startProgram({ command, given, env, cwd, port }: Starting): Promise<Running> {
  const child = spawn(command, given, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  let printed = "";
  const hear = (bytes: Buffer) => {
    printed = (printed + bytes.toString("utf8")).slice(-4_000);
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const until = performance.now() + START_MS;
  for (;;) {
    const found = port ?? Number(/127\.0\.0\.1:(\d+)/.exec(printed)?.[1] ?? 0);
    if (found !== 0 && (await isListening(found))) return running(child, found);
    if (child.exitCode !== null || performance.now() > until) {
      child.kill("SIGKILL");
      throw new Error(`${command} ${given.join(" ")} does not listen: ${printed.trim()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A port that is free just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function isListening(port: number): Promise<boolean> {
  const tables = ["/proc/net/tcp", "/proc/net/tcp6"].map((it) => readFileSync(it, "utf8"));
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")} `;
  // State 0A: it listens (https://docs.kernel.org/networking/proc_net_tcp.html).
  return tables.some((it) => it.split("\n").some((line) => line.includes(wanted) && / 0A /.test(line)));
}

function running(child: ChildProcess, port: number): Running {
  const pid = child.pid ?? 0;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const sum = (of: (pid: number) => number) =>
    familyOf(pid).reduce((total, it) => total + valueOr0(() => of(it)), 0);
  return {
    port,
    pids: () => familyOf(pid),
    cpuMs: () => sum(cpuOf),
    residentMb: () => sum(residentOf),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), 2_000);
      await ended;
      clearTimeout(force);
    },
  };
}

function familyOf(pid: number): readonly number[] {
  const parents = readdirSync("/proc")
    .filter((it) => /^\d+$/.test(it))
    .map((it) => [Number(it), valueOr0(() => Number(fieldsOf(Number(it))[1]))] as const);
  const family = [pid];
  for (const one of family) family.push(...parents.filter(([, parent]) => parent === one).map(([it]) => it));
  return family;
}

/** What follows the name in parentheses, which may hold blanks (proc_pid_stat(5)). */
function fieldsOf(pid: number): readonly string[] {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/** Linux counts in hundredths of a second. */
function cpuOf(pid: number): number {
  const fields = fieldsOf(pid);
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function residentOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
}

/** A process may end between one look and the next. */
function valueOr0(look: () => number): number {
  try {
    return look();
  } catch {
    return 0;
  }
}
