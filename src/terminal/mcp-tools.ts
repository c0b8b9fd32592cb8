import { plannedRefactor } from "../agent/refactor-call.ts";
import { check } from "../agent/schema.ts";
import { selectionIn } from "../agent/selection.ts";
import { isOn, objectIn, textIn } from "../agent/tools/parts/input.ts";
import { refactor } from "../agent/tools/refactor.ts";
import { references, referencesFor } from "../agent/tools/references.ts";
import { mapFor, repoMap } from "../agent/tools/repo-map.ts";
import { symbols, symbolsFor } from "../agent/tools/symbols.ts";
import { veil } from "../agent/veil.ts";
import { veiled } from "../agent/veiled.ts";
import { whyNotWritten } from "../agent/why-not-written.ts";
import type { JsonObject } from "../model/conversation.ts";
import { never } from "../std/abort.ts";
import { type Outside, outside } from "../text/outside.ts";
import { absolute, shownPath } from "../text/paths.ts";
import type { KnownSecret } from "../text/secrets.ts";
import type { FileChange, Files } from "../world.ts";
import type { Oracle } from "./permission-request.ts";
import { patchText } from "./rewind-words.ts";
import type { SourceTools } from "./source-tools.ts";

/** How a call ended, as text for a model. */
export interface McpAnswer {
  readonly text: string;
  readonly failed: boolean;
}

/** A tool for other agents. */
export interface McpTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema. */
  readonly input: JsonObject;
  readonly isReading: boolean;
  /** Never rejects but with the signal's reason. */
  readonly call: (input: JsonObject, signal: AbortSignal) => Promise<McpAnswer>;
}

/** What the tools are made with. */
export interface McpSetup {
  readonly tools: SourceTools;
  /** What the person's rules say. Nobody can be asked here, so that what would ask is refused. */
  readonly oracle: Oracle;
  /** Absolute; nothing outside of it is read or written. */
  readonly folder: string;
  /** Whether changes are only shown. */
  readonly isReadOnly: boolean;
  /** Values that nobody is told. */
  readonly secrets: () => Promise<readonly KnownSecret[]>;
}

/** What all calls share. */
interface Serving extends McpSetup {
  readonly guard: Outside;
  /** Without what ignore files hide. */
  readonly open: Files;
}

/** Wheelhouse's own tools as other agents get them: by the same rules, but that nobody is asked. */
export function mcpTools(setup: McpSetup): readonly McpTool[] {
  const { folder, tools } = setup;
  const { files, search } = tools;
  const hiding = veil({ files, search, roots: () => [folder], platform: process.platform, now: Date.now });
  const serving = { ...setup, guard: outside(), open: veiled(files, hiding) };
  return [refactorTool(serving), ...READING.map((it) => readingTool(it, serving))].map((it) =>
    guarded(it, serving),
  );
}

/** What looks like a secret, or is known to be one, is masked in every answer, and what cannot be seen spelled out. */
function guarded(tool: McpTool, { guard, secrets }: Serving): McpTool {
  return {
    ...tool,
    async call(given, signal) {
      guard.know(await secrets());
      const { text, failed } = await tool.call(given, signal);
      return { text: guard.told(text), failed };
    },
  };
}

/** Tools that only read, as our own agent has them. */
const READING = [
  { tool: symbols, answer: symbolsFor },
  { tool: references, answer: referencesFor },
  { tool: repoMap, answer: mapFor },
];

/** One that reads below the path that it is given, or the folder. */
function readingTool({ tool, answer }: (typeof READING)[number], setup: Serving): McpTool {
  const { name, description, input } = tool;
  return {
    name,
    description,
    input,
    isReading: true,
    async call(given, signal) {
      const wrong = check(input, given);
      if (wrong !== undefined) return refusal(wrong);
      const path = absolute(textIn(given, "path", "."), setup.folder);
      const denied = await whyNot("Read", path, setup, signal);
      if (denied !== undefined) return refusal(denied);
      const { content, failed = false } = await answer(given, portsOf(setup, signal), signal);
      return { text: typeof content === "string" ? content : "", failed };
    },
  };
}

