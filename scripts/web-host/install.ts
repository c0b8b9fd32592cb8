import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromiumPath } from "../../test/support/chromium.ts";
import { cache } from "../paths.ts";
import { step } from "../steps.ts";
import { replaceNatives } from "./natives.ts";

/** A VS Code that runs in a browser, and a browser for it. */
export interface WebHost {
  /** Folder of VS Code's server. */
  readonly server: string;
  /** `undefined`: none is installed, and none could be. */
  readonly chromium: () => Promise<string | undefined>;
}

/** Versions that were tried together. */
const VERSIONS = { codeServer: "4.139.1", chromium: "153.0.0", recipe: 4 } as const;

/** Installs VS Code's server from the npm registry, once: packages only, no compiler, no install scripts. */
export function installWebHost({ withBrowser }: { readonly withBrowser: boolean }): WebHost {
  const folder = join(cache, "web");
  const stamp = join(folder, "ready.json");
  const system = chromiumPath();
  const needsBrowser = withBrowser && !system;
  const want = JSON.stringify({ ...VERSIONS, needsBrowser });
  const server = join(folder, "node_modules/code-server/lib/vscode");
  if (!existsSync(stamp) || !covers(readFileSync(stamp, "utf8"), want)) {
    console.log("Installing VS Code for the browser (once, under a minute) …");
    install(folder, server, needsBrowser);
    writeFileSync(stamp, want);
  }
  return { server, chromium: async () => system ?? (await packedChromium(folder)) };
}

/** An installation with a browser serves one without. */
function covers(have: string, want: string): boolean {
  return have === want || have === want.replace('"needsBrowser":false', '"needsBrowser":true');
}

function install(folder: string, server: string, needsBrowser: boolean): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"name":"web-host","private":true}');
  const npm = (cwd: string, ...given: string[]) =>
    step("npm", ["install", ...given, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd,
      env: { ...process.env, npm_config_engine_strict: "false" },
    });
  npm(
    folder,
    `code-server@${VERSIONS.codeServer}`,
    ...(needsBrowser ? [`@sparticuz/chromium@${VERSIONS.chromium}`] : []),
  );
  npm(server, "--omit=dev");
  npm(join(server, "extensions"), "--omit=dev");
  replaceNatives(server);
  prune(server);
}

/** Drops programs for other platforms: 300 MB that nothing here runs. */
function prune(server: string): void {
  const modules = join(server, "node_modules");
  for (const name of [
    "@github",
    "@microsoft/mxc-sdk",
    "@vscode/windows-process-tree",
    "@vscode/windows-registry",
  ])
    rmSync(join(modules, name), { recursive: true, force: true });
  const own = `${process.platform}-${process.arch}`;
  for (const folder of [
    join(modules, "@vscode/ripgrep-universal/bin"),
    join(modules, "node-pty/prebuilds"),
  ]) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) if (name !== own) rmSync(join(folder, name), { recursive: true });
  }
}

async function packedChromium(folder: string): Promise<string | undefined> {
  const entry = join(folder, "node_modules/@sparticuz/chromium/build/esm/index.js");
  if (!existsSync(entry)) return undefined;
  const { default: chromium } = (await import(entry)) as {
    default: { executablePath: () => Promise<string> };
  };
  return chromium.executablePath();
}
