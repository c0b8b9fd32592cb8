import { question } from "./questions.ts";
import type { Abilities } from "./tool.ts";
import type { Live } from "./wiring.ts";

/** What tools may use for one call of this session. */
export function abilitiesOf(live: Live, call: string): Abilities {
  const { world, blobs } = live;
  const { state, folder, seen } = live.memory();
  const { files, search, shell, problems, outliner, clock } = world;
  return {
    folder,
    roots: [state.folder, ...live.policy().roots.filter((it) => it !== state.folder)],
    mode: state.mode,
    files,
    search,
    shell,
    problems,
    outliner,
    blobs,
    clock,
    seen: (path) => seen.get(path),
    print: (text) => {
      // What could not be recorded is told by the next event that is waited for.
      live.record({ type: "printed", call, text }).catch(() => undefined);
    },
    async ask(questions, signal) {
      const display = { kind: "questions", questions } as const;
      const reply = await question(live, { call, about: "choice", reason: "", display, rules: [] }, signal);
      return reply?.kind === "answers"
        ? reply.answers
        : reply?.kind === "deny" && reply.words
          ? questions.map(() => reply.words ?? "")
          : undefined;
    },
  };
}
