import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "../../../scripts/paths.ts";
import type { Question } from "../../../src/agent/display.ts";
import { check } from "../../../src/agent/schema.ts";
import type { Abilities, Planned, ToolResult } from "../../../src/agent/tool.ts";
import { tools } from "../../../src/agent/tools/all.ts";
import type { JsonObject } from "../../../src/model/conversation.ts";
import { nodeBlobs } from "../../../src/node/blobs.ts";
import { nodeClock } from "../../../src/node/clock.ts";
import { nodeFiles } from "../../../src/node/files.ts";
import { findRipgrep } from "../../../src/node/find-ripgrep.ts";
import { threadIndex } from "../../../src/node/index-thread.ts";
import { nodeOutliner } from "../../../src/node/outliner.ts";
import { nodeSearch } from "../../../src/node/search.ts";
import { nodeShell } from "../../../src/node/shell.ts";
import { typeThread } from "../../../src/node/type-thread.ts";
import { isSecret } from "../../../src/permission/protect.ts";
import { never, temporaryFolder } from "../../contract/temporary-folder.ts";
import { grammarsFolder } from "../../syntax/grammars.ts";

/** A project in a temporary folder and the tools on it, all real but for the person and the editor. */
export interface Project {
  readonly folder: string;
  readonly abilities: Abilities;
  readonly printed: string[];
  /** Runs a tool as the loop does: input checked, reads remembered. */
  run(tool: string, input: JsonObject): Promise<ToolResult>;
  /** The text a tool answers. */
  text(tool: string, input: JsonObject): Promise<string>;
  plan(tool: string, input: JsonObject): Promise<Planned>;
  put(path: string, content: string | Uint8Array): Promise<void>;
  done(): Promise<void>;
}

/** A project with `files`; `answers` are those of the person. */
export async function project(
  files: Readonly<Record<string, string>> = {},
  answers?: readonly string[],
): Promise<Project> {
  const { folder: outside, remove } = await temporaryFolder();
  const folder = join(outside, "project");
  const seen = new Map<string, string>();
  const printed: string[] = [];
  const worker = new URL("../../../src/syntax-worker.ts", import.meta.url);
  const grammars = await grammarsFolder();
  const outliner = nodeOutliner({ worker, grammars });
  const index = threadIndex({
    worker: new URL("../../../src/index-worker.ts", import.meta.url),
    parser: new URL("../../../src/parse-worker.ts", import.meta.url),
    grammars,
    store: join(outside, "index"),
  });
  const abilities: Abilities = {
    folder,
    roots: [folder],
    mode: "default",
    files: nodeFiles(),
    search: nodeSearch(findRipgrep({ here: import.meta.dirname, path: "", workspace: [] })),
    shell: nodeShell(process.env),
    problems: { available: false, of: async () => [] },
    outliner,
    refactorer: outliner.refactorer,
    types: typeThread(
      new URL("../../../src/type-worker.ts", import.meta.url),
      join(root, "node_modules/typescript-js/lib"),
    ),
    index,
    blobs: nodeBlobs(join(outside, "blobs")),
    clock: nodeClock,
    seen: (path) => seen.get(path),
    mayRead: async (path) => !isSecret(path),
    meant: (text) => ({ kind: "text", text }),
    print: (text) => void printed.push(text),
    ask: async (_: readonly Question[]) => answers,
  };
  await mkdir(folder);
  for (const [path, content] of Object.entries(files)) await put(path, content);
  return { folder, abilities, printed, run, text, plan, put, done };

  async function run(name: string, input: JsonObject): Promise<ToolResult> {
    const tool = toolNamed(name, input);
    if (!("run" in tool)) throw new Error(`${name} plans`);
    const result = await tool.run(input, abilities, never());
    for (const { path, hash } of result.read ?? []) seen.set(path, hash);
    return result;
  }

  async function text(name: string, input: JsonObject): Promise<string> {
    const { content } = await run(name, input);
    return typeof content === "string" ? content : JSON.stringify(content);
  }

  async function plan(name: string, input: JsonObject): Promise<Planned> {
    const tool = toolNamed(name, input);
    if (!("plan" in tool)) throw new Error(`${name} runs`);
    return tool.plan(input, abilities, never());
  }

  async function put(path: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }

  async function done(): Promise<void> {
    await outliner.dispose();
    await index.dispose();
    await remove();
  }
}

function toolNamed(name: string, input: JsonObject) {
  const tool = tools.find((it) => it.name === name);
  if (!tool) throw new Error(`there is no tool ${name}`);
  const wrong = check(tool.input, input);
  if (wrong !== undefined) throw new Error(wrong);
  return tool;
}
