import { abandoned } from "../agent/abandoned.ts";
import type { SessionEvent } from "../agent/events.ts";
import { exportJson, exportMarkdown } from "../agent/export.ts";
import { memoryOf } from "../agent/memory.ts";
import type { SessionSummary } from "../agent/screen.ts";
import type { Row } from "../agent/session.ts";
import { nodeClock } from "../node/clock.ts";
import { homeOf } from "../node/home-of.ts";
import type { Store } from "../node/store.ts";
import { openStore } from "../node/store.ts";
import { visible } from "../text/visible.ts";
import { cleanCommand } from "./clean-command.ts";
import { type Console, EXIT } from "./console.ts";
import { plainRow } from "./render.ts";
import { SESSIONS_USAGE } from "./usage.ts";

/** `wheelhouse sessions …`. Resolves with the exit code. */
export async function sessionsCommand(argv: readonly string[], console: Console): Promise<number> {
  if (argv[0] === "clean") return cleanCommand(argv.slice(1), console);
  const store = openStore(homeOf(console.env), nodeClock);
  try {
    return await obey(argv, store, console);
  } finally {
    store.close();
  }
}

async function obey(
  [verb, ...rest]: readonly string[],
  store: Store,
  { stdout, stderr }: Console,
): Promise<number> {
  // A person must see all there is; a program gets it as it is.
  const shown = (text: string) => (stdout.isTTY ? visible(text) : text);
  const { id, format, words } = takeApart(rest);
  switch (verb) {
    case "list":
      for (const it of await store.list(words.join(" "))) stdout.write(shown(lineOf(it)));
      return EXIT.success;
    case "show":
    case "export": {
      const events = id === undefined ? undefined : await store.read(id);
      if (!events) return absent();
      if (format !== "markdown" && format !== "json")
        return wrong(`--format must be markdown or json, not "${format}"`);
      const isAtWork = id !== undefined && (await store.isOpen(id));
      if (verb === "show") stdout.write(`${rowsOf(events, isAtWork).map(plainRow).join("\n")}\n`);
      else stdout.write(shown(format === "json" ? exportJson(events) : exportMarkdown(events, isAtWork)));
      return EXIT.success;
    }
    case "delete": {
      const reason = id === undefined ? "which one?" : await store.remove(id);
      if (reason === undefined) return EXIT.success;
      stderr.write(`wheelhouse: ${reason}\n`);
      return EXIT.failed;
    }
    case "--help":
    case "-h":
      stdout.write(`${SESSIONS_USAGE}\n`);
      return EXIT.success;
    default:
      return wrong(SESSIONS_USAGE);
  }

  function absent(): number {
    stderr.write(`wheelhouse: there is no session "${id ?? ""}". See wheelhouse sessions list.\n`);
    return EXIT.failed;
  }
  function wrong(text: string): number {
    stderr.write(`${text}\n`);
    return EXIT.usage;
  }
}

function rowsOf(events: readonly SessionEvent[], isAtWork: boolean): readonly Row[] {
  const { rows } = memoryOf(events).state;
  return isAtWork ? rows : abandoned(rows);
}

function lineOf({ id, at, model, title }: SessionSummary): string {
  const time = new Date(at).toISOString().slice(0, 16).replace("T", " ");
  return `${id}  ${time}  ${model || "-"}  ${visible(title) || "(untitled)"}\n`;
}

function takeApart(rest: readonly string[]): {
  id: string | undefined;
  format: string;
  words: readonly string[];
} {
  const inline = rest.find((it) => it.startsWith("--format="));
  if (inline !== undefined)
    return takeApart(rest.flatMap((it) => (it === inline ? ["--format", it.slice(9)] : [it])));
  const at = rest.indexOf("--format");
  const words = at === -1 ? rest : [...rest.slice(0, at), ...rest.slice(at + 2)];
  return { id: words[0], format: at === -1 ? "markdown" : (rest[at + 1] ?? ""), words };
}
