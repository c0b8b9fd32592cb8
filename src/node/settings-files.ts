import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { addedUp, type Layer, type Reach, readLayer } from "../settings.ts";
import { isAbsence, reasonOf } from "./system-error.ts";
import { writeAtomically } from "./write-atomically.ts";

/** The endings a settings file may have. All that are there hold, later ones before earlier. */
const ENDINGS = ["json", "jsonc", "yaml", "yml", "toml"];

/** The person's own settings, from `home`/settings.*; nothing there is no problem. */
export function userLayer(home: string): Promise<Layer> {
  return layerAt(home, "settings", "person");
}

/** Settings of a folder, shared and personal. They may only restrict, so only rules that ask or deny are taken. */
export async function folderLayers(folder: string): Promise<readonly Layer[]> {
  const place = join(folder, ".wheelhouse");
  return [await layerAt(place, "settings", "folder"), await layerAt(place, "settings.local", "folder")];
}

async function layerAt(folder: string, name: string, reach: Reach): Promise<Layer> {
  const layers: Layer[] = [];
  const names = await readdir(folder).catch((): string[] => []);
  for (const ending of ENDINGS.filter((it) => names.includes(`${name}.${it}`))) {
    const path = join(folder, `${name}.${ending}`);
    const text = await readFile(path, "utf8").catch(() => undefined);
    if (text !== undefined) layers.push(await parseLayer(text, path, reach));
  }
  return { values: addedUp(layers.map((it) => it.values)), problems: layers.flatMap((it) => it.problems) };
}

/** A settings text by the ending of `path`. A text that cannot be parsed gives no values and one problem with its line. */
export async function parseLayer(text: string, path: string, reach: Reach): Promise<Layer> {
  try {
    return await layerOf(text, path, reach);
  } catch (error) {
    return { values: {}, problems: [`${path}: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

async function layerOf(text: string, path: string, reach: Reach): Promise<Layer> {
  return readLayer(await parseText(text, path), path, reach);
}

async function parseText(text: string, path: string): Promise<unknown> {
  if (text.trim() === "") return {};
  if (/\.ya?ml$/.test(path)) return (await import("yaml")).parse(text) ?? {};
  if (path.endsWith(".toml")) return (await import("smol-toml")).parse(text);
  return parseJsonc(text);
}

async function parseJsonc(text: string): Promise<unknown> {
  const { parse, printParseErrorCode } = await import("jsonc-parser");
  const errors: import("jsonc-parser").ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (!first) return value;
  const line = text.slice(0, first.offset).split("\n").length;
  throw new Error(`line ${line}: ${printParseErrorCode(first.error)}`);
}

/**
 * Adds an allow rule to the person's settings file (JSON with comments), keeping the rest of it as it is. Rejects with
 * a sentence when that file cannot be read as settings, and leaves it alone.
 */
export async function addAllowRule(home: string, rule: string): Promise<void> {
  const path = join(home, "settings.json");
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (isAbsence(error)) return "{}\n";
    throw error;
  });
  const { values, problems } = await layerOf(text, path, "person").catch((error: unknown) => {
    throw new Error(`Cannot add the rule to ${path}: ${reasonOf(error)}`);
  });
  const wrong = problems.find((it) => it.includes('"permissions.allow"'));
  if (wrong !== undefined) throw new Error(`Cannot add the rule: ${wrong}`);
  const given = values["permissions.allow"] ?? [];
  if (given.includes(rule)) return;
  const { applyEdits, modify } = await import("jsonc-parser");
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  const edits = modify(text, ["permissions", "allow"], [...given, rule], { formattingOptions });
  await mkdir(home, { recursive: true, mode: 0o700 });
  await writeAtomically(path, new TextEncoder().encode(applyEdits(text, edits)));
}
