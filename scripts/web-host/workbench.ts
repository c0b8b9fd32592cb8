import { join } from "node:path";
import { front } from "./front.ts";
import { secretHalf, serve } from "./serve.ts";

/** A VS Code served on loopback for tests: no token, no trust questions unless asked for. */
export interface Workbench {
  /** `127.0.0.1:PORT`, which is also the authority of its remote files. */
  readonly host: string;
  /** Process of VS Code's server. */
  readonly pid: number | undefined;
  readonly stop: () => Promise<void>;
}

export interface WorkbenchOptions {
  /** Folder of VS Code's server. */
  readonly server: string;
  /** Folder of this VS Code's state. */
  readonly state: string;
  readonly extensions?: string;
  /** Whether folders must be trusted first, as in a VS Code for people. */
  readonly asksForTrust?: boolean;
  readonly env: Readonly<Record<string, string>>;
}

/** Serves VS Code to one test run. Rejects with where its log is when it does not start. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { server, state, env, extensions = join(state, "extensions"), asksForTrust = false } = options;
  const given = ["--enable-smoke-test-driver", ...(asksForTrust ? [] : ["--disable-workspace-trust"])];
  const serving = await serve({ server, state, extensions, port: 0, token: undefined, given, env });
  const door = await front(0, serving.port, secretHalf(state), serving.token);
  return {
    host: `127.0.0.1:${door.port}`,
    pid: serving.process.pid,
    async stop() {
      door.close();
      await serving.stop();
    },
  };
}

/** What a window is opened on. All paths are absolute. */
export interface WindowTarget {
  /** A folder or a `.code-workspace` file; `undefined`: an empty window. */
  readonly folder?: string | undefined;
  readonly extensionDevelopmentPath?: string | undefined;
  readonly extensionTestsPath?: string | undefined;
}

/** The address at which a window of that workbench opens. */
export function windowAddress({ host }: Workbench, target: WindowTarget): string {
  const remote = (path: string) => `vscode-remote://${host}${path}`;
  const { folder, extensionDevelopmentPath: development, extensionTestsPath: tests } = target;
  const payload = [
    ["skipWelcome", "true"],
    ...(development ? [["extensionDevelopmentPath", remote(development)]] : []),
    ...(tests ? [["extensionTestsPath", remote(tests)]] : []),
  ];
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (folder === undefined) query.set("ew", "true");
  else query.set(folder.endsWith(".code-workspace") ? "workspace" : "folder", folder);
  return `http://${host}/?${query}`;
}
