import { envFiles } from "../node/env-files.ts";
import { keySecrets } from "../node/own-key.ts";
import { type Console, EXIT } from "./console.ts";
import { mcpTools } from "./mcp-tools.ts";
import { permissionOracle } from "./permission-request.ts";
import { withSourceTools } from "./source-tools.ts";
import { MCP_USAGE } from "./usage.ts";

/** `wheelhouse mcp`: serves Wheelhouse's own tools to another agent until that goes away. Resolves with the exit code. */
export async function mcpCommand(argv: readonly string[], console: Console): Promise<number> {
  const { stdout, stderr, env, cwd } = console;
  if (argv.some((it) => it === "--help" || it === "-h")) {
    stdout.write(`${MCP_USAGE}\n`);
    return EXIT.success;
  }
  const wrong = argv.find((it) => it !== "--read-only");
  if (wrong !== undefined) {
    stderr.write(`wheelhouse: there is no flag ${wrong} here.\n${MCP_USAGE}\n`);
    return EXIT.usage;
  }
  return withSourceTools(console, async (tools, signal) => {
    const folder = await tools.files.resolve(cwd);
    const oracle = permissionOracle(env, folder);
    try {
      const { serveMcp } = await import("./mcp-server.ts");
      const inFiles = envFiles(() => [folder]);
      const keys = keySecrets([env["ANTHROPIC_API_KEY"], env["ANTHROPIC_AUTH_TOKEN"]]);
      const secrets = async () => [...(await inFiles()), ...keys];
      const isReadOnly = argv.includes("--read-only");
      await serveMcp(mcpTools({ tools, oracle, folder, isReadOnly, secrets }), signal);
      return EXIT.success;
    } finally {
      await oracle.close();
    }
  });
}
