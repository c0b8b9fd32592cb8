import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "../contract/temporary-folder.ts";

/** The command: the one that was built, where `npm test` names it, else its source, which starts four times as slowly. */
export const CLI = process.env["WHEELHOUSE_CLI"] ?? join(import.meta.dirname, "../../src/cli.ts");

/** How a run of the command ended. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A person's home and a project, and the command run in them as a process of its own. */
export interface Place {
  readonly home: string;
  readonly project: string;
  /** Runs to the end; `stdin` is closed behind its text. */
  readonly run: (given: readonly string[], options?: RunOptions) => Promise<Ran>;
  /** Starts only; for what is to be interrupted. */
  readonly start: (given: readonly string[], options?: RunOptions) => ChildProcessWithoutNullStreams;
  readonly remove: () => Promise<void>;
}

export interface RunOptions {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A place with these files in the project. */
export async function place(files: Readonly<Record<string, string>> = {}): Promise<Place> {
  const { folder, remove } = await temporaryFolder();
  const [home, project] = [join(folder, "home"), join(folder, "project")];
  await mkdir(project);
  for (const [name, text] of Object.entries(files)) await writeFile(join(project, name), text);
  const start: Place["start"] = (given, { env = {}, cwd = project } = {}) => {
    const base = { PATH: process.env.PATH ?? "", HOME: folder, WHEELHOUSE_HOME: home, ...env };
    return spawn(process.execPath, ["--no-warnings", CLI, ...given], { cwd, env: base });
  };
  return {
    home,
    project,
    remove,
    start,
    async run(given, options = {}) {
      const child = start(given, options);
      const ended = endOf(child);
      child.stdin.end(options.stdin ?? "");
      return ended;
    },
  };
}

/** What a process has said when it has ended. */
export async function endOf(child: ChildProcessWithoutNullStreams): Promise<Ran> {
  let [out, err] = ["", ""];
  child.stdout.on("data", (it) => (out += it));
  child.stderr.on("data", (it) => (err += it));
  const [code] = await once(child, "close");
  return { code, out, err };
}

/** The lines of JSON in a text. */
export function jsonLines(text: string): readonly Readonly<Record<string, unknown>>[] {
  return text
    .split("\n")
    .filter((it) => it !== "")
    .map((it) => JSON.parse(it));
}
