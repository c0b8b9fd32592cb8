/**
 * Rewrites the grammars of `tree-sitter-wasms`, which an old linker made, for the loader of today's `web-tree-sitter`:
 *
 * - the custom section "dylink" becomes "dylink.0". Both are described in "WebAssembly Dynamic Linking"
 *   (https://github.com/WebAssembly/tool-conventions/blob/main/DynamicLinking.md); the old one has the fields of the
 *   new one's sub-sections 1 (memory and table) and 2 (needed libraries) one after the other;
 * - imports of C library functions that the runtime does not export get the name of one that it does.
 *
 * Usage: node scripts/normalise-grammars.ts [FOLDER]     (default: dist/grammars)
 */
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { languages } from "../src/syntax/languages/all.ts";

const CUSTOM_SECTION = 0;
const IMPORT_SECTION = 2;
const HEADER_BYTES = 8;
/** Import kinds of the core specification, section 5.5.5. */
const FUNCTION = 0;
const TABLE = 1;
const MEMORY = 2;
const GLOBAL = 3;

const PRESENT_NAMES: ReadonlyMap<string, string> = new Map([
  ["isalpha", "iswalpha"],
  ["_Znwm", "malloc"],
  ["_ZdlPv", "free"],
  ["_ZNKSt3__220__vector_base_commonILb1EE20__throw_length_errorEv", "abort"],
]);

/** Writes the normalised grammar of every language, and the runtime, into `folder`; answers the files written. */
export async function writeGrammars(folder: string): Promise<readonly string[]> {
  const require = createRequire(import.meta.url);
  const source = join(dirname(require.resolve("tree-sitter-wasms/package.json")), "out");
  await mkdir(folder, { recursive: true });
  const all = [...new Set(languages.map((it) => it.grammar))].map(async (grammar) => {
    const name = `tree-sitter-${grammar}.wasm`;
    const own = OWN_PACKAGES.get(grammar);
    const file = own === undefined ? join(source, name) : require.resolve(`${own}/${name}`);
    await writeFile(join(folder, name), normaliseGrammar(await readFile(file)));
    return name;
  });
  const runtime = "web-tree-sitter.wasm";
  await copyFile(require.resolve(`web-tree-sitter/${runtime}`), join(folder, runtime));
  return [...(await Promise.all(all)), runtime];
}

/** The package that a grammar comes from. */
export function grammarPackageOf(grammar: string): string {
  return OWN_PACKAGES.get(grammar) ?? "tree-sitter-wasms";
}

/**
 * Grammars that are too old in `tree-sitter-wasms` 0.1.13, and the packages they are taken from: bash does not load, and
 * of real files 490 in 753 of Scala, 44 in 523 of Kotlin and 53 in 954 of Lua have errors there, here 9, 7 and none.
 */
const OWN_PACKAGES: ReadonlyMap<string, string> = new Map([
  ["bash", "tree-sitter-bash"],
  ["kotlin", "@tree-sitter-grammars/tree-sitter-kotlin"],
  ["lua", "@tree-sitter-grammars/tree-sitter-lua"],
  ["scala", "tree-sitter-scala"],
]);

/** The module with a section "dylink.0" and imports that can be resolved; equal to `module` when it has both. */
export function normaliseGrammar(module: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [module.subarray(0, HEADER_BYTES)];
  const reader = readerOf(module, HEADER_BYTES);
  while (!reader.atEnd()) {
    const id = reader.byte();
    const body = reader.bytes(reader.number());
    const rewritten =
      id === CUSTOM_SECTION ? customSection(body) : id === IMPORT_SECTION ? importSection(body) : body;
    parts.push(Uint8Array.of(id, ...number(rewritten.length)), rewritten);
  }
  return joined(parts);
}

function customSection(body: Uint8Array): Uint8Array {
  const reader = readerOf(body);
  if (reader.name() !== "dylink") return body;
  const memoryAndTable = [reader.number(), reader.number(), reader.number(), reader.number()].flatMap(number);
  const needed = reader.rest();
  return joined([
    Uint8Array.from(name("dylink.0")),
    Uint8Array.of(1, ...number(memoryAndTable.length), ...memoryAndTable),
    Uint8Array.of(2, ...number(needed.length)),
    needed,
  ]);
}

function importSection(body: Uint8Array): Uint8Array {
  const reader = readerOf(body);
  const count = reader.number();
  const parts: Uint8Array[] = [Uint8Array.from(number(count))];
  for (let index = 0; index < count; index++) {
    const from = reader.name();
    const what = reader.name();
    const description = importDescription(reader);
    const present = from === "env" && description[0] === FUNCTION ? PRESENT_NAMES.get(what) : undefined;
    parts.push(Uint8Array.from([...name(from), ...name(present ?? what)]), description);
  }
  return joined(parts);
}

function importDescription(reader: Reader): Uint8Array {
  const start = reader.position();
  const kind = reader.byte();
  if (kind === FUNCTION) reader.number();
  else if (kind === TABLE || kind === MEMORY) {
    if (kind === TABLE) reader.byte();
    const hasMaximum = (reader.byte() & 1) === 1;
    reader.number();
    if (hasMaximum) reader.number();
  } else if (kind === GLOBAL) reader.bytes(2);
  else throw new Error(`Cannot normalise a grammar: its import has the unknown kind ${kind}`);
  return reader.since(start);
}

type Reader = ReturnType<typeof readerOf>;

function readerOf(bytes: Uint8Array, at = 0) {
  const reader = {
    atEnd: () => at >= bytes.length,
    position: () => at,
    byte: () => bytes[at++] ?? 0,
    bytes: (length: number) => bytes.subarray(at, (at += length)),
    since: (start: number) => bytes.subarray(start, at),
    rest: () => bytes.subarray(at),
    /** Unsigned LEB128. */
    number: () => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = reader.byte();
        value |= (byte & 0x7f) << shift;
        if (byte < 0x80) return value >>> 0;
      }
    },
    name: () => new TextDecoder().decode(reader.bytes(reader.number())),
  };
  return reader;
}

/** Unsigned LEB128. */
function number(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 0x80; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}

function name(text: string): number[] {
  const bytes = new TextEncoder().encode(text);
  return [...number(bytes.length), ...bytes];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, it) => length + it.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

if (import.meta.main) {
  const written = await writeGrammars(resolve(process.argv[2] ?? "dist/grammars"));
  console.log(`${written.length} grammar files written`);
}
