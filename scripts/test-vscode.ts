// `node scripts/test-vscode.ts REPORT GREP`: runs the tests of test/vscode inside a real VS Code, through
// @vscode/test-electron: a downloaded desktop VS Code where it can be had, else the one that is served to a browser.
// WHEELHOUSE_VSCODE=desktop or =web decides.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { cache, root } from "./paths.ts";
import { TEST_SETTINGS } from "./test-settings.ts";
import { writeSettings } from "./web-host/serve.ts";

const DOWNLOAD_LIMIT_MS = 15_000;

const [report = "", grep = ""] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "wheelhouse-vscode-"));
const [workspace, state, home] = ["workspace", "state", "home"].map((it) => join(folder, it)) as [
  string,
  string,
  string,
];
for (const it of [workspace, home]) mkdirSync(it);
// A side bar that stands open would show the panel, and so activate the extension, before the first test.
writeSettings(state, { ...TEST_SETTINGS, "workbench.secondarySideBar.defaultVisibility": "hidden" });
try {
  await runTests({
    vscodeExecutablePath: (await desktop()) ?? browserHosted(),
    extensionDevelopmentPath: root,
    extensionTestsPath: join(root, "dist/test/vscode/index.cjs"),
    extensionTestsEnv: {
      WHEELHOUSE_HOME: home,
      WHEELHOUSE_TEST_REPORT: report,
      WHEELHOUSE_TEST_GREP: grep,
      ANTHROPIC_API_KEY: "",
      ANTHROPIC_AUTH_TOKEN: "",
    },
    launchArgs: [workspace, `--user-data-dir=${state}`, `--extensions-dir=${join(folder, "extensions")}`],
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A desktop VS Code of our own; `undefined` where there is no screen or it cannot be downloaded. */
async function desktop(): Promise<string | undefined> {
  const asked = process.env["WHEELHOUSE_VSCODE"];
  const hasScreen =
    process.platform !== "linux" || Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);
  if (asked === "web" || (!hasScreen && asked !== "desktop")) return undefined;
  try {
    return await downloadAndUnzipVSCode({ version: "stable", cachePath: cache, timeout: DOWNLOAD_LIMIT_MS });
  } catch (error) {
    if (asked === "desktop") throw error;
    console.log(
      `A desktop VS Code cannot be had here (${error instanceof Error ? error.message : error}); the one in a browser is taken.`,
    );
    return undefined;
  }
}

/** A program that takes the switches of `code`. It has to be one file that can be started. */
function browserHosted(): string {
  const path = join(cache, "code");
  const script = join(root, "scripts/web-host/code.ts");
  mkdirSync(cache, { recursive: true });
  writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" --no-warnings "${script}" "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}
