import { realpathSync } from "node:fs";
import { nodeFiles } from "../src/node/files.ts";
import { nodeOutliner } from "../src/node/outliner.ts";
import { decide } from "../src/permission/decide.ts";
import { analysed } from "../src/permission/shell/analyse.ts";
import { situation } from "../test/permission/situation.ts";
import { grammarsFolder } from "../test/syntax/grammars.ts";
import { sampleCopy } from "./editor.ts";
import { type Figure, median } from "./measure.ts";

const TIMES = 40;
/** Command lines as agents write them. */
const LINES = [
  "ls -la src",
  "git status --short && git diff --stat",
  "npm test -- --grep 'a session' 2>&1 | tail -40",
  "cd src && grep -rn \"TODO\" --include='*.ts' . | head -20",
  "for f in a b c; do cat $f.txt; done",
  "git log --oneline -10 | cut -d' ' -f1 | xargs git show --stat",
  "rm -rf build && mkdir -p build && cp -r src/* build/",
  "find . -name '*.ts' -not -path './node_modules/*' -exec wc -l {} +",
  "curl -sS https://example.com/a.json | jq '.[0].name'",
  "cat <<'E' > notes.txt\nsome text\nE",
];

/** From a command line to the decision about it, parsing and looking at paths included. */
export async function decisionFigures(): Promise<readonly Figure[]> {
  const worker = new URL("../src/syntax-worker.ts", import.meta.url);
  const parser = nodeOutliner({ worker, grammars: await grammarsFolder() });
  const { signal } = new AbortController();
  const folder = realpathSync(sampleCopy());
  const allow = ["Bash(npm test:*)", "Bash(git log *)"];
  const rules = situation({ allow, ask: [], deny: ["Bash(curl:*)"] }, { roots: [folder], folder });
  const took = LINES.map((): number[] => []);
  for (let at = -5; at < TIMES; at++)
    for (const [which, command] of LINES.entries()) {
      const from = performance.now();
      const stage = { parser, shell: "bash", folder, home: "/home/me", files: nodeFiles() };
      decide("Bash", { kind: "command", command, line: await analysed(command, stage, signal) }, rules);
      if (at >= 0) took[which]?.push(performance.now() - from);
    }
  await parser.dispose();
  return [
    {
      what: "a decision on a command, the slowest of ten",
      measured: Math.max(...took.map(median)),
      limit: 2,
      kind: "at most",
      unit: "ms",
    },
  ];
}
