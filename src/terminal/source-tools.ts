import { join } from "node:path";
import { nodeFiles } from "../node/files.ts";
import { findRipgrep } from "../node/find-ripgrep.ts";
import { homeOf } from "../node/home-of.ts";
import { threadIndex } from "../node/index-thread.ts";
import { nodeOutliner, type ThreadOutliner } from "../node/outliner.ts";
import { placesOf } from "../node/places.ts";
import { nodeSearch } from "../node/search.ts";
import { typeThread } from "../node/type-thread.ts";
import type { Refactorer } from "../refactor/port.ts";
import type { TypeKnower } from "../refactor/typed.ts";
import { messageOf } from "../std/error-message.ts";
import type { SourceIndex } from "../syntax/index/port.ts";
import { visible } from "../text/visible.ts";
import type { Files, Search } from "../world.ts";
import { type Console, EXIT } from "./console.ts";

/** What commands on source code use; it needs no session. */
export interface SourceTools {
  readonly files: Files;
  readonly search: Search;
  readonly outliner: ThreadOutliner;
  readonly refactorer: Refactorer;
  readonly types: TypeKnower;
  readonly index: SourceIndex;
  readonly close: () => Promise<void>;
}

/** Runs a command with its tools, and tells why it failed. Resolves with the exit code. */
export async function withSourceTools(
  { env, cwd, stderr, onInterrupt }: Console,
  run: (tools: SourceTools, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const tools = sourceTools(env, cwd);
  const controller = new AbortController();
  const forget = onInterrupt(() => controller.abort());
  try {
    return await run(tools, controller.signal);
  } catch (error) {
    if (controller.signal.aborted) return EXIT.interrupted;
    stderr.write(`wheelhouse: ${visible(messageOf(error))}\n`);
    return EXIT.failed;
  } finally {
    forget();
    await tools.close();
  }
}

/** The tools for commands run in `cwd`, from where no program is taken. */
function sourceTools(env: NodeJS.ProcessEnv, cwd: string): SourceTools {
  const { worker, indexWorker, parseWorker, typeWorker, grammars, libraries, here } = placesOf(
    import.meta.url,
  );
  const outliner = nodeOutliner({ worker, grammars });
  const store = join(homeOf(env), "index");
  const index = threadIndex({ worker: indexWorker, parser: parseWorker, grammars, store });
  return {
    files: nodeFiles(),
    search: nodeSearch(findRipgrep({ here, path: env["PATH"] ?? "", workspace: [cwd] })),
    outliner,
    refactorer: outliner.refactorer,
    types: typeThread(typeWorker, libraries),
    index,
    async close() {
      await outliner.dispose();
      await index.dispose();
    },
  };
}
