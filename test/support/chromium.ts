import { existsSync, statfsSync } from "node:fs";
import { type Browser, chromium, type LaunchOptions, type Page } from "playwright-core";

/** The one without an interface of its own first: it takes half of the processor time for a page. */
const PLACES = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** How Chromium is launched without a screen, also as root in a container. */
export function launchOptions(executablePath: string): LaunchOptions {
  return {
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"],
    // Playwright lets pages share memory through files, since containers often give 64 MB for it.
    ignoreDefaultArgs: hasSharedMemory() ? ["--disable-dev-shm-usage"] : [],
  };
}

function hasSharedMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    return bavail * bsize > 1024 ** 3;
  } catch {
    // Not a Linux.
    return true;
  }
}

/** The installed Chromium, or the one `WH_CHROMIUM` names; `undefined` when there is none. */
export function chromiumPath(): string | undefined {
  return process.env.WH_CHROMIUM ?? PLACES.find((it) => existsSync(it));
}

export interface PageSetup {
  readonly width?: number;
  readonly height?: number;
  /** Device pixels per CSS pixel; 2 for screenshots to be looked at. */
  readonly scale?: number;
}

export interface OpenBrowser {
  /** A new page in a profile of its own. Errors it throws and console errors are gathered in `errors`. */
  readonly openPage: (setup?: PageSetup) => Promise<{ readonly page: Page; readonly errors: string[] }>;
  readonly close: () => Promise<void>;
}

/** Starts Chromium; `undefined`, with a line that says so, when none is installed. */
export async function openBrowser(): Promise<OpenBrowser | undefined> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    console.log(`    skipped: no Chromium at ${PLACES.join(", ")} (install one, or set WH_CHROMIUM)`);
    return undefined;
  }
  const browser = await chromium.launch(launchOptions(executablePath));
  return { openPage: (setup) => openPage(browser, setup), close: () => browser.close() };
}

/** A page of this size in a profile of its own. */
export async function openPage(
  browser: Browser,
  { width = 350, height = 720, scale = 1 }: PageSetup = {},
): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return { page, errors };
}
