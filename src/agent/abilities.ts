import { mayRead } from "./decision.ts";
import { question } from "./questions.ts";
import type { Abilities } from "./tool.ts";
import { veiled } from "./veiled.ts";
import type { Live } from "./wiring.ts";

/** Output recorded of one call while it runs, in UTF-16 units: a log must not grow without bound. Its result tells the end. */
const PRINT_LIMIT = 200_000;

/** What tools may use for one call of this session. `isKeptIn`: its commands run in the sandbox or not at all. */
export function abilitiesOf(live: Live, call: string, isKeptIn = false): Abilities {
  const { world, blobs } = live;
  const { state, folder, read } = live.memory();
  const { files, search, shell, problems, outliner, refactorer, types, index, clock } = world;
  return {
    folder,
    roots: [state.folder, ...live.policy().roots.filter((it) => it !== state.folder)],
    mode: state.mode,
    files: veiled(files, live.veil),
    search,
    shell: isKeptIn
      ? { ...shell, run: (run, signal) => shell.run({ ...run, sandboxed: true }, signal) }
      : shell,
    problems,
    outliner,
    refactorer,
    types,
    index,
    blobs,
    clock,
    // A file that was rewound has no hash.
    seen: (path) => read.findLast((it) => it.path === path)?.hash || undefined,
    mayRead: (path) => mayRead(live, path),
    meant: live.outside.meant,
    print: printer(live, call),
    async ask(questions, signal) {
      const display = { kind: "questions", questions } as const;
      const given = await question(live, { call, about: "choice", reason: "", display, rules: [] }, signal);
      const reply = given?.reply;
      return reply?.kind === "answers"
        ? reply.answers
        : reply?.kind === "deny" && reply.words
          ? questions.map(() => reply.words ?? "")
          : undefined;
    },
  };
}

function printer(live: Live, call: string): (text: string) => void {
  let left = PRINT_LIMIT;
  return (text) => {
    if (left < 0) return;
    const shown =
      text.length <= left
        ? text
        : `${text.slice(0, left)}\n(More output follows; it is not shown while this runs.)\n`;
    left -= text.length;
    // What could not be recorded is told by the next event that is waited for.
    live.record({ type: "printed", call, text: shown }).catch(() => undefined);
  };
}
