import { envSecrets, isEnvName } from "../text/env-values.ts";
import { baseName } from "../text/paths.ts";
import type { Files, Found, Problems, Shell } from "../world.ts";
import { screenedSearch } from "./screened-search.ts";
import type { Abilities } from "./tool.ts";
import type { Live } from "./wiring.ts";

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
