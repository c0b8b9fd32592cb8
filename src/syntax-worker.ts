/** Door of the worker thread that parses. `workerData.grammars` is the folder of the grammars and the runtime. */
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { Language as Grammar, Parser, Query } from "web-tree-sitter";
import { languages } from "./syntax/languages/all.ts";
import { declarationsOf } from "./syntax/outline.ts";
import type { OutlineReply, OutlineRequest } from "./syntax/outline-message.ts";
import type { Outline } from "./world.ts";

interface Loaded {
  readonly name: string;
  readonly parser: Parser;
  readonly query: Query;
}

function serve(port: NonNullable<typeof parentPort>, folder: string): void {
  const runtime = Parser.init({ locateFile: (name: string) => join(folder, name) });
  const loaded = new Map<string, Promise<Loaded>>();
  port.on("message", async (request: OutlineRequest) => port.postMessage(await reply(request)));

  async function reply(request: OutlineRequest): Promise<OutlineReply> {
    try {
      await runtime;
      const language = loaded.get(request.language) ?? load(request.language);
      loaded.set(request.language, language);
      return { id: request.id, outline: outline(await language, request), broken: false };
    } catch (error) {
      // The loader throws errors without a message when a grammar is not in today's form.
      const reason = `Cannot parse ${request.language}: ${String(error) || "its grammar cannot be loaded"}`;
      return { id: request.id, outline: { kind: "failed", reason }, broken: true };
    }
  }

  async function load(id: string): Promise<Loaded> {
    const language = languages.find((it) => it.id === id);
    if (!language) throw new Error(`there is no language "${id}"`);
    const grammar = await Grammar.load(join(folder, `tree-sitter-${language.grammar}.wasm`));
    const parser = new Parser();
    parser.setLanguage(grammar);
    return { name: language.name, parser, query: new Query(grammar, language.symbols) };
  }
}

function outline({ name, parser, query }: Loaded, request: OutlineRequest): Outline {
  const start = performance.now();
  const isLate = () => performance.now() - start > request.limitMs;
  const declarations = declarationsOf(parser, query, request.text, isLate);
  if (declarations) return { kind: "symbols", language: name, ...declarations };
  return { kind: "failed", reason: `Cannot parse this ${name}: it took longer than ${request.limitMs} ms` };
}

if (parentPort) serve(parentPort, workerData.grammars);
