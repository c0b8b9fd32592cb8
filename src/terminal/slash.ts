import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { MODES } from "../agent/events.ts";
import { exportMarkdown } from "../agent/export.ts";
import type { Session } from "../agent/runner.ts";
import { EFFORTS } from "../model/conversation.ts";
import { visible } from "../text/visible.ts";
import type { TerminalHost } from "./host.ts";
import type { Paint } from "./render.ts";
import { slashRewind } from "./slash-rewind.ts";

const HELP = `/model [NAME]    show or change the model        /mode [NAME]   default, acceptEdits, plan, bypassPermissions
/effort [LEVEL]  low, medium, high, xhigh, max   /cost          what this session cost
/changes         files changed and not decided   /undo [FILE]   take changes back   /keep [FILE]  keep them
/queue           waiting messages                /export        write the conversation as Markdown
/rewind [N]      back to before a message: lists them, shows what it does
/retry           try again what failed           /stop          stop the turn
/exit            leave (the session is kept: wheelhouse --continue)`;

/** A slash command of the terminal; "leave" when the session is to end. */
export async function slash(
  line: string,
  session: Session,
  { router, store }: TerminalHost,
  say: (text: string) => void,
  { dim, yellow }: Paint,
): Promise<"leave" | undefined> {
  const [name = "", ...rest] = line.slice(1).trim().split(/\s+/);
  const word = rest.join(" ");
  const state = session.state();
  const send = async (command: Parameters<Session["send"]>[0]) => {
    const sent = await session.send(command);
    if (sent.kind === "refused") say(yellow(visible(sent.reason)));
  };
  switch (name) {
    case "exit":
    case "quit":
      return "leave";
    case "model": {
      if (word !== "") return void (await send({ type: "configure", model: word }));
      const models = await router.models(AbortSignal.timeout(5_000));
      return void say(
        models
          .map((it) => `${it.id === state.model ? "*" : " "} ${visible(it.id)} ${dim(visible(it.name))}`)
          .join("\n"),
      );
    }
    case "mode":
    case "effort": {
      const values: readonly string[] = name === "mode" ? MODES : EFFORTS;
      if (!values.includes(word))
        return void say(
          `${name}: ${name === "mode" ? state.mode : (state.effort ?? "the model's own")} ${dim(`(${values.join(", ")})`)}`,
        );
      return void (await send({ type: "configure", [name]: word }));
    }
    case "cost":
      return void say(
        `$${state.cost.toFixed(4)}${state.costIncomplete ? " and calls of unknown price" : ""}; ${state.contextTokens} tokens in the context`,
      );
    case "changes":
      return void say(state.changed.map((it) => visible(it.path)).join("\n") || "No changes to decide on.");
    case "undo":
    case "keep":
      return void (await send({ type: name, ...(word !== "" && { paths: [resolve(state.folder, word)] }) }));
    case "queue":
      return void say(
        state.queue
          .map((it) => `${it.delivery === "step" ? "after this step" : "when done"}: ${visible(it.text)}`)
          .join("\n") || "Nothing waits.",
      );
    case "rewind":
      return void (await slashRewind(rest, session, send, say));
    case "retry":
    case "stop":
      return void (await send({ type: name }));
    case "export": {
      const path = join(state.folder, `wheelhouse-${state.id}.md`);
      await writeFile(path, exportMarkdown((await store.read(state.id)) ?? [], true));
      return void say(`Written to ${path}`);
    }
    default:
      return void say(HELP);
  }
}
