import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { cache } from "../../../scripts/paths.ts";

/** How long anything in a window may take to appear, in milliseconds. */
export const PATIENCE_MS = 30_000;
/** How long a window may take to open: the first one on a machine reads all of VS Code from the disk, beside other tests. */
export const OPENING_MS = 90_000;

/** A window of VS Code, driven as a person drives it. */
export interface EditorWindow {
  readonly page: Page;
  /** The panel's page. */
  readonly panel: FrameLocator;
  /** Our page among the editors. */
  readonly editorPage: FrameLocator;
  /** Shows the panel and puts the focus into its message box. */
  readonly showPanel: () => Promise<void>;
  readonly message: Locator;
  /** What VS Code asks at the top: commands, input boxes. */
  readonly palette: Locator;
  /** Runs a command by its title, through the palette. */
  readonly run: (title: string) => Promise<void>;
  /** Writes a message and sends it with Enter. */
  readonly say: (text: string) => Promise<void>;
  readonly button: (name: string) => Locator;
  /** Chooses from one of the lists below the message box. */
  readonly choose: (list: string, option: string) => Promise<void>;
  /** The question that waits. */
  readonly question: Locator;
  /** Answers it by the button of that name. */
  readonly answer: (name: string, role?: "button" | "menuitem") => Promise<void>;
  /** What stands in the conversation. */
  readonly text: (words: string | RegExp) => Locator;
  /** A tool call's row, by tool, title and state as a screen reader says them. */
  readonly call: (name: RegExp) => Locator;
  /** Labels of the editor's tabs. */
  readonly tabs: () => Promise<readonly string[]>;
  /** Saves a picture below .vscode-test/shots. */
  readonly shot: (name: string) => Promise<void>;
  readonly reload: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Drives a page that is opening a window of VS Code. */
export async function windowOf(page: Page): Promise<EditorWindow> {
  page.setDefaultTimeout(PATIENCE_MS);
  page.setDefaultNavigationTimeout(OPENING_MS);
  const ours = 'iframe.webview[src*="extensionId=wheelhouse.wheelhouse"]';
  // The panel is opened before any page of ours, and shown again its address says no purpose any more.
  const panel = page.locator(ours).first().contentFrame().frameLocator("iframe");
  const editorPage = page.frameLocator(`${ours}:not([src*="purpose=webviewView"])`).frameLocator("iframe");
  const message = panel.getByRole("textbox", { name: "Message" });
  const palette = page.locator(".quick-input-widget");
  const button = (name: string) => panel.getByRole("button", { name, exact: true });
  const question = panel.getByRole("group", { name: "Permission request" });
  await ready(page);
  return {
    page,
    panel,
    editorPage,
    message,
    palette,
    button,
    question,
    async showPanel() {
      // The key does nothing until VS Code has read what the extension declares.
      await until(
        "the message box has the focus",
        async () => {
          await page.keyboard.press("Control+Alt+w");
          await until(
            "it has the focus",
            () => message.evaluate((it) => it.matches(":focus"), undefined, { timeout: 500 }),
            3000,
          );
          return true;
        },
        OPENING_MS,
      );
    },
    async run(title) {
      // A key that runs it stands behind the title, after a comma.
      const name = new RegExp(`^${title.replace(/\W/g, "\\$&")}(,|$)`);
      // The palette goes where something else takes the focus just then, as an editor does whose box was closed.
      await until(
        `"${title}" is run`,
        async () => {
          await page.keyboard.press("F1");
          await palette.locator("input").first().fill(`>${title}`, { timeout: 3000 });
          await palette.getByRole("option", { name }).first().click({ timeout: 5000 });
          return true;
        },
        30_000,
      );
    },
    async say(text) {
      await message.fill(text);
      await message.press("Enter");
    },
    async choose(list, option) {
      await panel.getByRole("combobox", { name: list, exact: true }).click();
      await panel.getByRole("option", { name: option }).click();
    },
    async answer(name, role = "button") {
      await question.waitFor();
      // For half a second a question takes no answer, lest a key meant for something else be one.
      await until(`"${name}" is taken`, async () => {
        if ((await question.count()) === 0) return true;
        await question.getByRole(role, { name, exact: true }).click({ timeout: 1000 });
        return false;
      });
    },
    text: (words) => panel.getByRole("log", { name: "Conversation" }).getByText(words),
    call: (name) => panel.getByRole("group", { name }),
    tabs: () => page.locator(".tabs-container .tab .label-name").allTextContents(),
    async shot(name) {
      const folder = join(cache, "shots");
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`) });
    },
    async reload() {
      await page.reload();
      await ready(page);
    },
    close: () => page.close(),
  };
}

/** The workbench is there and its extensions run. */
async function ready(page: Page): Promise<void> {
  await page.locator(".monaco-workbench").waitFor({ timeout: OPENING_MS });
  await page.locator("#workbench\\.parts\\.statusbar").waitFor();
}

/** Looks again until it is so; fails with what was waited for. */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const end = Date.now() + patienceMs;
  let last: unknown;
  while (Date.now() < end) {
    try {
      if (await isSo()) return;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(
    `Waited ${patienceMs / 1000} s until ${what}.${last instanceof Error ? `\n${last.message}` : ""}`,
  );
}
