import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the parts of this program lie that are not in its bundle. */
export interface Places {
  readonly worker: string;
  /** Threads of the index: the one that keeps it, and those that parse for it. */
  readonly indexWorker: string;
  readonly parseWorker: string;
  /** The thread that tells types, and the folder of its compiler's `lib.*.d.ts`. */
  readonly typeWorker: string;
  readonly libraries: string;
  readonly grammars: string;
  /** Folder of the running file. */
  readonly here: string;
}

/** The places for a program whose file is `url`: a bundle in dist, or the source itself. */
export function placesOf(url: string): Places {
  const here = dirname(fileURLToPath(url));
  const isBundle = basename(here) === "dist";
  const source = isBundle ? here : here.slice(0, here.lastIndexOf("src") + 3);
  const at = (name: string) => join(source, `${name}.${isBundle ? "cjs" : "ts"}`);
  return {
    here,
    worker: at("syntax-worker"),
    indexWorker: at("index-worker"),
    parseWorker: at("parse-worker"),
    typeWorker: at("type-worker"),
    libraries: isBundle
      ? join(here, "typescript")
      : join(source, "..", "node_modules", "typescript-js", "lib"),
    grammars: isBundle ? join(here, "grammars") : join(source, "..", "dist", "grammars"),
  };
}
