import type { Refactorer } from "../refactor/port.ts";
import type { SmellFinder } from "../smells/port.ts";
import { never } from "../std/abort.ts";
import { languageOf } from "../syntax/language-of.ts";
import type { Outline, Outliner, ShellParser, ShellTree } from "../world.ts";
import { syntaxThread } from "./syntax-thread.ts";
import { threadRefactorer } from "./thread-refactorer.ts";
import { threadSmellFinder } from "./thread-smell-finder.ts";

/** Texts longer than this, in UTF-16 units, are not parsed. */
const MAX_TEXT = 1024 * 1024;
/** This much longer than its own limit parsing may take: grammars are loaded. */
const PATIENCE_MS = 10_000;

/** What an outliner is made with. */
export interface OutlinerSetup {
  /** The worker's file: the bundle `syntax-worker.cjs`, or `syntax-worker.ts` where Node runs TypeScript. */
  readonly worker: string | URL;
  /** Folder of the normalised grammars and `web-tree-sitter.wasm`. */
  readonly grammars: string;
  /** Processor time for one text. */
  readonly limitMs?: number;
}

/** An outliner, a parser of command lines, a refactorer and a finder of smells with one thread of their own. */
export interface ThreadOutliner extends Outliner, ShellParser {
  readonly refactorer: Refactorer;
  readonly smells: SmellFinder;
  /** Ends the thread; what is still open answers "failed". Using it again starts a new one. */
  dispose(): Promise<void>;
}

/** Parses on a worker thread that is started on first use and replaced after any trap: a trap spoils its memory. */
export function nodeOutliner({ worker, grammars, limitMs = 2_000 }: OutlinerSetup): ThreadOutliner {
  const thread = syntaxThread(worker, grammars);
  const refactorer = threadRefactorer(thread, limitMs);
  const smells = threadSmellFinder(thread, limitMs);
  return { outline, parse, warm, refactorer, smells, dispose: thread.dispose };

  async function outline(path: string, text: string, signal: AbortSignal): Promise<Outline> {
    signal.throwIfAborted();
    const language = languageOf(path);
    if (!language) return { kind: "unsupported" };
    if (text.length > MAX_TEXT) return failed(`Cannot outline "${path}": it is longer than 1 MiB`);
    const request = { language: language.id, text, limitMs };
    const answer = await thread.ask(request, limitMs + PATIENCE_MS, signal);
    if (answer.kind === "symbols" || answer.kind === "unsupported") return answer;
    if (answer.kind !== "failed") return failed(`Cannot outline "${path}": its thread answered amiss`);
    return answer.isThread ? failed(`Cannot outline: ${answer.reason}`) : answer;
  }

  async function parse(command: string, signal: AbortSignal): Promise<ShellTree> {
    signal.throwIfAborted();
    const answer = await thread.ask({ command }, PATIENCE_MS, signal);
    if (answer.kind === "failed" && answer.isThread)
      return { kind: "failed", reason: `the parser for bash does not work (${answer.reason})` };
    return answer.kind === "tree" || answer.kind === "failed"
      ? answer
      : { kind: "failed", reason: "the parser's thread answered amiss" };
  }

  function warm(): void {
    // What fails now fails again, and is told, when a command is parsed.
    if (!thread.isAlive()) parse(":", never()).catch(() => undefined);
  }
}

function failed(reason: string): Outline {
  return { kind: "failed", reason };
}
