import { type FSWatcher, watch } from "node:fs";
import { basename, dirname } from "node:path";
import { fileLayer, userLayer } from "../node/settings-files.ts";
import { mergeLayers, type Settings } from "../settings.ts";

/** Settings of a process that runs long: read again whenever their files change. */
export interface LiveSettings {
  readonly now: () => Settings;
  readonly close: () => void;
}

/** Changes that follow each other so soon, in milliseconds, are one. */
const SETTLED_MS = 100;

/**
 * The person's settings, and those of `config` before them. One that cannot be read, now or later, leaves what was;
 * `complain` hears what is wrong, `onChanged` that others hold.
 */
export async function liveSettings(
  home: string,
  config: string | undefined,
  complain: (sentence: string) => void,
  onChanged: (settings: Settings) => void,
): Promise<LiveSettings> {
  const first = await read(home, config);
  for (const it of first.problems) complain(it);
  if (first.isBroken) throw new Error("These settings cannot be read; nothing was started.");
  let now = first.settings;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), SETTLED_MS);
  };
  const watchers = [
    watched(home, /^settings\./, again),
    ...(config ? [watched(dirname(config), basename(config), again)] : []),
  ];
  return {
    now: () => now,
    close() {
      clearTimeout(timer);
      for (const it of watchers) it?.close();
    },
  };

  async function refresh(): Promise<void> {
    const found = await read(home, config);
    for (const it of found.problems) complain(it);
    if (found.isBroken) return complain("The settings that held go on to hold.");
    now = found.settings;
    onChanged(now);
  }
}

async function read(home: string, config: string | undefined) {
  const layers = [
    await userLayer(home),
    ...(config === undefined ? [] : [await fileLayer(config, "person")]),
  ];
  return {
    settings: mergeLayers(layers.map((it) => it.values)),
    problems: layers.flatMap((it) => it.problems),
    isBroken: layers.some((it) => (it.broken ?? []).length > 0),
  };
}

/** A folder is watched, since editors put a new file in the place of the old. */
function watched(folder: string, name: string | RegExp, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, (_, file) => {
      if (file !== null && (typeof name === "string" ? file === name : name.test(file))) onChange();
    });
    watcher.on("error", () => undefined);
    return watcher;
  } catch {
    // A folder that is not there has no settings to change.
    return undefined;
  }
}
