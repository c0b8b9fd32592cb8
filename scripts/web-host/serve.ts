import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Serving {
  readonly port: number;
  /** Needed by whoever opens a page or a socket; `undefined` in tests. */
  readonly token: string | undefined;
  readonly process: ChildProcess;
  readonly stop: () => Promise<void>;
}

export interface ServeOptions {
  /** Folder of VS Code's server. */
  readonly server: string;
  /** Folder of this VS Code's state. */
  readonly state: string;
  readonly extensions: string;
  /** 0: any free one. */
  readonly port: number;
  readonly given: readonly string[];
  readonly token: string | undefined;
  readonly env: Readonly<Record<string, string>>;
}

const START_LIMIT_MS = 60_000;

/** Starts VS Code's server on loopback and resolves when it listens. Rejects with where its log is when it does not. */
export async function serve({
  server,
  state,
  extensions,
  port,
  given,
  token,
  env,
}: ServeOptions): Promise<Serving> {
  for (const folder of [state, extensions]) mkdirSync(folder, { recursive: true });
  const secret =
    token === undefined
      ? ["--without-connection-token"]
      : ["--connection-token-file", tokenFile(state, token)];
  const places = [
    "--server-data-dir",
    join(state, "server"),
    "--user-data-dir",
    state,
    "--extensions-dir",
    extensions,
  ];
  const child = spawn(
    process.execPath,
    [
      join(server, "out/server-main.js"),
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      ...secret,
      "--accept-server-license-terms",
      "--telemetry-level",
      "off",
      ...places,
      ...given,
    ],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } },
  );
  // A test that fails before it has what it would have to stop must leave nothing running.
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  child.once("exit", () => process.removeListener("exit", end));
  const logPath = join(state, "server.log");
  const log = createWriteStream(logPath);
  child.stderr.pipe(log);
  const listening = await portOf(child, (text) => log.write(text), logPath);
  return { port: listening, token, process: child, stop: () => stop(child) };
}

/** A command line can be read by everybody on the machine, a file of ours cannot. */
function tokenFile(state: string, token: string): string {
  const path = join(state, "connection-token");
  rmSync(path, { force: true });
  writeFileSync(path, token, { mode: 0o600 });
  return path;
}

function portOf(child: ChildProcess, write: (text: string) => void, logPath: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`VS Code's server did not start; see ${logPath}`)),
      START_LIMIT_MS,
    );
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      write(chunk.toString());
      text += chunk.toString();
      const port = /agent listening on (\d+)/.exec(text)?.[1];
      if (port) resolve(Number(port));
      if (port) clearTimeout(late);
    });
    child.once("exit", (code) => reject(new Error(`VS Code's server ended with ${code}; see ${logPath}`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 4000))]);
  child.kill("SIGKILL");
}

/** The half of the key that seals VS Code's secret storage in a browser: made once and kept with the state. */
export function secretHalf(state: string): Buffer {
  const path = join(state, "secret-half");
  mkdirSync(state, { recursive: true });
  if (!existsSync(path)) writeFileSync(path, randomBytes(32), { mode: 0o600 });
  return readFileSync(path);
}

/** Settings a fresh VS Code begins with; what the person changed stays. */
export function writeSettings(state: string, settings: Readonly<Record<string, unknown>>): void {
  const path = join(state, "User", "settings.json");
  if (existsSync(path)) return;
  mkdirSync(join(state, "User"), { recursive: true });
  writeFileSync(path, JSON.stringify(settings, null, 2));
}
