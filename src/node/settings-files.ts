import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { addedUp, brokenLayer, type Layer, type Reach, readLayer } from "../settings.ts";
import { messageOf } from "../std/error-message.ts";
import { takeLock } from "./lock.ts";
import { isAbsence, reasonOf } from "./system-error.ts";
import { makeFolder, writeAtomically } from "./write-atomically.ts";

/** The endings a settings file may have. All that are there hold, later ones before earlier. */
const ENDINGS = ["json", "jsonc", "yaml", "yml", "toml"];

/** Allow rules that the person gave while being asked, in a file of our own: nothing they wrote themselves is touched. */
const RULES = "rules.json";
/** Longest settings text, in UTF-16 units: whatever it holds takes no more than about a second to be read (YAML, the slowest, 0.6 s). */
const MOST_TEXT = 64 * 1024;
/** Most aliases in a text of YAML. */
const MOST_ALIASES = 50;

/** How long another process may take to add its rule, in milliseconds. */
const RULES_WAIT_MS = 5_000;
const RULES_PAUSE_MS = 10;

/** The person's own settings: `home`/settings.* and the rules of "Allow always"; nothing there is no problem. */
export async function userLayer(home: string): Promise<Layer> {
  return together([await layerAt(home, "settings", "person"), await rulesLayer(home)]);
}

async function rulesLayer(home: string): Promise<Layer> {
  try {
    return { values: { "permissions.allow": await writtenRules(home) }, problems: [] };
  } catch (error) {
    // Without them more is asked, not less.
    return { values: {}, problems: [messageOf(error)] };
  }
}

function together(layers: readonly Layer[]): Layer {
  return {
    values: addedUp(layers.map((it) => it.values)),
    problems: layers.flatMap((it) => it.problems),
    broken: layers.flatMap((it) => it.broken ?? []),
  };
}

/** Settings of a folder, shared and personal. They may only restrict, so only rules that ask or deny are taken. */
export async function folderLayers(folder: string): Promise<readonly Layer[]> {
  const place = join(folder, ".wheelhouse");
  return [await layerAt(place, "settings", "folder"), await layerAt(place, "settings.local", "folder")];
}

async function layerAt(folder: string, name: string, reach: Reach): Promise<Layer> {
  const layers: Layer[] = [];
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if (!isAbsence(error))
      layers.push(brokenLayer(`${folder}: the settings in it cannot be read: ${reasonOf(error)}`));
    return [];
  });
  for (const ending of ENDINGS.filter((it) => names.includes(`${name}.${it}`)))
    layers.push(await fileLayer(join(folder, `${name}.${ending}`), reach));
  return together(layers);
}

/** The settings in the file at `path`; one that is not there, or cannot be read, gives one problem. */
export async function fileLayer(path: string, reach: Reach): Promise<Layer> {
  try {
    return await parseLayer(await readFile(path, "utf8"), path, reach);
  } catch (error) {
    return brokenLayer(`${path}: cannot be read: ${reasonOf(error)}`);
  }
}

/** A settings text by the ending of `path`. A text that cannot be parsed gives no values and one problem with its line. */
export async function parseLayer(text: string, path: string, reach: Reach): Promise<Layer> {
  try {
    return readLayer(await parseText(text.replace(/^\ufeff/, ""), path), path, reach);
  } catch (error) {
    return brokenLayer(`${path}: ${messageOf(error)}`);
  }
}

async function parseText(text: string, path: string): Promise<unknown> {
  if (text.length > MOST_TEXT)
    throw new Error(
      `it has more than ${MOST_TEXT} characters, which is the most that is read; make it shorter`,
    );
  if (text.trim() === "") return {};
  if (/\.ya?ml$/.test(path)) return parseYaml(text);
  if (path.endsWith(".toml")) return (await import("smol-toml")).parse(text);
  return parseJsonc(text);
}

async function parseYaml(text: string): Promise<unknown> {
  const { isScalar, parseDocument, visit } = await import("yaml");
  // There may be thousands of errors, and to make all of them readable takes longer than the rest. To look for keys that
  // are there twice the library compares each with each, and for each alias it goes through the whole text.
  const document = parseDocument(text, { logLevel: "error", prettyErrors: false, uniqueKeys: false });
  const wrong = (at: number | undefined, why: string) => new Error(`line ${lineAt(text, at ?? 0)}: ${why}`);
  const [first] = document.errors;
  if (first) throw wrong(first.pos[0], first.message);
  let aliases = 0;
  visit(document, {
    Map(_, { items }) {
      const keys = items.flatMap(({ key }) => (isScalar(key) ? [key] : []));
      const seen = new Set<unknown>();
      const second = keys.find((it) => seen.size === seen.add(it.value).size);
      if (second) throw wrong(second.range?.[0], "Map keys must be unique");
    },
    Alias(_, { range }) {
      if (++aliases > MOST_ALIASES) throw wrong(range?.[0], `more than ${MOST_ALIASES} aliases`);
    },
  });
  // As maps, since the library takes for ever to make a text of a key that holds keys that hold keys.
  return plain(document.toJS({ mapAsMap: true })) ?? {};
}

/** Maps as objects; throws where a key is no text. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  const entries = [...value].map(([key, it]: [unknown, unknown]) => {
    if (typeof key === "object") throw new Error("a key must be a word, not a list or a map");
    return [String(key), plain(it)] as const;
  });
  return Object.fromEntries(entries);
}

async function parseJsonc(text: string): Promise<unknown> {
  const { parse, printParseErrorCode } = await import("jsonc-parser");
  const errors: import("jsonc-parser").ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (!first) return value;
  throw new Error(`line ${lineAt(text, first.offset)}: ${printParseErrorCode(first.error)}`);
}

/** The line, from 1, in which a character stands. */
function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/**
 * Adds an allow rule to `home`/rules.json. Writers, also of other processes, wait for each other. Rejects with a sentence
 * when the file is not as we write it, or cannot be written, and leaves it alone.
 */
export async function addAllowRule(home: string, rule: string): Promise<void> {
  await makeFolder(home, 0o700);
  const path = join(home, RULES);
  const free = await lockOf(path);
  try {
    const allow = await writtenRules(home);
    if (allow.includes(rule)) return;
    const text = `${JSON.stringify({ allow: [...allow, rule] }, null, 2)}\n`;
    await writeAtomically(path, new TextEncoder().encode(text));
  } finally {
    await free();
  }
}

async function lockOf(path: string): Promise<() => Promise<void>> {
  const until = performance.now() + RULES_WAIT_MS;
  for (;;) {
    const lock = await takeLock(`${path}.lock`);
    if (lock.kind === "taken") return lock.free;
    if (lock.kind === "failed") throw new Error(`${path} cannot be written: ${lock.reason}.`);
    if (performance.now() > until)
      throw new Error(`${path} cannot be written: process ${lock.pid} has been writing it for long.`);
    await wait(RULES_PAUSE_MS);
  }
}

/** The rules in `home`/rules.json; none when there is no such file. Rejects with a sentence when it is anything else. */
async function writtenRules(home: string): Promise<readonly string[]> {
  const path = join(home, RULES);
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (isAbsence(error)) return '{"allow":[]}';
    throw new Error(`${path} cannot be read: ${reasonOf(error)}.`);
  });
  const { allow } = objectOf(text);
  if (Array.isArray(allow) && allow.every((it) => typeof it === "string")) return allow;
  throw new Error(`${path} is not as it was written: expected {"allow": [rules]}. Mend it or remove it.`);
}

function objectOf(text: string): { readonly allow?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
