import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the parts of this program lie that are not in its bundle. */
export interface Places {
  readonly worker: string;
  readonly grammars: string;
  /** Folder of the running file. */
  readonly here: string;
}

/** The places for a program whose file is `url`: a bundle in dist, or the source itself. */
export function placesOf(url: string): Places {
  const here = dirname(fileURLToPath(url));
  if (basename(here) === "dist")
    return { here, worker: join(here, "syntax-worker.cjs"), grammars: join(here, "grammars") };
  const source = here.slice(0, here.lastIndexOf("src") + 3);
  return { here, worker: join(source, "syntax-worker.ts"), grammars: join(source, "..", "dist", "grammars") };
}
