/** Door of a worker thread that parses files for the index. `workerData.grammars` is the folder of the grammars and the runtime. */
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { type Parser, Query } from "web-tree-sitter";
import { parsersFrom } from "./node/parsers.ts";
import { type IndexedFile, indexedFile } from "./syntax/index/indexed-file.ts";
import type { ParseReply, ParseRequest } from "./syntax/index/message.ts";
import { languageOf } from "./syntax/language-of.ts";
import { declarationsOf } from "./syntax/outline.ts";

/** Files larger than this, in bytes, are made by programs. */
const MAX_BYTES = 1024 * 1024;
/** A text with longer lines on average was written by no person. */
const MAX_LINE = 500;
/** Processor time for one text. */
const LIMIT_MS = 2_000;

interface Loaded {
  readonly parser: Parser;
  readonly query: Query;
}

function serve(port: NonNullable<typeof parentPort>, folder: string): void {
  const parserOf = parsersFrom(folder);
  const loaded = new Map<string, Promise<Loaded>>();
  port.on("message", async ({ parse }: ParseRequest) => port.postMessage(await replyTo(parse)));

  async function replyTo(files: ParseRequest["parse"]): Promise<ParseReply> {
    const parsed: IndexedFile[] = [];
    for (const it of files) {
      try {
        parsed.push(await read(it));
      } catch {
        // A trap spoils the memory of every language.
        return { parsed, broken: it.path };
      }
    }
    return { parsed };
  }

  async function read(file: ParseRequest["parse"][number]): Promise<IndexedFile> {
    const language = languageOf(file.path);
    const text = file.text ?? textAt(file);
    if (language === undefined || text === undefined) return indexedFile(file, "", []);
    const { parser, query } = await (loaded.get(language.id) ?? load(language));
    const began = performance.now();
    const found = declarationsOf(parser, query, text, () => performance.now() - began > LIMIT_MS);
    return indexedFile(file, text, found?.symbols ?? []);
  }

  function load({ id, grammar, symbols }: NonNullable<ReturnType<typeof languageOf>>): Promise<Loaded> {
    const loading = parserOf(grammar).then((parser) => {
      if (!parser.language) throw new Error(`the parser took no grammar for "${id}"`);
      return { parser, query: new Query(parser.language, symbols) };
    });
    loaded.set(id, loading);
    return loading;
  }
}

/** `undefined`: it is not there any more, no text, or not written by a person. */
function textAt({ path, size }: { readonly path: string; readonly size: number }): string | undefined {
  if (size > MAX_BYTES) return undefined;
  try {
    const text = readFileSync(path, "utf8");
    if (text.includes("\0")) return undefined;
    let lines = 1;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
    return text.length / lines > MAX_LINE ? undefined : text;
  } catch {
    return undefined;
  }
}

if (parentPort) serve(parentPort, workerData.grammars);
