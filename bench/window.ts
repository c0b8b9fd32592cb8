import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import type { EventBody } from "../src/agent/events.ts";
import { frame } from "../src/agent/log.ts";
import { NO_USAGE } from "../src/model/conversation.ts";
import { says } from "../test/support/stand-in/turns.ts";
import { openEditor, playing, sampleCopy } from "./editor.ts";
import { type Figure, median } from "./measure.ts";

const DELTAS = 20_000;
/** UTF-16 units of one delta. */
const PIECE = 12;
const ROWS = 5_000;
const LONG_SESSION = "longsession1";
/** How often an answer is streamed: one pause of the machine makes one of them look slow. */
const STREAMS = 3;

/** How the panel holds up in a real window: a long stream, and a long session opened. */
export async function windowFigures(): Promise<readonly Figure[]> {
  const words = "Lorem ipsum dolor sit amet, consetetur sadipscing elitr. ".repeat(6);
  const text = Array.from({ length: Math.ceil((DELTAS * PIECE) / (words.length + 2)) }, () => `${words}\n\n`)
    .join("")
    .slice(0, DELTAS * PIECE);
  // Twenty at a time every few milliseconds, as a fast model does.
  const standIn = await playing([{ blocks: [says(text)], piece: PIECE, pauseMs: 0.4 }]);
  const home = mkdtempSync(join(tmpdir(), "wheelhouse-home-"));
  const folder = sampleCopy();
  writeLongSession(home, folder);
  const env = { ANTHROPIC_API_KEY: "sk-ant-bench-00000000000000000000", ANTHROPIC_BASE_URL: standIn.url };
  const editor = await openEditor({ env, home, folder, probes: [], withWheelhouse: true });
  try {
    const panel = await panelOf(editor.page);
    const opened = await openLong(panel);
    const streams: (readonly Figure[])[] = [];
    for (let at = 0; at < STREAMS; at++) {
      await panel.getByRole("button", { name: "New session" }).first().click();
      streams.push(await stream(panel));
    }
    return [
      ...mediansOf(streams),
      {
        what: `first paint of a session of ${ROWS} rows`,
        measured: opened,
        limit: 300,
        kind: "at most",
        unit: "ms",
      },
    ];
  } finally {
    await editor.close();
    standIn.stop();
  }
}

async function panelOf(page: Page): Promise<Frame> {
  for (let tries = 0; tries < 120; tries++) {
    // The key does nothing before the extensions have been read.
    if (tries % 12 === 0) await page.keyboard.press("Control+Alt+W");
    for (const it of page.frames())
      if (
        (await it
          .getByRole("textbox", { name: "Message" })
          .count()
          .catch(() => 0)) > 0
      )
        return it;
    await page.waitForTimeout(250);
  }
  throw new Error("the panel did not open");
}

/** The same figures measured several times, each as the median. */
function mediansOf(runs: readonly (readonly Figure[])[]): readonly Figure[] {
  const [first = []] = runs;
  return first.map((it, at) => ({
    ...it,
    measured: median(runs.map((run) => run[at]?.measured ?? Number.NaN)),
  }));
}

