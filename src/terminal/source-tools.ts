import { nodeFiles } from "../node/files.ts";
import { findRipgrep } from "../node/find-ripgrep.ts";
import { nodeOutliner, type ThreadOutliner } from "../node/outliner.ts";
import { placesOf } from "../node/places.ts";
import { nodeSearch } from "../node/search.ts";
import type { Refactorer } from "../refactor/port.ts";
import type { Files, Search } from "../world.ts";

/** What commands on source code use; it needs no session. */
export interface SourceTools {
  readonly files: Files;
  readonly search: Search;
  readonly outliner: ThreadOutliner;
  readonly refactorer: Refactorer;
  readonly close: () => Promise<void>;
}

/** The tools for commands run in `cwd`, from where no program is taken. */
export function sourceTools(env: NodeJS.ProcessEnv, cwd: string): SourceTools {
  const { worker, grammars, here } = placesOf(import.meta.url);
  const outliner = nodeOutliner({ worker, grammars });
  return {
    files: nodeFiles(),
    search: nodeSearch(findRipgrep({ here, path: env["PATH"] ?? "", workspace: [cwd] })),
    outliner,
    refactorer: outliner.refactorer,
    close: outliner.dispose,
  };
}
