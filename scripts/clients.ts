import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cache } from "./paths.ts";

/** Agents of others that the gateway is tested with, as they come from the package registry. */
const CLIENTS = {
  "@anthropic-ai/claude-code": "2.1.332",
  "@google/gemini-cli": "0.61.0",
  "@openai/codex": "0.171.0",
} as const;

/** Where their packages are, once they are installed. */
export const CLIENT_MODULES = join(cache, "clients/node_modules");

const LIMIT_MS = 5 * 60_000;

/**
 * Installs them where they are not there yet, without letting them run anything. They have nearly a gigabyte, which is
 * why they are no dependencies; where they cannot be had, the tests that need them are skipped and say so.
 */
export async function ensureClients(): Promise<void> {
  if (Object.entries(CLIENTS).every(([name, version]) => versionOf(name) === version)) return;
  const folder = join(cache, "clients");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: CLIENTS }));
  console.log("Installing other agents (once) …");
  const given = [
    "install",
    "--prefix",
    folder,
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const options = { cwd: folder, timeout: LIMIT_MS, shell: process.platform === "win32" };
  await promisify(execFile)("npm", given, options).catch((error: Error) =>
    console.log(`The other agents cannot be installed: ${error.message.slice(0, 300)}`),
  );
}

function versionOf(name: string): string | undefined {
  try {
    return JSON.parse(readFileSync(join(CLIENT_MODULES, name, "package.json"), "utf8")).version;
  } catch {
    // It is not installed.
    return undefined;
  }
}
