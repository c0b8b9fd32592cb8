import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageOf } from "../../src/std/error-message.ts";
import { openConnection, requestBytes, type Target } from "./connection.ts";
import { freePort, type Running, startProgram } from "./process.ts";
import { requestBody } from "./wanted.ts";
import { plainTarget, type Way } from "./ways.ts";

const INSTALL_MS = 120_000;
const ANSWER_MS = 10_000;

/** Programs others use for the same; those that cannot be had, or do not answer, are named and left out. */
export async function peerWays(vendor: number): Promise<readonly Way[]> {
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-peers-"));
  const found: Way[] = [];
  for (const [name, start] of [
    ["nginx", nginx],
    ["Portkey", portkey],
    ["claude-code-router", claudeCodeRouter],
  ] as const) {
    const own = join(folder, name);
    mkdirSync(own);
    try {
      const way = await start(own, vendor);
      const status = await statusOf(way.target);
      if (status === 200) found.push(way);
      else {
        await way.running.stop();
        throw new Error(`it answers ${status}`);
      }
    } catch (error) {
      console.log(`${name} is left out: ${messageOf(error).slice(0, 300)}`);
    }
  }
  return found;
}

/** The status of one small answer; 0: none came. */
async function statusOf(target: Target): Promise<number> {
  const body = requestBody({ id: "p", count: 1, every: 0, size: 0 }, false);
  const connection = await openConnection(target.port);
  const late = setTimeout(() => connection.socket.destroy(), ANSWER_MS);
  const status = await connection.ask(requestBytes(target, body), () => undefined).catch(() => 0);
  clearTimeout(late);
  connection.socket.destroy();
  return status;
}

/** Debian's package, unpacked beside the system and not into it. */
async function nginx(folder: string, vendor: number): Promise<Way> {
  let command = "/usr/sbin/nginx";
  if (!existsSync(command)) {
    run("apt-get", ["download", "nginx"], folder);
    for (const it of readdirSync(folder).filter((name) => name.endsWith(".deb")))
      run("dpkg", ["-x", it, folder], folder);
    command = join(folder, "usr/sbin/nginx");
  }
  const port = await freePort();
  const configuration = join(folder, "nginx.conf");
  writeFileSync(configuration, nginxConfiguration(port, vendor, folder));
  const given = ["-p", folder, "-c", configuration, "-g", "daemon off;", "-e", join(folder, "error.log")];
  return { running: await startProgram({ command, given, port }), target: plainTarget("nginx", port) };
}

function nginxConfiguration(port: number, vendor: number, folder: string): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (it) => `${it}_temp_path ${folder}/${it};`,
  );
  return `worker_processes 1; user root; pid ${folder}/pid; events { worker_connections 8192; }
http { access_log off; ${temporary.join(" ")}
upstream vendor { server 127.0.0.1:${vendor}; keepalive 128; }
server { listen 127.0.0.1:${port}; keepalive_requests 1000000000;
location / { proxy_pass http://vendor; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; } } }`;
}

async function portkey(folder: string, vendor: number): Promise<Way> {
  install(folder, "@portkey-ai/gateway");
  const port = await freePort();
  const script = join(folder, "node_modules/@portkey-ai/gateway/build/start-server.js");
  const target = plainTarget("Portkey", port);
  const running = await startProgram({
    command: process.execPath,
    given: [script, `--port=${port}`, "--headless"],
    cwd: folder,
    port,
  });
  const headers = {
    ...target.headers,
    "x-portkey-provider": "anthropic",
    "x-portkey-custom-host": `http://127.0.0.1:${vendor}/v1`,
  };
  return { running, target: { ...target, headers } };
}

/** The newest that can be installed: of some versions a dependency is not there. */
async function claudeCodeRouter(folder: string, vendor: number): Promise<Way> {
  try {
    install(folder, "@musistudio/claude-code-router");
  } catch (error) {
    console.log(
      `claude-code-router's newest cannot be installed, 2.0.0 is taken: ${messageOf(error).slice(0, 120)}`,
    );
    install(folder, "@musistudio/claude-code-router@2.0.0");
  }
  const port = await freePort();
  const settings = join(folder, ".claude-code-router");
  mkdirSync(settings);
  writeFileSync(
    join(settings, "config.json"),
    JSON.stringify({
      PORT: port,
      HOST: "127.0.0.1",
      LOG: false,
      NON_INTERACTIVE_MODE: true,
      Providers: [
        {
          name: "vendor",
          api_base_url: `http://127.0.0.1:${vendor}/v1/messages`,
          api_key: "vendor-key-of-the-bench",
          models: ["claude-sonnet-5-5"],
          transformer: { use: ["Anthropic"] },
        },
      ],
      Router: { default: "vendor,claude-sonnet-5-5" },
    }),
  );
  const script = join(folder, "node_modules/@musistudio/claude-code-router/dist/cli.js");
  const running: Running = await startProgram({
    command: process.execPath,
    given: [script, "start"],
    env: { HOME: folder },
    cwd: folder,
    port,
  });
  return { running, target: plainTarget("claude-code-router", port) };
}

function install(folder: string, what: string): void {
  writeFileSync(join(folder, "package.json"), "{}");
  run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", what], folder);
}

function run(command: string, given: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, given, { cwd, timeout: INSTALL_MS, encoding: "utf8" });
  if (status !== 0)
    throw new Error(`${command} ${given.join(" ")} failed: ${(stderr ?? "").trim().slice(0, 200)}`);
}
