import type { Environment } from "../environment.ts";

/** Where commands find the proxy, in a network that has nothing else in it. */
const PORT = 3128;

/**
 * Listens inside and hands everything on to the socket that leads out, then runs the command and ends as it ends. Node
 * runs it, for nothing else that can do so is on every machine.
 */
const SCRIPT = `
const net = require("node:net"), { spawn } = require("node:child_process"), { constants } = require("node:os");
const [socket, program, ...args] = process.argv.slice(1);
delete process.env.ELECTRON_RUN_AS_NODE;
const server = net.createServer((inner) => {
  const outer = net.connect(socket);
  inner.on("error", () => outer.destroy());
  outer.on("error", () => inner.destroy());
  inner.pipe(outer).pipe(inner);
});
server.on("error", () => process.exit(125));
server.listen(${PORT}, "127.0.0.1", () => {
  const child = spawn(program, args, { stdio: [0, 1, 2, 3] });
  child.on("error", () => process.exit(127));
  child.on("exit", (code, by) => process.exit(code ?? 128 + constants.signals[by]));
});`;

/** What runs `program` with the way out at `socket`. */
export function bridged(
  node: string,
  socket: string,
  program: string,
  args: readonly string[],
): { readonly program: string; readonly args: readonly string[] } {
  return { program: node, args: ["-e", SCRIPT, "--", socket, program, ...args] };
}

/** What tells programs of the way out; the editor's own executable runs scripts only when told to. */
export function bridgeEnvironment(): Environment {
  const address = `http://127.0.0.1:${PORT}`;
  const names = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"];
  return {
    ...Object.fromEntries(names.map((it) => [it, address])),
    NO_PROXY: "",
    no_proxy: "",
    NODE_USE_ENV_PROXY: "1",
    ELECTRON_RUN_AS_NODE: "1",
  };
}
