// Stands in for the program `code` where there is no desktop: takes the switches that @vscode/test-electron passes, runs
// the tests in the extension host of a real VS Code in a headless browser, and ends with their exit code.
import { appendFileSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { chromiumPath, launchOptions } from "../../test/support/chromium.ts";
import { installWebHost } from "./install.ts";
import { startWorkbench, windowAddress } from "./workbench.ts";

/** A run that takes longer than this hangs, in milliseconds. */
const LIMIT_MS = 5 * 60_000;
const TOO_LONG = 97;

const switches = new Map(
  process.argv
    .slice(2)
    .filter((it) => it.startsWith("--"))
    .map(keyAndValue),
);
const folder = process.argv.slice(2).find((it) => !it.startsWith("--"));
const state = switches.get("user-data-dir") ?? mkdtempSync(join(tmpdir(), "wheelhouse-code-"));
mkdirSync(state, { recursive: true });
process.exit(await run());

/** Exit code of the tests. */
async function run(): Promise<number> {
  const { server } = installWebHost({ withBrowser: false });
  const extensions = switches.get("extensions-dir");
  const workbench = await startWorkbench({ server, state, env: {}, ...(extensions && { extensions }) });
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error("No Chromium was found to open VS Code in; set WH_CHROMIUM to one.");
  const browser = await chromium.launch(launchOptions(executablePath));
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on("console", (it) => appendFileSync(join(state, "window.log"), `${it.type()} ${it.text()}\n`));
    const ended = Promise.withResolvers<number>();
    await page.exposeFunction("codeAutomationExit", ended.resolve);
    await page.exposeFunction("codeAutomationLog", () => undefined);
    const target = {
      extensionDevelopmentPath: switches.get("extensionDevelopmentPath"),
      extensionTestsPath: switches.get("extensionTestsPath"),
    };
    await page.goto(windowAddress(workbench, { ...target, folder: folder && resolve(folder) }));
    const tooLong = setTimeout(() => ended.resolve(TOO_LONG), LIMIT_MS);
    return await ended.promise.finally(() => clearTimeout(tooLong));
  } finally {
    await browser.close();
    await workbench.stop();
  }
}

function keyAndValue(given: string): readonly [string, string] {
  const [key = "", ...value] = given.slice(2).split("=");
  return [key, value.join("=")];
}
