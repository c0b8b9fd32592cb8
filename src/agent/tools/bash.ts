import type { JsonObject } from "../../model/conversation.ts";
import { cutMiddle } from "../../text/cut.ts";
import { isWithin } from "../../text/paths.ts";
import type { CommandEnd } from "../../world.ts";
import type { Abilities, RunTool } from "../tool.ts";
import { numberIn, textIn } from "./parts/input.ts";

const DEFAULT_TIMEOUT_MS = 120_000;
const MAX_TIMEOUT_MS = 600_000;
const MAX_OUTPUT = 30_000;

/** Runs a command in the shell. */
export const bash: RunTool = {
  name: "Bash",
  description:
    "Run a command in a fresh shell that cannot ask anything: no input, no pager, no terminal. cd carries over to the next call inside the workspace; variables do not. Everything it started ends with it. Prefer Read, Grep, Glob and Edit for files.",
  input: {
    type: "object",
    properties: {
      command: { type: "string" },
      description: { type: "string", description: "What it does, in five to ten words" },
      timeout: { type: "integer", minimum: 1, description: "Milliseconds; default 120000, at most 600000" },
      dangerouslyDisableSandbox: {
        type: "boolean",
        description: "Run it outside the sandbox. Only after the sandbox has refused what the task needs",
      },
    },
    required: ["command"],
  },
  title: (input) => textIn(input, "command"),
  reach: (input) => ({
    kind: "command",
    command: textIn(input, "command"),
    ...placeWanted(input),
  }),
  prepare: ({ shellParser }) => shellParser.warm(),
  async run(input, abilities, signal) {
    const { folder, shell, print } = abilities;
    const command = textIn(input, "command");
    const timeoutMs = Math.min(numberIn(input, "timeout") ?? DEFAULT_TIMEOUT_MS, MAX_TIMEOUT_MS);
    const end = await shell.run(
      { command, folder, timeoutMs, onOutput: print, ...placeWanted(input) },
      signal,
    );
    const next = await nextFolder(end, abilities);
    const output = await cutOutput(end, abilities);
    const blocked = blockedText(end);
    const exit = end.exitCode === undefined ? {} : { exitCode: end.exitCode };
    return {
      content: [output.trimEnd(), endText(end, timeoutMs), ...blocked, wayOut(blocked), next.note]
        .filter((it) => it !== "")
        .join("\n"),
      display: { kind: "terminal", command, folder, output: shownOutput(output, blocked), ...exit },
      ...(end.ended === "exit" && end.exitCode === 0 ? {} : { failed: true }),
      ...(next.folder === undefined ? {} : { folder: next.folder }),
    };
  },
};

/** Where the settings want it, unless the call asks for no sandbox. */
function placeWanted(input: JsonObject): { readonly sandboxed?: false } {
  return input["dangerouslyDisableSandbox"] === true ? { sandboxed: false } : {};
}

async function cutOutput({ output, missing = 0 }: CommandEnd, { blobs, clock }: Abilities): Promise<string> {
  if (output.length <= MAX_OUTPUT) return output;
  const path = await blobs.keep(`bash-${clock.id()}`, output);
  const where =
    missing === 0
      ? "The whole output is in"
      : `The output was too long: ${missing} characters of it were not kept. The rest is in`;
  return `${cutMiddle(output, MAX_OUTPUT)}\n(${where} ${path}: use Read or Grep on it.)`;
}

function endText(end: CommandEnd, timeoutMs: number): string {
  switch (end.ended) {
    case "exit":
      return end.exitCode === 0
        ? end.output === ""
          ? "(no output, exit code 0)"
          : ""
        : `(exit code ${end.exitCode})`;
    case "timeout":
      return `(ended after ${timeoutMs} ms: give a longer timeout, or a command that does less)`;
    case "stopped":
      return "(stopped by the person)";
    case "failed":
      return end.reason ?? "(the shell could not be started)";
  }
}

/** What the sandbox has refused is no fault of the command: said as such, so that nobody looks for one. */
function blockedText({ blocked = [] }: CommandEnd): readonly string[] {
  return blocked.map((it) => `(${it})`);
}

function wayOut(blocked: readonly string[]): string {
  if (blocked.length === 0) return "";
  return "(If the task needs it, run it again with dangerouslyDisableSandbox: the person decides about that.)";
}

function shownOutput(output: string, blocked: readonly string[]): string {
  return blocked.length === 0 ? output : [output.trimEnd(), ...blocked].filter((it) => it !== "").join("\n");
}

/** Where the next command starts: where this one ended, as long as that is in the workspace. */
async function nextFolder(
  end: CommandEnd,
  { folder, roots, files }: Abilities,
): Promise<{ folder?: string; note: string }> {
  if (end.folder === undefined || end.folder === (await files.resolve(folder))) return { note: "" };
  const last = end.folder;
  const real = await Promise.all(roots.map((it) => files.resolve(it)));
  if (real.some((root) => isWithin(last, root))) return { folder: last, note: `(now in ${last})` };
  return { note: `(ended in ${last}, outside the workspace; the next command starts in ${folder} again)` };
}