/** Counts frames, long tasks and bytes inside the panel while an answer of many deltas streams in. */
async function stream(panel: Frame): Promise<readonly Figure[]> {
  await panel.evaluate(() => {
    const seen = { frames: [] as number[], longest: 0, bytes: 0, isOn: true };
    Object.assign(window, { seen });
    const longer = (list: PerformanceObserverEntryList) => {
      // "self" are the panel's own (Long Tasks API, "attribution"); the workbench around it has some of its own.
      for (const it of list.getEntries())
        if (it.name === "self") seen.longest = Math.max(seen.longest, it.duration);
    };
    new PerformanceObserver(longer).observe({ type: "longtask" });
    window.addEventListener("message", (it) => {
      seen.bytes += JSON.stringify(it.data).length;
    });
    const tick = (at: number) => {
      seen.frames.push(at);
      if (seen.isOn) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await panel.getByRole("textbox", { name: "Message" }).fill("Write a lot.");
  await panel.getByRole("textbox", { name: "Message" }).press("Enter");
  await panel.getByRole("button", { name: "Stop" }).waitFor({ timeout: 20_000 });
  await panel.getByRole("button", { name: "Stop" }).waitFor({ state: "hidden", timeout: 240_000 });
  const seen = await panel.evaluate(() => {
    const it = (
      window as unknown as { seen: { frames: number[]; longest: number; bytes: number; isOn: boolean } }
    ).seen;
    it.isOn = false;
    const [first = 0, last = 1] = [it.frames[0], it.frames.at(-1)];
    return { fps: ((it.frames.length - 1) * 1000) / (last - first), longest: it.longest, bytes: it.bytes };
  });
  return [
    {
      what: `bytes to the panel for each of ${DELTAS} deltas`,
      measured: seen.bytes / DELTAS,
      limit: 1000,
      kind: "at most",
      unit: "B",
    },
    {
      what: "frames a second while they stream in",
      measured: seen.fps,
      limit: 50,
      kind: "at least",
      unit: "/s",
    },
    {
      what: "longest task of the panel while they stream in (0: none of 50 ms)",
      measured: seen.longest,
      limit: 50,
      kind: "at most",
      unit: "ms",
    },
  ];
}

/** From the click in the history to the frame that shows the last row. */
async function openLong(panel: Frame): Promise<number> {
  await panel.getByRole("button", { name: "History" }).first().click();
  const entry = panel.getByText("A long session").first();
  await entry.waitFor({ timeout: 20_000 });
  await panel.evaluate(() => {
    const marks = { from: 0, to: 0 };
    Object.assign(window, { marks });
    const look = () => {
      if (document.body.textContent?.includes("The last row.")) marks.to = performance.now();
      else requestAnimationFrame(look);
    };
    const clicked = () => {
      marks.from = performance.now();
      requestAnimationFrame(look);
    };
    window.addEventListener("click", clicked, { capture: true, once: true });
  });
  await entry.click();
  await panel.waitForFunction(
    () => (window as unknown as { marks: { to: number } }).marks.to > 0,
    undefined,
    { timeout: 30_000 },
  );
  return panel.evaluate(() => {
    const { from, to } = (window as unknown as { marks: { from: number; to: number } }).marks;
    return to - from;
  });
}

/** A session on disk with thousands of rows: prompts, answers, calls. */
function writeLongSession(home: string, folder: string): void {
  const bodies: EventBody[] = [
    {
      type: "opened",
      format: 1,
      id: LONG_SESSION,
      folder,
      model: "offline",
      effort: undefined,
      mode: "default",
      host: "bench",
      version: "0",
    },
    { type: "titled", title: "A long session", by: "person" },
  ];
  for (let at = 0; at < ROWS / 3; at++) bodies.push(...threeRows(at));
  bodies.push({ type: "warned", text: "The last row." });
  const path = join(home, "sessions", LONG_SESSION);
  mkdirSync(path, { recursive: true });
  writeFileSync(
    join(path, "events.log"),
    Buffer.concat(bodies.map((body, index) => frame({ n: index + 1, at: Date.now(), ...body }))),
  );
}

function threeRows(at: number): readonly EventBody[] {
  const call = `call_${at}`;
  const text = `Answer ${at} with **bold** words and \`code\`, as answers have.`;
  const content = [
    { type: "text", text } as const,
    { type: "tool_use", id: call, name: "Read", input: { file_path: "src/cart.ts" } } as const,
  ];
  return [
    {
      type: "asked",
      id: `m${at}`,
      text: `Question ${at}?`,
      attachments: [],
      content: [{ type: "text", text: `Question ${at}?` }],
      steering: false,
    },
    { type: "started", turn: `t${at}` },
    { type: "requested", model: "offline", provider: "offline" },
    {
      type: "said",
      answer: { id: `a${at}`, model: "offline", content, stop: "tool_use", usage: NO_USAGE, badCalls: [] },
      cost: 0,
      durationMs: 1,
    },
    { type: "called", call, tool: "Read", title: "src/cart.ts", input: { file_path: "src/cart.ts" } },
    {
      type: "answered",
      call,
      end: "done",
      content: "text ".repeat(40),
      display: { kind: "text", text: "text ".repeat(40) },
      files: [],
      read: [],
      durationMs: 1,
    },
    { type: "rested", reason: "done" },
  ];
}
