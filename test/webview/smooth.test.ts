import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, it } from "mocha";
import type { Row } from "../../src/agent/session.ts";
import type { PanelPage } from "./panel-page.ts";
import { answered, asked, DAILY, MODELS, permission, REQUESTED, said } from "./scenes.ts";
import { THEMES } from "./themes.ts";
import { withPanel } from "./with-panel.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const cases = join(import.meta.dirname, "../../../shared/cases/security/webview-payloads.json");

describe("the panel's page, under load and attack", function () {
  const { open, panel } = withPanel(this);

  it("has only a window of 5,000 rows in the page, wherever the person is", async () => {
    const page = await open();
    await panel().send({
      type: "snapshot",
      state: { ...panel().state(), n: 9000, rows: fiveThousandRows() },
      readOnly: undefined,
    });
    const log = page.getByRole("log");
    const mounted = () => log.locator(".row").count();
    assert.ok((await mounted()) < 80, `${await mounted()} rows at the end`);
    await log.getByText("answer 4999").waitFor();
    await log.evaluate((it) => it.scrollTo(0, it.scrollHeight / 2));
    await page.waitForFunction(
      () => (document.querySelectorAll(".row")[0]?.getBoundingClientRect().top ?? 1) <= 0,
    );
    assert.ok((await mounted()) < 80, `${await mounted()} rows in the middle`);
    await page.getByRole("button", { name: "Jump to latest" }).click();
    await log.getByText("answer 4999").waitFor();
  });

  it("stays where the person reads while more comes in below", async () => {
    const page = await open();
    await panel().send({
      type: "snapshot",
      state: { ...panel().state(), n: 9000, rows: fiveThousandRows() },
      readOnly: undefined,
    });
    await page.getByRole("log").evaluate((it) => it.scrollTo(0, 40_000));
    await page.waitForFunction(
      () =>
        (document.querySelectorAll(".row")[0]?.getBoundingClientRect().top ?? 1) <= 0 &&
        !document.querySelector("[data-key=t4999]"),
    );
    const key = await page.locator(".row").nth(30).getAttribute("data-key");
    const row = page.locator(`[data-key=${key}]`);
    const before = await row.boundingBox();
    for (let n = 0; n < 5; n++)
      await panel().send({
        type: "events",
        events: [{ n: 9001 + n, at: 0, ...asked(`more ${n}`, `m${n}`) }],
      });
    const now = await row.boundingBox();
    assert.ok(Math.abs((now?.y ?? 0) - (before?.y ?? 1)) < 2, `${before?.y} → ${now?.y}`);
  });

  it("takes 20,000 deltas and shows every letter", async () => {
    const page = await open();
    await panel().play(asked("write a book"), { type: "started", turn: "t1" }, REQUESTED);
    const start = panel().state().n + 1;
    const result = await page.evaluate(stream, { start, count: 20_000, batch: 200 });
    assert.equal(result.shown, result.sent);
  });

  it("shows the growth of a long text less often, and its end at once", async () => {
    const page = await open({ isAlone: true });
    await page.clock.install();
    await panel().play(asked("write a book"), { type: "started", turn: "t1" }, REQUESTED);
    const says = (text: string) => panel().play({ type: "streamed", block: 0, kind: "text", text });
    const shown = () => page.locator(".row.text .markdown").innerText();
    const book = "Many words. \n\n".repeat(20_000);
    await says(book);
    await says("Then these");
    assert.doesNotMatch(await shown(), /Then these/);
    await page.clock.runFor(500);
    assert.match(await shown(), /Then these$/);
    await says(" and the last.");
    await panel().play(said([{ type: "text", text: `${book}Then these and the last.` }]));
    // The frame in which it is painted may be late on a busy machine.
    await page.locator(".row.text .markdown", { hasText: "and the last." }).waitFor();
    assert.match(await shown(), /and the last\.$/);
  });

  for (const theme of THEMES) {
    it(`has no accessibility problem axe can find in the ${theme.name} theme`, async () => {
      const page = await open({ theme, height: 1400 });
      await panel().send(
        { type: "models", models: MODELS, bypassAllowed: true },
        { type: "context", context: { path: "/a.ts", label: "a.ts" } },
      );
      await panel().play(
        ...DAILY,
        { type: "queued", id: "k", text: "next", attachments: [], delivery: "rest" },
        { type: "warned", text: "The disk is nearly full." },
      );
      await page.getByRole("group", { name: /^Edit/ }).getByRole("button").first().click();
      await panel().play(...permission("npm test"));
      await page.evaluate(axe);
      assert.deepEqual(await violations(panel()), []);
      await page.getByRole("button", { name: "History" }).click();
      await panel().send({
        type: "sessions",
        sessions: [
          { id: "a", title: "Old", folder: "/", model: "m", at: 0, cost: 0.2, prompts: 3, open: "live" },
        ],
      });
      assert.deepEqual(await violations(panel()), []);
    });
  }

  for (const width of [200, 350]) {
    it(`needs no sideways scrolling at ${width} pixels, nor at 200 % zoom`, async () => {
      const page = await open({ width });
      await panel().send({ type: "models", models: MODELS, bypassAllowed: true });
      await panel().play(...DAILY, ...permission("npm test"));
      const overflow = () =>
        page.evaluate(() =>
          [...document.querySelectorAll(".panel, .dock, .composer, .scroller, .frame")]
            .filter((it) => it.scrollWidth > it.clientWidth + 1)
            .map((it) => it.className),
        );
      assert.deepEqual(await overflow(), []);
      if (width === 200) return;
      await page.setViewportSize({ width: width / 2 + 25, height: 400 });
      assert.deepEqual(await overflow(), []);
    });
  }

  it("lets nothing run, load or break out, whatever the model, a tool or a file is called", async function () {
    if (!existsSync(cases)) {
      console.log("    skipped: no cases");
      this.skip();
    }
    const page = await open();
    const all = JSON.parse(readFileSync(cases, "utf8")) as { id: string; where: string; payload: string }[];
    for (const [index, { payload }] of all.entries()) await panel().play(...attack(payload, index));
    const harm = await page.evaluate(() => ({
      ran: "__pwn" in globalThis,
      clobbered:
        typeof (globalThis as unknown as { acquireVsCodeApi: unknown }).acquireVsCodeApi !== "function",
      strange: document.querySelectorAll(
        ".scroller :is(script, iframe, style, link, video, audio, form, math, object, embed, img, [style*=font-size], [onerror])",
      ).length,
    }));
    assert.deepEqual(harm, { ran: false, clobbered: false, strange: 0 });
    assert.deepEqual(panel().requests, []);
    assert.equal(page.url(), "http://panel.test/");
  });

  it("takes no message that is not one of the host's", async () => {
    const page = await open();
    await page.evaluate(() =>
      window.postMessage({ type: "setHtml", html: "<img src=x onerror=__pwn=1>" }, "*"),
    );
    await panel().play(asked("still here"));
    await page.getByRole("article", { name: "You" }).getByText("still here").waitFor();
    assert.deepEqual(panel().errors, []);
  });
});

