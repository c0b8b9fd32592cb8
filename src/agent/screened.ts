import { envSecrets, isEnvName } from "../text/env-values.ts";
import { baseName } from "../text/paths.ts";
import type { Files, Found, Problems, Search, SearchLine, SearchResult, Shell } from "../world.ts";
import type { Abilities } from "./tool.ts";
import type { Veil } from "./veil.ts";
import type { Live } from "./wiring.ts";

/** Files of one search that are read again to see whether a line of it is part of a key. */
const MAX_KEYS = 50;

/**
 * Abilities that give a tool everything as the model may have it: a tool that cuts, numbers or keeps a text then cuts no
 * secret in half. Tools that plan edits need the real texts and do without.
 */
export function screened(live: Live, abilities: Abilities): Abilities {
  const { outside, freshen } = live;
  const files = screenedFiles(abilities.files, live);
  const stream = outside.stream();
  const print = (text: string) => text !== "" && abilities.print(text);
  return {
    ...abilities,
    files,
    search: screenedSearch(abilities.search, files, live),
    problems: screenedProblems(abilities.problems, live),
    shell: screenedShell(abilities.shell, live),
    print: (text) => void print(stream.push(text)),
  };

  function screenedShell(shell: Shell, { outside: { told } }: Live): Shell {
    return {
      ...shell,
      async run(run, signal) {
        const end = await shell.run(run, signal);
        print(stream.flush());
        // What the command wrote may hold new secrets.
        await freshen();
        return { ...end, output: told(end.output), ...(end.blocked && { blocked: end.blocked.map(told) }) };
      },
    };
  }
}

/** Files as if what the veil hides were not there. */
export function veiled(files: Files, veil: Veil): Files {
  const isHidden = async (path: string) => (await veil.over([path])).paths.has(path);
  return {
    ...files,
    read: async (path, signal) => ((await isHidden(path)) ? { kind: "absent" } : files.read(path, signal)),
    bytes: async (path, signal) => ((await isHidden(path)) ? undefined : files.bytes(path, signal)),
    entry: async (path) => ((await isHidden(path)) ? undefined : files.entry(path)),
    async list(path) {
      const entries = await files.list(path);
      const { paths } = await veil.over(entries.map((it) => it.path));
      return entries.filter((it) => !paths.has(it.path));
    },
  };
}

/** Files with their texts as they are told; of one with variables, the values are secret from then on. */
export function screenedFiles(files: Files, { outside }: Pick<Live, "outside">): Files {
  return {
    ...files,
    async read(path, signal): Promise<Found> {
      const found = await files.read(path, signal);
      if (found.kind !== "text") return found;
      if (isEnvName(baseName(path))) outside.learn(envSecrets(found.text));
      return { ...found, text: outside.told(found.text) };
    },
  };
}

function screenedSearch(search: Search, files: Files, { veil, outside }: Live): Search {
  const open = async (paths: readonly string[]) => {
    const hidden = await veil.over(paths);
    return hidden.paths.size === 0 ? paths : paths.filter((it) => !hidden.paths.has(it));
  };
  return {
    files: async (folder, limit, signal) => open(await search.files(folder, limit, signal)),
    named: async (name, folder, limit, signal) => open(await search.named(name, folder, limit, signal)),
    async text(query, limit, signal): Promise<SearchResult> {
      const found = await search.text({ ...query, hidden: await veil.globs(query.path) }, limit, signal);
      if (found.kind === "failed") return { ...found, reason: outside.told(found.reason) };
      const { paths } = await veil.over([...new Set(found.lines.map((it) => it.path))]);
      const lines = found.lines.filter((it) => !paths.has(it.path));
      return { ...found, lines: await toldLines(lines, files, signal, outside.told) };
    },
  };
}

/** A line in the middle of a key looks like none: it is taken from the whole file, which knows. */
async function toldLines(
  lines: readonly SearchLine[],
  files: Files,
  signal: AbortSignal,
  told: (text: string) => string,
): Promise<readonly SearchLine[]> {
  const doubtful = [...new Set(lines.filter((it) => isKeyLike(it.text)).map((it) => it.path))];
  const whole = new Map<string, readonly string[]>();
  for (const path of doubtful.slice(0, MAX_KEYS)) {
    const found = await files.read(path, signal);
    if (found.kind === "text") whole.set(path, found.text.split(/\r\n|\n|\r/));
  }
  return lines.map((it) => {
    if (!isKeyLike(it.text)) return { ...it, text: told(it.text) };
    // What nobody has looked at may be part of a key.
    return { ...it, text: whole.get(it.path)?.[it.line - 1] ?? WITHHELD };
  });
}

const WITHHELD = "[a line that may be part of a key: read the file to see it]";

/** Whether a line may stand in a key: nothing but its letters, and either many or more mixed than a word. */
function isKeyLike(line: string): boolean {
  const [, text = ""] = /^["'`\s]*([A-Za-z0-9+/=]{8,})(?:\\n)?["'`,;+\s\\]*$/.exec(line.slice(0, 400)) ?? [];
  const isMixed = /[+/=]/.test(text) || (/[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text));
  return text.length >= 40 || (text !== "" && isMixed);
}

function screenedProblems(problems: Problems, { veil, outside }: Live): Problems {
  return {
    ...problems,
    async of(paths, signal) {
      const found = await problems.of(paths, signal);
      const hidden = await veil.over([...new Set(found.map((it) => it.path))]);
      return found
        .filter((it) => !hidden.paths.has(it.path))
        .map((it) => ({ ...it, message: outside.told(it.message) }));
    },
  };
}
