import { createInterface, type Interface } from "node:readline";
import type { Reply, SessionEvent } from "../agent/events.ts";
import type { Session } from "../agent/runner.ts";
import type { OpenQuestion } from "../agent/session.ts";
import { openSession } from "../node/open-session.ts";
import type { Opened } from "../node/store.ts";
import { visible } from "../text/visible.ts";
import type { Arguments } from "./arguments.ts";
import { configure } from "./configure.ts";
import { type Console, EXIT } from "./console.ts";
import type { TerminalHost } from "./host.ts";
import { paint, plainRow } from "./render.ts";
import { HOW_TO_RETRY, mayRetry, screen } from "./screen.ts";
import { slash } from "./slash.ts";

/** A line that comes sooner than this after a question was typed before it was seen, in milliseconds. */
const TYPE_AHEAD_MS = 400;

/** The interactive session: what is typed is asked, queued while it works, or answers an open question. Resolves with the exit code. */
export async function interactive(
  host: TerminalHost,
  opened: Extract<Opened, { kind: "open" }>,
  given: Arguments,
  console: Console,
): Promise<number> {
  const { stdout } = console;
  const { now } = host.wiring.world.clock;
  const first = given.words.join(" ");
  const colours = paint(Boolean(stdout.isTTY) && !console.env["NO_COLOR"]);
  let askedAt = 0;
  let isOver = false;
  let again = "";
  const view = screen(
    (text) => void stdout.write(text),
    colours,
    () => {
      askedAt = now();
    },
  );
  /** What came of taking the session up again; the greeting shows it, among all that stands there. */
  let early: SessionEvent[] | undefined = [];
  const hear = (event: SessionEvent): void => {
    if (early) return void early.push(event);
    view.hear(event);
    if (event.type === "rewound" && event.conversation) again = event.text;
    if (event.type === "rested" && !isOver) lines.prompt();
  };
  const say = (text: string) => void stdout.write(`${text}\n`);
  const lines = createInterface({
    input: console.stdin,
    output: stdout,
    prompt: colours.cyan("> "),
    historySize: 500,
  });
  const session = await openSession(host.wiring, opened, {
    emit: hear,
    complain: (text) => say(colours.yellow(visible(text))),
  });
  await configure(session, given);
  const isOld = opened.events.length > 1;
  greet(session, isOld, say, colours.dim);
  const heard = isOld && session.state().status === "resting" ? [] : early;
  early = undefined;
  heard.forEach(hear);
  const leaving = leaveAtSecondInterrupt(lines, session, say, colours.dim);
  let code: number = EXIT.success;
  const stopListening = console.onInterrupt(() => {
    code = EXIT.interrupted;
    lines.close();
  });
  const end = new Promise<void>((resolve) => {
    // A terminal that was closed cannot even be set back, which is an error to readline and an end to us.
    for (const it of ["close", "error"]) lines.on(it, resolve);
  });
  lines.on("line", (line) => void took(line).catch((error: unknown) => say(colours.red(String(error)))));
  if (first.trim() !== "") await take(first);
  else lines.prompt();
  await end;
  isOver = true;
  await session.close();
  stopListening();
  return code;

  async function took(line: string): Promise<void> {
    leaving.forget();
    const question = view.asking();
    const isTypedAhead = now() - askedAt < TYPE_AHEAD_MS;
    if (question && !isTypedAhead && !line.startsWith("/")) return answer(question, line);
    return take(line);
  }

  async function take(line: string): Promise<void> {
    if (line.trim() === "") return lines.prompt();
    if (line.startsWith("/")) {
      const done = await slash(line, session, host, say, colours);
      if (done === "leave") return lines.close();
      if (session.state().status === "resting") promptAgain(lines, again, say);
      again = "";
      return;
    }
    const isQueued = session.state().status !== "resting";
    const sent = await session.send({ type: "ask", text: line, attachments: [] });
    if (sent.kind === "refused") say(colours.yellow(visible(sent.reason)));
    else if (isQueued) say(colours.dim("(queued: it is told after this step)"));
  }

  async function answer(question: OpenQuestion, line: string): Promise<void> {
    const reply = replyOf(question, line.trim());
    if (typeof reply === "string") return say(colours.dim(reply));
    const sent = await session.send({ type: "reply", question: question.question, reply });
    if (sent.kind === "refused") say(colours.yellow(visible(sent.reason)));
  }
}

function greet(
  session: Session,
  isOld: boolean,
  say: (text: string) => void,
  dim: (text: string) => string,
): void {
  const { model, mode, folder, rows } = session.state();
  say(dim(visible(`Wheelhouse · ${model} · ${mode} · ${folder}`)));
  if (model === "offline")
    say(
      dim(
        'No API key, so this is the offline model. Type "help" to see what it can do, or set ANTHROPIC_API_KEY.',
      ),
    );
  say(dim("/help lists commands. Ctrl+C stops, twice leaves."));
  if (!isOld) return;
  say(
    rows
      .slice(-20)
      .map(plainRow)
      .filter((it) => it !== "")
      .join("\n"),
  );
  if (mayRetry(rows)) say(dim(HOW_TO_RETRY));
}

/** What a typed line says to a question, or what to type instead. */
export function replyOf({ about, display, rules }: OpenQuestion, line: string): Reply | string {
  if (about === "choice" && display.kind === "questions") {
    const typed = display.questions.length === 1 ? [line] : line.split(";").map((it) => it.trim());
    if (line === "" || typed.length !== display.questions.length)
      return 'Type a number or your own words (several questions: separated by ";").';
    return {
      kind: "answers",
      answers: display.questions.map(
        (it, index) => it.options[Number(typed[index]) - 1]?.label ?? typed[index] ?? "",
      ),
    };
  }
  if (/^y(es)?$/i.test(line)) return { kind: "allow" };
  if (/^a(lways)?$/i.test(line)) {
    if (about === "plan") return { kind: "always", rule: "" };
    return rules[0] === undefined
      ? "There is no rule that would cover just this: y allows it once."
      : { kind: "always", rule: rules[0] };
  }
  if (/^s(ession)?$/i.test(line) && about === "permission")
    return rules[0] === undefined
      ? "There is no rule that would cover just this: y allows it once."
      : { kind: "session", rule: rules[0] };
  if (/^no?$/i.test(line)) return { kind: "deny" };
  return line === ""
    ? "y allows, n denies; other words deny and are told to the model."
    : { kind: "deny", words: line };
}

/** A prompt with what was said before the conversation went back, to be said again in other words. */
function promptAgain(lines: Interface, text: string, say: (text: string) => void): void {
  // A line break would send it.
  const isLine = lines.terminal && !text.includes("\n");
  if (!isLine && text !== "") say(visible(text));
  lines.prompt();
  if (isLine) lines.write(visible(text));
}

/** Ctrl+C stops what runs; a second one, with nothing typed in between, leaves. */
function leaveAtSecondInterrupt(
  lines: Interface,
  session: Session,
  say: (text: string) => void,
  dim: (text: string) => string,
): { readonly forget: () => void } {
  let isSecond = false;
  lines.on("SIGINT", () => {
    const isWorking = session.state().status !== "resting";
    if (isSecond) return lines.close();
    isSecond = true;
    if (isWorking) void session.send({ type: "stop" });
    else say(dim("\n(Ctrl+C again to leave)"));
  });
  return {
    forget: () => {
      isSecond = false;
    },
  };
}