function refactorTool(setup: Serving): McpTool {
  const { name, description } = refactor;
  const input = withMore(refactor.input, {
    selected_text: {
      type: "string",
      description: "What stands at the selection, if you know: nothing is done where it is something else",
    },
    preview: { type: "boolean", description: "Only show the changes" },
  });
  return {
    name,
    description: description.replace("code you have read", "code"),
    input,
    isReading: false,
    async call(given, signal) {
      const wrong = check(input, given);
      if (wrong !== undefined) return refusal(wrong);
      const path = absolute(textIn(given, "file_path"), setup.folder);
      const denied = await whyNot("Read", path, setup, signal);
      if (denied !== undefined) return refusal(denied);
      const to = textIn(objectIn(given, "options"), "to");
      const closed = to === "" ? undefined : await whyNot("Edit", absolute(to, setup.folder), setup, signal);
      if (closed !== undefined) return refusal(closed);
      const ports = portsOf(setup, signal);
      const found = await ports.files.read(path, signal);
      const hash = found.kind === "text" ? found.hash : undefined;
      const other = found.kind === "text" ? whyOther(given, found.text) : undefined;
      if (other !== undefined) return refusal(other);
      const planned = await plannedRefactor(given, { ...ports, seen: () => hash ?? "" }, signal);
      if (planned.kind === "refused") return refusal(planned.reason);
      const isPreview = setup.isReadOnly || isOn(given, "preview");
      return made(planned.changes, planned.notes, isPreview, setup, signal);
    },
  };
}

function whyOther(given: JsonObject, text: string): string | undefined {
  const wanted = textIn(given, "selected_text");
  const at = selectionIn(text, textIn(given, "selection"));
  if (wanted === "" || typeof at === "string") return undefined;
  const there = text.slice(at.from, at.to);
  return there === wanted
    ? undefined
    : `Nothing was changed: at the selection stands ${JSON.stringify(there.slice(0, 200))}. Read the file again.`;
}

async function made(
  changes: readonly FileChange[],
  notes: readonly string[],
  isPreview: boolean,
  setup: McpSetup,
  signal: AbortSignal,
): Promise<McpAnswer> {
  if (!isPreview)
    for (const { path } of changes) {
      const denied = await whyNot("Edit", path, setup, signal);
      if (denied !== undefined) return refusal(denied);
    }
  const patch = changes.map(({ path, before, after }) =>
    patchText({ path: shownPath(path, setup.folder), before, after, isBinary: false }),
  );
  if (!isPreview) {
    const written = await setup.tools.files.write(changes, never());
    if (written.kind !== "written") return refusal(`Nothing was written. ${whyNotWritten(written)}`);
  }
  const head = isPreview ? "These changes can be made:" : "These changes were made:";
  return { text: [head, "", ...patch, ...notes].join("\n"), failed: false };
}

/** Why a file may not be used; `undefined`: it may. */
async function whyNot(
  tool: "Read" | "Edit",
  path: string,
  { oracle, folder }: McpSetup,
  signal: AbortSignal,
): Promise<string | undefined> {
  const request = { tool, input: { file_path: path }, cwd: folder, mode: "acceptEdits" } as const;
  const decision = await oracle.ask(request, signal);
  if (typeof decision === "string") return decision;
  if (decision.decision === "allow") return undefined;
  const asked = decision.decision === "ask" ? " It would be asked about, and over MCP nobody can be." : "";
  return `${decision.reason}${asked}`;
}

function portsOf(setup: Serving, signal: AbortSignal) {
  const { folder, tools, open } = setup;
  const { search, outliner, refactorer, types, index } = tools;
  const mayRead = async (path: string) => (await whyNot("Read", path, setup, signal)) === undefined;
  return {
    folder,
    search,
    outliner,
    refactorer,
    types,
    index,
    files: open,
    mayRead,
    print: () => undefined,
  };
}

function refusal(reason: string): McpAnswer {
  return { text: reason, failed: true };
}

function withMore(schema: JsonObject, more: JsonObject): JsonObject {
  const { properties } = schema;
  const own = typeof properties === "object" && !Array.isArray(properties) ? properties : {};
  return { ...schema, properties: { ...own, ...more } };
}
