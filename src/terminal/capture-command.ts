import type { CaptureLine } from "../node/capture.ts";
import { type Captured, listCaptures, readCapture } from "../node/captures.ts";
import { homeOf } from "../node/home-of.ts";
import { messageOf } from "../std/error-message.ts";
import { patchOf } from "../text/diff.ts";
import { visible } from "../text/visible.ts";
import { type Console, EXIT } from "./console.ts";
import { flagsIn, type Given } from "./flags-in.ts";
import { replayed } from "./replay.ts";
import { CAPTURE_USAGE } from "./usage.ts";

/** `wheelhouse capture list|show|replay`: exchanges that a gateway kept. Resolves with the exit code. */
export async function captureCommand(argv: readonly string[], console: Console): Promise<number> {
  const { stdout, stderr, env } = console;
  const flags = flagsIn(argv, ["model", "settings"], ["json"]);
  const [verb = "", id] = typeof flags === "string" ? [] : flags.words;
  if (typeof flags !== "string" && flags.help) {
    stdout.write(`${CAPTURE_USAGE}\n`);
    return EXIT.success;
  }
  if (
    typeof flags === "string" ||
    !["list", "show", "replay"].includes(verb) ||
    (verb !== "list" && id === undefined)
  ) {
    stderr.write(`${typeof flags === "string" ? `wheelhouse: ${flags}\n` : ""}${CAPTURE_USAGE}\n`);
    return EXIT.usage;
  }
  const all = await listCaptures(homeOf(env));
  const json = flags.switches.has("json");
  if (verb === "list") {
    stdout.write(json ? `${JSON.stringify(all)}\n` : all.map(lineOf).join(""));
    return EXIT.success;
  }
  const captured = all.find((it) => it.id === id);
  if (captured === undefined) {
    stderr.write(`wheelhouse: there is no capture "${id}". See wheelhouse capture list.\n`);
    return EXIT.failed;
  }
  try {
    const lines = await readCapture(captured);
    if (verb === "replay") return await replay(lines, flags, console);
    stdout.write(json ? `${JSON.stringify(lines)}\n` : visible(shown(lines)));
    return EXIT.success;
  } catch (error) {
    stderr.write(`wheelhouse: ${messageOf(error)}\n`);
    return EXIT.failed;
  }
}

function lineOf({ id, provider, day, bytes }: Captured): string {
  return `${id}  ${day}  ${provider}  ${Math.ceil(bytes / 1000)} kB\n`;
}

function shown(lines: readonly CaptureLine[]): string {
  return lines.map(wordsOf).join("");
}

function wordsOf(it: CaptureLine): string {
  switch (it.kind) {
    case "asked":
      return `client asks ${it.method} ${it.path}\n${it.body}\n`;
    case "sent":
      return `\nsent to ${it.url}\n${it.body}\n`;
    case "came":
      return `\nthe vendor answers ${it.status}\n`;
    case "answered":
      return `\nthe client is answered ${it.status}\n`;
    case "vendor":
      return `< ${it.text}`;
    case "client":
      return `> ${it.text}`;
    case "ended":
      return "\n";
  }
}

async function replay(
  lines: readonly CaptureLine[],
  { values, switches }: Given,
  console: Console,
): Promise<number> {
  const { stdout } = console;
  const { before, after } = await replayed(
    lines,
    { model: values.get("model"), settings: values.get("settings") },
    console,
  );
  if (switches.has("json")) stdout.write(`${JSON.stringify({ equal: before === after, before, after })}\n`);
  else
    stdout.write(
      before === after ? "The answer is the same.\n" : visible(`${patchOf(before, after).patch}\n`),
    );
  return before === after ? EXIT.success : EXIT.failed;
}
