// One index made of nothing, asked again, and asked after a file was saved: `index-once.ts LIST STORE`; LIST has a path
// a line. Prints milliseconds, and mebibytes at the most, as JSON.
import { readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/paths.ts";
import { threadIndex } from "../src/node/index-thread.ts";

const [list = "", store = ""] = process.argv.slice(2);
const dist = join(root, "dist");
const index = threadIndex({
  worker: join(dist, "index-worker.cjs"),
  parser: join(dist, "parse-worker.cjs"),
  grammars: join(dist, "grammars"),
  store,
});
const files = readFileSync(list, "utf8").trim().split("\n");
const scope = { folder: root, files, texts: [], onProgress: () => undefined };

/** Between two looks at the clock and the memory. */
const EVERY_MS = 5;
let peak = 0;
let longestBlock = 0;
let before = performance.now();
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss() / 1024 / 1024);
  const now = performance.now();
  longestBlock = Math.max(longestBlock, now - before - EVERY_MS);
  before = now;
}, EVERY_MS);

const first = await asked();
const again = await asked();
const saved = files[Math.floor(files.length / 2)] ?? "";
utimesSync(saved, new Date(), new Date());
const update = await asked();
const from = performance.now();
const map = await index.map(scope, { focus: [], tokens: 2_000 }, new AbortController().signal);
const mapped = performance.now() - from;
clearInterval(watch);
await index.dispose();
if (map.kind !== "map") throw new Error(map.reason);
console.log(JSON.stringify({ first, again, update, mapped, longestBlock, peak, symbols: map.all.symbols }));

async function asked(): Promise<number> {
  const began = performance.now();
  const answer = await index.symbols(scope, "createServer", 10, new AbortController().signal);
  if (answer.kind === "failed") throw new Error(answer.reason);
  return performance.now() - began;
}
