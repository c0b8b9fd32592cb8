import assert from "node:assert/strict";
import { after, afterEach, before, type Suite } from "mocha";
import type { Locator, Page } from "playwright-core";
import { type OpenBrowser, openBrowser } from "../support/chromium.ts";
import { buildPanel, openPanel, type PanelPage, type PanelSetup } from "./panel-page.ts";

export interface WithPanel {
  /** Opens the panel's page for this test; an earlier one of the same test is closed first by the caller. */
  readonly open: (setup?: PanelSetup) => Promise<Page>;
  /** The page opened last. */
  readonly panel: () => PanelPage;
  readonly message: () => Locator;
  readonly button: (name: string) => Locator;
}

/** Gives the tests of a suite pages of the panel; without Chromium they are skipped. No page may have thrown at the end of a test. */
export function withPanel(suite: Suite): WithPanel {
  let browser: OpenBrowser | undefined;
  let opened: PanelPage | undefined;
  suite.timeout(120_000);

  before(async function () {
    browser = await openBrowser();
    if (!browser) this.skip();
    buildPanel();
  });
  after(() => browser?.close());
  afterEach(async () => {
    const errors = opened?.errors ?? [];
    await opened?.close();
    opened = undefined;
    assert.deepEqual(errors, []);
  });
  const panel = () => {
    assert.ok(opened, "no page was opened");
    return opened;
  };
  return {
    panel,
    async open(setup) {
      assert.ok(browser);
      opened = await openPanel(browser, setup);
      return opened.page;
    },
    message: () => panel().page.getByRole("textbox", { name: "Message" }),
    button: (name) => panel().page.getByRole("button", { name, exact: true }),
  };
}
