import type { Command, SessionEvent } from "../agent/events.ts";
import { rewoundText } from "../agent/rewound.ts";
import { openSession } from "../node/open-session.ts";
import { visible } from "../text/visible.ts";
import { type Console, EXIT } from "./console.ts";
import { terminalHost } from "./host.ts";
import { NO_OVERRIDES } from "./overrides.ts";

/** Takes up the session of this folder, sends it the one command, says what came of it, and lets it go. Resolves with the exit code. */
export async function rewindSession(
  id: string,
  folder: string,
  command: Extract<Command, { type: "rewind" | "takeBackRewind" }>,
  { env, stdout, stderr }: Console,
): Promise<number> {
  const host = await terminalHost(folder, env, false, NO_OVERRIDES);
  const complain = (text: string) => void stderr.write(`${visible(text)}\n`);
  try {
    const opened = await host.store.open(id);
    if (opened.kind !== "open") {
      complain(`wheelhouse: ${opened.kind === "absent" ? `there is no session "${id}".` : opened.reason}`);
      return EXIT.failed;
    }
    let said = "";
    const emit = (event: SessionEvent) => {
      if (event.type === "rewound") stdout.write(`${visible(rewoundText(event, folder))}\n`);
      if (event.type !== "not-rewound") return;
      said = event.text;
      complain(said);
    };
    const session = await openSession(host.wiring, opened, { emit, complain });
    const sent = await session.send(command).finally(session.close);
    if (sent.kind === "refused") {
      if (sent.reason !== said) complain(`wheelhouse: ${sent.reason}`);
    } else if (command.type === "rewind") complain(`To take it back: wheelhouse rewind ${id} --undo`);
    return sent.kind === "taken" ? EXIT.success : EXIT.failed;
  } finally {
    await host.close();
  }
}
