import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/paths.ts";
import { nodeOutliner } from "../src/node/outliner.ts";
import { grammarsFolder } from "../test/syntax/grammars.ts";
import type { Figure } from "./measure.ts";

const LINES = 5300;
const TIMES = 200;
/** Files that the long one is made of. */
const PARTS = ["src/agent/step.ts", "src/agent/work.ts", "src/permission/decide.ts", "src/text/hunks.ts"];

/** From a keystroke in a long file to what can be refactored at a name in it, in the thread that the editor asks. */
export async function offersFigures(): Promise<readonly Figure[]> {
  const worker = new URL("../src/syntax-worker.ts", import.meta.url);
  const thread = nodeOutliner({ worker, grammars: await grammarsFolder() });
  const { signal } = new AbortController();
  const whole = longText();
  const places = [...whole.matchAll(/\breturn (?=\w)/g)].map((it) => it.index + it[0].length);
  const took: number[] = [];
  for (let at = -20; at < TIMES; at++) {
    // A letter is typed, and taken back.
    const from = places[((at + 20) * 7) % places.length] ?? 0;
    const text = at % 2 === 0 ? `${whole.slice(0, from)}x${whole.slice(from)}` : whole;
    const began = performance.now();
    await thread.refactorer.offers({ file: { path: "/p/a.ts", text }, from, to: from }, signal);
    if (at >= 0) took.push(performance.now() - began);
  }
  await thread.dispose();
  took.sort((a, b) => a - b);
  const share = (part: number) => took[Math.floor(took.length * part)] ?? 0;
  const figure = (what: string, part: number, limit: number): Figure => ({
    what: `offers in ${LINES} lines after an edit, ${what}`,
    measured: share(part),
    limit,
    kind: "at most",
    unit: "ms",
  });
  return [figure("median", 0.5, 10), figure("95 of 100", 0.95, 30)];
}

/** Declarations as they are, again and again under other names, so that none is declared twice. */
function longText(): string {
  const texts = PARTS.map((it) => readFileSync(join(root, it), "utf8").replace(/^import [\s\S]*?;$/gm, ""));
  const lines: string[] = [];
  for (let round = 0; lines.length < LINES; round++)
    for (const it of texts) lines.push(...it.replace(/\bfunction (\w+)/g, `function $1${round}`).split("\n"));
  return lines.join("\n");
}
