import { absolute, parentOf } from "../../../text/paths.ts";
import { ENDINGS } from "../importers.ts";

/** The file that a specifier means when it stands in the file `from`, of those that are known; `undefined`: none. */
export type Resolve = (specifier: string, from: string) => string | undefined;

/** Resolves relative specifiers among some files as `leadsTo` does, the very path before one of another ending. */
export function resolver(paths: readonly string[]): Resolve {
  const known = new Set(paths);
  const byBare = new Map<string, string>();
  for (const it of paths) if (!byBare.has(bare(it))) byBare.set(bare(it), it);
  return (specifier, from) => {
    if (!specifier.startsWith(".")) return undefined;
    const target = absolute(specifier, parentOf(from));
    for (const it of [target, `${target}/index`]) {
      const exact = ENDINGS.map((ending) => it + ending).find((at) => known.has(at));
      const found = exact ?? byBare.get(it) ?? byBare.get(bare(it));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function bare(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, "");
}
