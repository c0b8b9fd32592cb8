/** Door of the worker thread that parses. `workerData.grammars` is the folder of the grammars and the runtime. */
import { parentPort, workerData } from "node:worker_threads";
import { type Parser, Query } from "web-tree-sitter";
import { parsersFrom } from "./node/parsers.ts";
import { changesAt, offeredAt, offersAt, type Parse, planned } from "./refactor/engine.ts";
import type { PlacesMessage, RefactorMessage, RefactorReply } from "./refactor/message.ts";
import { namePlaces } from "./refactor/name-places.ts";
import { knownSource } from "./refactor/source.ts";
import type { SmellMessage, SmellReply } from "./smells/message.ts";
import { languageOf } from "./syntax/language-of.ts";
import { languages } from "./syntax/languages/all.ts";
import { declarationsOf } from "./syntax/outline.ts";
import type { OutlineRequest, ShellRequest, SyntaxReply } from "./syntax/outline-message.ts";
import { shellTreeOf } from "./syntax/shell-tree.ts";
import { plainTree, type SyntaxNode } from "./syntax/tree.ts";
import { type TreeFollower, treeFollower } from "./syntax/tree-follower.ts";
import { treeMemory } from "./syntax/tree-memory.ts";
import type { Outline } from "./world.ts";

interface Loaded {
  readonly name: string;
  readonly parser: Parser;
  readonly query: Query;
  /** For texts that are asked about again and again while they are typed. */
  readonly follow: TreeFollower;
}

/** Trees kept for refactoring: a file and what a plan makes of it. */
const TREES = 2;

type Request = OutlineRequest | ShellRequest | RefactorMessage | PlacesMessage | SmellMessage;

/** A language by its id, loaded once. */
type Languages = (id: string) => Promise<Loaded>;

function serve(port: NonNullable<typeof parentPort>, folder: string): void {
  const parserOf = parsersFrom(folder);
  const languageBy = languagesFrom(parserOf);
  const remembered = treeMemory(TREES);
  let bash: Promise<Parser> | undefined;
  port.on("message", async (request: Request) => port.postMessage(await replyTo(request)));

  function replyTo(request: Request): Promise<SyntaxReply | RefactorReply | SmellReply> {
    if ("command" in request) return shellReply(request);
    if ("smells" in request) return smellReply(request, languageBy);
    if ("places" in request) return placesReply(request, languageBy);
    return "refactor" in request
      ? refactorReply(request, languageBy, remembered)
      : outlineReply(request, languageBy);
  }

  async function shellReply({ id, command }: ShellRequest): Promise<SyntaxReply> {
    try {
      bash ??= parserOf("bash");
      return { id, answer: shellTreeOf(await bash, command), broken: false };
    } catch (error) {
      const reason = `the parser for bash does not work (${whyBroken(error)})`;
      return { id, answer: { kind: "failed", reason }, broken: true };
    }
  }
}

async function outlineReply(request: OutlineRequest, languageBy: Languages): Promise<SyntaxReply> {
  try {
    return { id: request.id, answer: outline(await languageBy(request.language), request), broken: false };
  } catch (error) {
    const reason = `Cannot parse ${request.language}: ${whyBroken(error)}`;
    return { id: request.id, answer: { kind: "failed", reason }, broken: true };
  }
}

async function refactorReply(
  request: RefactorMessage,
  languageBy: Languages,
  remembered: (parse: Parse) => Parse,
): Promise<RefactorReply> {
  const { id, refactor, plan, limitMs } = request;
  try {
    const loaded = await loadedFor(pathsOf(request), languageBy);
    // What is offered may be told by a tree that was followed; what is changed is planned on fresh ones.
    if (!plan) return { id, answer: offersAt(refactor, followedIn(loaded, limitMs)), broken: false };
    const parse = remembered(parsedIn(loaded, limitMs));
    return { id, answer: planned(plan.refactoring, refactor, plan.options, parse), broken: false };
  } catch (error) {
    return { id, answer: { kind: "failed", reason: whyBroken(error) }, broken: true };
  }
}

