/** Door of the worker thread that parses. `workerData.grammars` is the folder of the grammars and the runtime. */
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { Language as Grammar, Parser, Query } from "web-tree-sitter";
import { languages } from "./syntax/languages/all.ts";
import { declarationsOf } from "./syntax/outline.ts";
import type { OutlineRequest, ShellRequest, SyntaxReply } from "./syntax/outline-message.ts";
import { shellTreeOf } from "./syntax/shell-tree.ts";
import type { Outline } from "./world.ts";

interface Loaded {
  readonly name: string;
  readonly parser: Parser;
  readonly query: Query;
}

/**
 * Names of V8's flags that are off while WebAssembly is compiled. The lexer of a grammar is one giant function: its
 * optimising compilation takes 600 MB and a second of a core, or ends the process for lack of compiler memory
 * (https://github.com/colbymchenry/codegraph/issues/298); the baseline code parses a command line in 0.02 ms.
 * `--liftoff-only` would say it in one, but only before V8 starts.
 */
const OPTIMISING = ["wasm-tier-up", "wasm-dynamic-tiering", "wasm-lazy-compilation"];

function serve(port: NonNullable<typeof parentPort>, folder: string): void {
  const parserOf = parsersFrom(folder);
  const loaded = new Map<string, Promise<Loaded>>();
  let bash: Promise<Parser> | undefined;
  port.on("message", async (request: OutlineRequest | ShellRequest) =>
    port.postMessage("command" in request ? await shellReply(request) : await outlineReply(request)),
  );

  async function outlineReply(request: OutlineRequest): Promise<SyntaxReply> {
    try {
      const language = loaded.get(request.language) ?? load(request.language);
      loaded.set(request.language, language);
      return { id: request.id, answer: outline(await language, request), broken: false };
    } catch (error) {
      // The loader throws errors without a message when a grammar is not in today's form.
      const reason = `Cannot parse ${request.language}: ${String(error) || "its grammar cannot be loaded"}`;
      return { id: request.id, answer: { kind: "failed", reason }, broken: true };
    }
  }

  async function shellReply({ id, command }: ShellRequest): Promise<SyntaxReply> {
    try {
      bash ??= parserOf("bash");
      return { id, answer: shellTreeOf(await bash, command), broken: false };
    } catch (error) {
      const reason = `the parser for bash does not work (${String(error) || "its grammar cannot be loaded"})`;
      return { id, answer: { kind: "failed", reason }, broken: true };
    }
  }

  async function load(id: string): Promise<Loaded> {
    const language = languages.find((it) => it.id === id);
    if (!language) throw new Error(`there is no language "${id}"`);
    const parser = await parserOf(language.grammar);
    if (!parser.language) throw new Error(`the parser took no grammar for "${id}"`);
    return { name: language.name, parser, query: new Query(parser.language, language.symbols) };
  }
}

/** Makes parsers with the grammars in `folder`. */
function parsersFrom(folder: string): (grammar: string) => Promise<Parser> {
  const runtime = inBaseline(() => Parser.init({ locateFile: (name: string) => join(folder, name) }));
  // Each request that needs it tells of its failure.
  runtime.catch(() => undefined);
  let last: Promise<unknown> = runtime;
  return async (grammar) => {
    await runtime;
    // One after another: the flags belong to the process.
    const loading = last.then(() =>
      inBaseline(() => Grammar.load(join(folder, `tree-sitter-${grammar}.wasm`))),
    );
    last = loading.catch(() => undefined);
    const parser = new Parser();
    parser.setLanguage(await loading);
    return parser;
  };
}

/** Runs `compile` with the optimising compiler of WebAssembly switched off; what it compiles stays without for good. */
async function inBaseline<T>(compile: () => Promise<T>): Promise<T> {
  for (const it of OPTIMISING) setFlagsFromString(`--no-${it}`);
  try {
    return await compile();
  } finally {
    for (const it of OPTIMISING) setFlagsFromString(`--${it}`);
  }
}

function outline({ name, parser, query }: Loaded, request: OutlineRequest): Outline {
  const declarations = declarationsOf(parser, query, request.text, lateAfter(request.limitMs));
  if (declarations) return { kind: "symbols", language: name, ...declarations };
  return { kind: "failed", reason: `Cannot parse this ${name}: it took longer than ${request.limitMs} ms` };
}

function lateAfter(limitMs: number): () => boolean {
  const start = performance.now();
  return () => performance.now() - start > limitMs;
}

if (parentPort) serve(parentPort, workerData.grammars);
