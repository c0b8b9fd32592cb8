import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Target } from "./connection.ts";
import { type Running, startProgram } from "./process.ts";

/** A way to the vendor, with the program on it. */
export interface Way {
  readonly target: Target;
  readonly running: Running;
}

const CLIENT_KEY = "bench-client-key-0123456789";
const CLI = fileURLToPath(new URL("../../dist/cli.cjs", import.meta.url));

/** The vendor of a measurement, to which the client goes without anything between. */
export async function vendorWay(): Promise<Way> {
  const running = await startProgram({ command: process.execPath, given: [scriptAt("./vendor.ts")] });
  return { running, target: plainTarget("direct", running.port) };
}

/** The bare proxy. */
export async function bareWay(vendor: number): Promise<Way> {
  const running = await startProgram({
    command: process.execPath,
    given: [scriptAt("./bare.ts"), `${vendor}`],
  });
  return { running, target: plainTarget("bare proxy", running.port) };
}

/** `wheelhouse serve` as it is built, with a fresh home; `workers` processes. */
export async function ownWay(
  vendor: number,
  workers = 1,
  node: readonly string[] = [],
): Promise<Way & { readonly home: string }> {
  const home = mkdtempSync(join(tmpdir(), "wheelhouse-home-"));
  const config = join(home, "bench.json");
  writeFileSync(config, JSON.stringify(configuration(vendor)));
  const given = [...node, CLI, "serve", "--config", config, "--port", "0"];
  if (workers > 1) given.push("--workers", `${workers}`);
  const env = { WHEELHOUSE_HOME: home };
  const running = await startProgram({ command: process.execPath, given, env, cwd: home });
  const target = plainTarget("wheelhouse", running.port);
  return { running, home, target: { ...target, headers: { ...target.headers, "x-api-key": CLIENT_KEY } } };
}

function configuration(vendor: number): object {
  return {
    providers: {
      vendor: { type: "anthropic", baseUrl: `http://127.0.0.1:${vendor}`, keys: ["vendor-key-of-the-bench"] },
    },
    routing: { default: { provider: "vendor", model: "claude-sonnet-5-5" } },
    budget: { perDay: 1_000_000 },
    server: { keys: [CLIENT_KEY] },
  };
}

/** Where Anthropic's clients go. */
export function plainTarget(name: string, port: number): Target {
  return {
    name,
    port,
    path: "/v1/messages",
    headers: { "x-api-key": "any", "anthropic-version": "2023-06-01" },
  };
}

function scriptAt(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
