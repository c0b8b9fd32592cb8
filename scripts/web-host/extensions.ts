import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** Installs a packaged extension into a VS Code that is served; throws with its own words when it cannot be. */
export function installExtension(server: string, state: string, extensions: string, vsix: string): void {
  mkdirSync(extensions, { recursive: true });
  const places = [
    "--extensions-dir",
    extensions,
    "--user-data-dir",
    state,
    "--server-data-dir",
    join(state, "server"),
  ];
  const given = ["--install-extension", vsix, "--force", "--accept-server-license-terms", ...places];
  const { status, stderr } = spawnSync(process.execPath, [join(server, "out/server-main.js"), ...given]);
  if (status !== 0) throw new Error(`Wheelhouse could not be installed into VS Code:\n${stderr}`);
}
