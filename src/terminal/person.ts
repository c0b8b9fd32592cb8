import { fileLayer, folderLayers, parseLayer, userLayer } from "../node/settings-files.ts";
import { settingsRules } from "../node/settings-rules.ts";
import { doubts, parsedRules, type Rules } from "../permission/rules.ts";
import { type Layer, mergeLayers, type Settings } from "../settings.ts";
import type { Overrides } from "./overrides.ts";

/** What the person has set for a run in this folder: files and command line together. */
export interface Person {
  readonly settings: Settings;
  readonly rules: Rules;
  /** What is wrong or does not do what it seems to, a sentence each. */
  readonly problems: readonly string[];
  /** Those of the problems by which something that should protect does not hold. */
  readonly broken: readonly string[];
  /** What is wrong with the command line itself. */
  readonly wrong: readonly string[];
}

/** Reads it; `tools` are the names rules may be about. Never rejects: what is wrong is told. */
export async function readPerson(
  home: string,
  folder: string,
  { settings, allow, deny }: Overrides,
  tools: readonly string[],
): Promise<Person> {
  const given = settings === undefined ? undefined : await givenLayer(settings);
  const files = [await userLayer(home), ...(await folderLayers(folder))];
  const layers = given ? [...files, given] : files;
  const merged = mergeLayers(layers.map((it) => it.values));
  const listed = settingsRules(merged);
  const flags = parsedRules({ allow, ask: [], deny });
  const rules = {
    allow: [...listed.rules.allow, ...flags.rules.allow],
    ask: listed.rules.ask,
    deny: [...listed.rules.deny, ...flags.rules.deny],
  };
  return {
    settings: merged,
    rules,
    problems: [...layers.flatMap((it) => it.problems), ...listed.wrong, ...doubts(rules, tools)],
    broken: [...files.flatMap((it) => it.broken ?? []), ...listed.broken],
    wrong: [...(given?.problems ?? []), ...flags.wrong],
  };
}

/** `given` is a settings file, or settings as JSON. */
async function givenLayer(given: string): Promise<Layer> {
  const isText = given.trimStart().startsWith("{");
  const layer = isText ? await parseLayer(given, "--settings", "person") : await fileLayer(given, "person");
  return isText ? layer : { ...layer, problems: layer.problems.map((it) => `--settings: ${it}`) };
}
