import { nodeOutliner, type ThreadOutliner } from "../../src/node/outliner.ts";
import { type Decision, decide, type Situation } from "../../src/permission/decide.ts";
import { analysed, type Stage } from "../../src/permission/shell/analyse.ts";
import type { Line } from "../../src/permission/shell/line.ts";
import type { Entry } from "../../src/world.ts";
import { grammarsFolder } from "../syntax/grammars.ts";
import { type RuleTexts, situation } from "./situation.ts";

/** A real parser, and files that are given by name. */
export interface ShellStage {
  readonly outliner: ThreadOutliner;
  /** What is decided about a line in /w/proj, where `files` stand and `links` lead elsewhere. */
  readonly on: (command: string, rules?: RuleTexts, more?: Partial<Situation> & Setting) => Promise<Decision>;
  readonly line: (command: string, setting?: Setting) => Promise<Line>;
  readonly close: () => Promise<void>;
}

export interface Setting {
  readonly shell?: string;
  readonly files?: readonly string[];
  readonly links?: Readonly<Record<string, string>>;
}

/** Opens it; the parser's thread is its own. */
export async function shellStage(): Promise<ShellStage> {
  const worker = new URL("../../src/syntax-worker.ts", import.meta.url);
  const outliner = nodeOutliner({ worker, grammars: await grammarsFolder() });
  const { signal } = new AbortController();
  const line: ShellStage["line"] = (command, setting = {}) =>
    analysed(command, { ...stageOf(outliner, setting) }, signal);
  return {
    outliner,
    line,
    async on(command, rules, more = {}) {
      const { shell, files, links, ...rest } = more;
      const taken = await line(command, {
        ...(shell && { shell }),
        ...(files && { files }),
        ...(links && { links }),
      });
      return decide("Bash", { kind: "command", command, line: taken }, situation(rules, rest));
    },
    close: () => outliner.dispose(),
  };
}

function stageOf(parser: ThreadOutliner, { shell = "bash", files = [], links = {} }: Setting): Stage {
  const entry = (path: string): Entry => ({ path, kind: "file", size: 1, modified: 0 });
  return {
    parser,
    shell,
    folder: "/w/proj",
    home: "/home/me",
    files: {
      resolve: async (path) => {
        const link = Object.keys(links).find((it) => path === it || path.startsWith(`${it}/`));
        return link === undefined ? path : links[link] + path.slice(link.length);
      },
      entry: async (path) => (files.includes(path) ? entry(path) : undefined),
      list: async (folder) =>
        files
          .filter((it) => it.startsWith(`${folder}/`) && !it.slice(folder.length + 1).includes("/"))
          .map(entry),
    },
  };
}