function attack(payload: string, index: number) {
  const call = `c${index}`;
  return [
    asked(payload, call),
    REQUESTED,
    said([{ type: "text", text: payload }]),
    { type: "called", call, tool: payload, title: payload, input: { payload } },
    answered(call, { kind: "terminal", command: payload, folder: payload, output: payload }),
    { type: "warned", text: payload },
    { type: "titled", title: payload, by: "model" },
  ] as const;
}

function fiveThousandRows(): Row[] {
  return Array.from({ length: 5000 }, (_, n): Row => {
    if (n % 5 === 0)
      return { kind: "prompt", key: `p${n}`, text: `question ${n}`, attachments: [], steering: false, at: 0 };
    if (n % 5 === 4)
      return {
        kind: "text",
        key: `t${n}`,
        text: `answer ${n} with **some** words\n\n- and\n- a list`,
        open: false,
        interrupted: false,
      };
    return {
      kind: "call",
      key: `c${n}`,
      call: `c${n}`,
      tool: "Read",
      title: `src/file-${n}.ts`,
      input: {},
      state: "done",
      display: undefined,
      output: "",
      durationMs: 12,
    };
  });
}

/** Runs in the page: streams deltas at 30 messages a second and measures frames and long tasks. */
async function stream({ start, count, batch }: { start: number; count: number; batch: number }) {
  const words = (n: number) =>
    n % 97 === 0 ? `\n\n## Part ${n}\n\n` : n % 13 === 0 ? "`code` " : `word${n} `;
  for (let n = 0; n < count; n += batch) {
    const events = Array.from({ length: batch }, (_, k) => ({
      n: start + n + k,
      at: 0,
      type: "streamed",
      block: 0,
      kind: "text",
      text: words(n + k),
    }));
    window.postMessage({ type: "events", events }, "*");
    await new Promise((done) => setTimeout(done, 16));
  }
  await new Promise((done) => setTimeout(done, 200));
  const text = document.querySelector(".row.text")?.textContent ?? "";
  return {
    shown: [...text.matchAll(/word\d+/g)].length,
    sent: Array.from({ length: count }, (_, n) => n).filter((n) => n % 97 !== 0 && n % 13 !== 0).length,
  };
}

async function violations({ page }: PanelPage): Promise<readonly string[]> {
  const { violations: found } = await page.evaluate(() =>
    (
      globalThis as unknown as {
        axe: {
          run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
        };
      }
    ).axe.run(),
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map((it) => `${id}: ${it.html.slice(0, 160)} ${it.failureSummary.slice(0, 300)}`),
  );
}
