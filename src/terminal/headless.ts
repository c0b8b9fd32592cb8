import type { SessionEvent } from "../agent/events.ts";
import type { Session } from "../agent/runner.ts";
import type { Answer, Block } from "../model/conversation.ts";
import { visible } from "../text/visible.ts";
import { EXIT } from "./console.ts";
import { follow, NO_RUN, type Run, resultJson, subtypeOf, usageJson } from "./print.ts";

/** What a headless run is made with. */
export interface Headless {
  readonly format: "text" | "json" | "stream-json";
  /** Whether calls are named as they end. */
  readonly isVerbose: boolean;
  /** Whether a person reads the output, so that nothing may be hidden in it. */
  readonly isForPeople: boolean;
  /** `NaN`: none. */
  readonly limits: { readonly turns: number; readonly cost: number };
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly now: () => number;
}

/** Prints one headless run. */
export interface Printer {
  readonly begin: (session: Session, tools: readonly string[]) => void;
  readonly hear: (event: SessionEvent) => void;
  /** Prints the end; answers the exit code. */
  readonly finish: (isStopped: boolean) => number;
  readonly run: () => Run;
}

/** Follows a session and prints it as `claude -p` would. */
export function headless(options: Headless): Printer {
  const from = options.now();
  let run = NO_RUN;
  let session = "";
  const titles = new Map<string, string>();
  const line = (value: unknown) => options.write(`${JSON.stringify(value)}\n`);
  return {
    run: () => run,
    begin(opened, tools) {
      session = opened.state().id;
      if (options.format === "stream-json") line(initJson(opened, tools));
    },
    hear(event) {
      run = follow(run, event);
      if (event.type === "retrying" || event.type === "warned") options.complain(visible(event.text));
      if (options.isVerbose) tell(event);
      if (options.format !== "stream-json") return;
      if (event.type === "said")
        line({ type: "assistant", message: messageJson(event.answer), session_id: session });
      if (event.type === "answered" && run.open === 0)
        line({
          type: "user",
          message: { role: "user", content: run.results.map(plain) },
          session_id: session,
        });
    },
    finish(isStopped) {
      const ended = subtypeOf(run, options.limits);
      const subtype = isStopped && ended !== "success" ? "interrupted" : ended;
      const result = resultJson(run, subtype, session, options.now() - from);
      if (options.format !== "text") line(result);
      else if (run.text !== "") options.write(shown(run.text.endsWith("\n") ? run.text : `${run.text}\n`));
      if (subtype === "success") return EXIT.success;
      if (run.rest?.text) options.complain(visible(run.rest.text));
      return subtype === "interrupted" ? EXIT.interrupted : EXIT.failed;
    },
  };

  function shown(text: string): string {
    return options.isForPeople ? visible(text) : text;
  }

  function tell(event: SessionEvent): void {
    if (event.type === "called") titles.set(event.call, `${event.tool} ${event.title.split("\n")[0] ?? ""}`);
    if (event.type !== "answered") return;
    const seconds = (event.durationMs / 1000).toFixed(1);
    options.complain(visible(`${titles.get(event.call) ?? event.call}: ${event.end}, ${seconds} s`));
  }
}

/** The first line of `stream-json`. */
function initJson({ state, memory }: Session, tools: readonly string[]) {
  const { id, model, folder, mode } = state();
  return {
    type: "system",
    subtype: "init",
    session_id: id,
    model,
    cwd: memory().folder || folder,
    tools,
    mcp_servers: [],
    permissionMode: mode,
  };
}

function messageJson({ id, model, content, stop, usage }: Answer) {
  return {
    id,
    type: "message",
    role: "assistant",
    model,
    content: content.map(plain),
    stop_reason: stop,
    stop_sequence: null,
    usage: usageJson(usage),
  };
}

function plain(block: Block): unknown {
  return block.type === "opaque" ? block.raw : block;
}