async function placesReply(request: PlacesMessage, languageBy: Languages): Promise<RefactorReply> {
  const { id, places: file, name, limitMs } = request;
  try {
    const loaded = await loadedFor([file.path], languageBy);
    const places = namePlaces(file, name, parsedIn(loaded, limitMs));
    return { id, answer: "code" in places ? places : { kind: "places", places }, broken: false };
  } catch (error) {
    return { id, answer: { kind: "failed", reason: whyBroken(error) }, broken: true };
  }
}

async function smellReply(request: SmellMessage, languageBy: Languages): Promise<SmellReply> {
  const { id, smells, of, limitMs } = request;
  try {
    // Most threads are never asked.
    const { compared, examined } = await import("./smells/engine.ts");
    if (!("text" in of)) return { id, answer: compared(of, smells), broken: false };
    const loaded = await loadedFor([of.path], languageBy);
    const refactored = { sourceOf: knownSource, offeredAt, changesAt };
    const answer = examined(of, smells, parsedIn(loaded, limitMs), refactored);
    return { id, answer, broken: false };
  } catch (error) {
    return { id, answer: { kind: "failed", reason: whyBroken(error) }, broken: true };
  }
}

/** The loader throws errors without a message when a grammar is not in today's form. */
function whyBroken(error: unknown): string {
  return String(error) || "its grammar cannot be loaded";
}

function languagesFrom(parserOf: (grammar: string) => Promise<Parser>): Languages {
  const loaded = new Map<string, Promise<Loaded>>();
  return (id) => {
    const language = loaded.get(id) ?? load(id);
    loaded.set(id, language);
    return language;
  };

  async function load(id: string): Promise<Loaded> {
    const language = languages.find((it) => it.id === id);
    if (!language) throw new Error(`there is no language "${id}"`);
    const parser = await parserOf(language.grammar);
    if (!parser.language) throw new Error(`the parser took no grammar for "${id}"`);
    const query = new Query(parser.language, language.symbols);
    return { name: language.name, parser, query, follow: treeFollower(parser) };
  }
}

function outline({ name, parser, query }: Loaded, request: OutlineRequest): Outline {
  const declarations = declarationsOf(parser, query, request.text, lateAfter(request.limitMs));
  if (declarations) return { kind: "symbols", language: name, ...declarations };
  return { kind: "failed", reason: `Cannot parse this ${name}: it took longer than ${request.limitMs} ms` };
}

/** The languages that the files are in, by their ids; refactoring waits for nothing once it has begun. */
async function loadedFor(
  paths: readonly string[],
  languageBy: Languages,
): Promise<ReadonlyMap<string, Loaded>> {
  const loaded = new Map<string, Loaded>();
  for (const path of paths) {
    const language = languageOf(path);
    if (language && !loaded.has(language.id)) loaded.set(language.id, await languageBy(language.id));
  }
  return loaded;
}

function parsedIn(loaded: ReadonlyMap<string, Loaded>, limitMs: number): Parse {
  return (language, text) => {
    const it = loaded.get(language);
    return it && parsed(it.parser, text, limitMs);
  };
}

function followedIn(loaded: ReadonlyMap<string, Loaded>, limitMs: number): Parse {
  return (language, text) => loaded.get(language)?.follow(text, { progressCallback: lateAfter(limitMs) });
}

function pathsOf({ refactor: { file, others = [], loaded }, plan }: RefactorMessage): readonly string[] {
  const to = plan?.options.to;
  return [file, ...others, ...(loaded?.files ?? [])].map((it) => it.path).concat(to ?? []);
}

/** The tree as plain data; `undefined` when parsing takes too long or the text is nested too deeply. */
function parsed(parser: Parser, text: string, limitMs: number): SyntaxNode | undefined {
  const tree = parser.parse(text, null, { progressCallback: lateAfter(limitMs) });
  if (!tree) {
    parser.reset();
    return undefined;
  }
  try {
    return plainTree(tree);
  } finally {
    // Trees live outside of the garbage collector's reach.
    tree.delete();
  }
}

function lateAfter(limitMs: number): () => boolean {
  const start = performance.now();
  return () => performance.now() - start > limitMs;
}

if (parentPort) serve(parentPort, workerData.grammars);
