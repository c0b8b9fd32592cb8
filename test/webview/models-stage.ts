import type { Page } from "playwright-core";
import { NO_USAGE } from "../../src/model/conversation.ts";
import type { FromModelsPage, ModelsShown, ToModelsPage, UsageShown } from "../../src/model/models-screen.ts";
import { pageOf } from "../../webview/page.ts";
import type { OpenBrowser } from "../support/chromium.ts";
import { beEditor, builtFile } from "./panel-page.ts";
import { MODELS } from "./scenes.ts";
import { THEMES, type Theme } from "./themes.ts";

const ORIGIN = "http://models.test";

/** What a host tells the page: two keys, two categories, a rule that counts and one that does not. */
export const SHOWN: ModelsShown = {
  providers: [
    {
      name: "main",
      type: "anthropic",
      address: "https://api.anthropic.com",
      keys: [
        {
          id: "main#1",
          label: "secret:work",
          state: "healthy",
          words: "healthy",
          maySet: true,
          mayRemove: true,
        },
        {
          id: "main#2",
          label: "env:KEY",
          state: "cooling",
          words: "cooling until 14:05, because rate-limit: slow down",
          maySet: false,
          mayRemove: true,
        },
      ],
      models: 2,
      isOurs: true,
    },
  ],
  types: [
    { type: "anthropic", name: "Anthropic", address: "https://api.anthropic.com" },
    { type: "openai", name: "OpenAI", address: "https://api.openai.com/v1" },
  ],
  models: MODELS.map((it) => ({ ...it, provider: "main" })),
  routes: [
    { category: "default", about: "Everything else", targets: [], threshold: undefined },
    {
      category: "longcontext",
      about: "Long ones",
      targets: [{ provider: "main", model: "claude-sonnet-5-5" }],
      threshold: 100_000,
    },
  ],
  rules: {
    items: [
      { when: { client: "gemini", tokensBelow: 2000 }, use: "longcontext" },
      { when: { colour: "red" }, use: { provider: "main", model: "offline" } },
    ],
    isOurs: true,
    categories: ["longcontext"],
    providers: ["main", "anthropic"],
  },
  gateway: "http://127.0.0.1:8787",
  problems: ["routing.search: there is no provider"],
};

const TOTALS = {
  requests: 3,
  failures: 1,
  usage: NO_USAGE,
  cost: 2.5,
  unpriced: 0,
  saved: 0.75,
  cacheHitRate: 0.4,
};
const USAGE: UsageShown = {
  by: "day",
  days: 30,
  totals: TOTALS,
  rows: ["2026-11-28", "2026-11-29"].map((name) => ({ ...TOTALS, name })),
  more: 0,
};

/** The built page for models in a theme, told everything. */
export async function openModels(
  browser: OpenBrowser,
  theme: Theme | undefined = THEMES[0],
  width = 900,
  shown: ModelsShown = SHOWN,
): Promise<{ page: Page; errors: string[] }> {
  if (!theme) throw new Error("There is no such theme.");
  const { page, errors } = await browser.openPage({ width });
  await page.route("**/*", (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === "") return route.fulfill({ contentType: "text/html", body: html() });
    if (!/^models\.(js|css)$/.test(name)) return route.abort();
    const contentType = name.endsWith("js") ? "text/javascript" : "text/css";
    return route.fulfill({ contentType, body: builtFile(name) });
  });
  await page.addInitScript(beEditor, { theme, kept: null });
  await page.goto(`${ORIGIN}/`);
  await send(page, { type: "shown", shown }, { type: "usage", usage: USAGE });
  return { page, errors: errors.filter((it) => !it.includes("favicon") && !it.includes("ERR_FAILED")) };
}

/** Tells the page what a host tells, and waits until it is painted. */
export async function send(page: Page, ...messages: readonly ToModelsPage[]): Promise<void> {
  await page.evaluate(async (all) => {
    for (const it of JSON.parse(all)) window.postMessage(it, "*");
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
  }, JSON.stringify(messages));
}

/** What the page has sent. */
export function posted(page: Page): Promise<readonly FromModelsPage[]> {
  return page.evaluate(() => (globalThis as unknown as { posted: FromModelsPage[] }).posted);
}

function html(): string {
  return pageOf({
    title: "Models and Keys",
    cspSource: ORIGIN,
    nonce: "n0nce",
    scriptUri: `${ORIGIN}/models.js`,
    styleUri: `${ORIGIN}/models.css`,
  });
}

interface Axe {
  run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/** Runs in a page that has axe: each violation with the elements it is about. */
export async function violations(): Promise<readonly string[]> {
  const found = await (globalThis as unknown as { axe: Axe }).axe.run();
  return found.violations.flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.html}`));
}
