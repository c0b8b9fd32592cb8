import type { Compared, Examination, SmellSettings, Union } from "./engine.ts";
import { byPlace, type Finding } from "./finding.ts";
import type { SmellFinder } from "./port.ts";
import type { SmellInfo } from "./smell.ts";
import { isSmellFile } from "./smell-files.ts";
import type { TokenFile } from "./tokens.ts";

/** What was found in files. */
export interface Survey {
  /** By place. */
  readonly findings: readonly Finding[];
  /** How many files were examined. */
  readonly files: number;
  /** Files in which nothing, or not everything, was looked for though their language is known, and why, as a sentence. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Files with syntax errors, or what the parser takes for such, in which not everything is looked for. */
  readonly damaged: readonly string[];
  /** All smells that are known, in the order of reports. */
  readonly smells: readonly SmellInfo[];
}

/** What a survey works with. */
export interface SurveyPorts {
  /** The text of a file; `undefined`: there is none, or it is no text. */
  readonly read: (path: string, signal: AbortSignal) => Promise<string | undefined>;
  readonly finder: SmellFinder;
  /** Told after each file. */
  readonly progress?: (done: number, path: string) => void;
}

/** Tokens of all files together that are compared; what is beyond keeps to itself. */
const MOST_TOKENS = 8_000_000;

/** So many files in a row that the parser breaks down on: it is not the files'. */
const MOST_FAILURES = 3;

/**
 * Examines files, absolute paths in order, one after another, and what they have in common. Rejects with the signal's
 * reason, or when nothing can be parsed.
 */
export async function survey(
  paths: readonly string[],
  settings: SmellSettings,
  ports: SurveyPorts,
  signal: AbortSignal,
): Promise<Survey> {
  const gathered: Gathered = {
    findings: [],
    tokens: [],
    taken: new Set(),
    united: new Map(),
    skipped: [],
    damaged: [],
    count: 0,
    failures: 0,
  };
  for (const [index, path] of paths.entries()) {
    signal.throwIfAborted();
    const text = isSmellFile(path) ? await ports.read(path, signal) : undefined;
    if (text !== undefined)
      gather(gathered, path, await ports.finder.examine({ path, text }, settings, signal));
    ports.progress?.(index + 1, path);
  }
  const { smells, findings } = await inCommon(gathered, settings, ports.finder, signal);
  const { skipped, damaged, taken, count: files } = gathered;
  const holding = gathered.findings.filter(
    (it) => it.unlessTaken === undefined || !taken.has(it.unlessTaken),
  );
  const common = findings.map((it) => withFix(it, gathered.united));
  return { findings: [...holding, ...common].toSorted(byPlace), files, skipped, damaged, smells };
}

interface Gathered {
  readonly findings: Finding[];
  readonly tokens: TokenFile[];
  readonly taken: Set<string>;
  /** By path. */
  readonly united: Map<string, readonly Union[]>;
  readonly skipped: { readonly path: string; readonly reason: string }[];
  readonly damaged: string[];
  /** Files that were examined. */
  count: number;
  /** How many of the last files failed. */
  failures: number;
}

function gather(gathered: Gathered, path: string, found: Examination): void {
  gathered.failures = found.kind === "failed" ? gathered.failures + 1 : 0;
  if (found.kind === "failed" && gathered.failures === MOST_FAILURES) throw new Error(found.reason);
  if (found.kind !== "examined") {
    gathered.skipped.push({ path, reason: found.reason });
    return;
  }
  gathered.count++;
  gathered.findings.push(...found.findings);
  for (const it of found.taken) gathered.taken.add(it);
  if (found.united.length > 0) gathered.united.set(path, found.united);
  if (found.isDamaged) gathered.damaged.push(path);
  const used = gathered.tokens.reduce((sum, it) => sum + it.hash.length, 0);
  if (used + found.tokens.hash.length <= MOST_TOKENS) gathered.tokens.push(found.tokens);
  else gathered.skipped.push({ path, reason: `"${path}" was not compared with others: they are too many.` });
}

/** The finding with what takes it away, where the other place is in the same file. */
function withFix(it: Finding, united: Gathered["united"]): Finding {
  if (it.related?.some(({ path }) => path !== it.path)) return it;
  const own = united
    .get(it.path)
    ?.find(({ smell, from, to }) => smell === it.smell && from === it.from && to === it.to);
  return own ? { ...it, fix: own.fix } : it;
}

async function inCommon(
  { tokens, skipped }: Gathered,
  settings: SmellSettings,
  finder: SmellFinder,
  signal: AbortSignal,
): Promise<Compared> {
  const found = await finder.compare(tokens, settings, signal);
  if (found.kind === "compared") return found;
  for (const { path } of tokens) skipped.push({ path, reason: found.reason });
  const none = await finder.compare([], settings, signal);
  if (none.kind === "failed") throw new Error(none.reason);
  return none;
}
