import { once } from "node:events";
import { fromJsonSchema, McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { messageOf } from "../std/error-message.ts";
import { VERSION } from "../version.ts";
import type { McpTool } from "./mcp-tools.ts";

/**
 * Serves tools over the Model Context Protocol on this process's standard input and output (specification, "Transports",
 * "stdio"), in its revisions of 2025 and 2026. Resolves when the client closes its end, or at the signal.
 */
export async function serveMcp(tools: readonly McpTool[], signal: AbortSignal): Promise<void> {
  const handle = serveStdio(() => serverOf(tools));
  const over = [once(process.stdin, "close", { signal }), once(process.stdin, "end", { signal })];
  await Promise.race(over).catch(() => undefined);
  await handle.close();
}

function serverOf(tools: readonly McpTool[]): McpServer {
  const server = new McpServer({ name: "wheelhouse", version: VERSION });
  for (const { name, description, input, isReading, call } of tools)
    server.registerTool(
      name,
      {
        description,
        inputSchema: fromJsonSchema<Parameters<typeof call>[0]>({ ...input }),
        annotations: { readOnlyHint: isReading, destructiveHint: false, openWorldHint: false },
      },
      async (given, context) => {
        try {
          const { text, failed } = await call(given, context.mcpReq.signal);
          return { content: [{ type: "text", text }], isError: failed };
        } catch (error) {
          context.mcpReq.signal.throwIfAborted();
          return { content: [{ type: "text", text: messageOf(error) }], isError: true };
        }
      },
    );
  return server;
}
