import type { Sweep, Sweeps } from "../../journal/sweep.ts";
import { once } from "../../std/once.ts";
import type { Blobs } from "../../world.ts";
import { cleanEnvironment, type Environment } from "../environment.ts";
import { meansOf, noteFolders } from "./begin.ts";
import { changesSince } from "./end.ts";
import { type Manifest, manifestBytes, manifestIn } from "./manifest.ts";

/** Hears what others than the command write, such as the editor, until it is stopped; absolute paths. */
export type Listen = () => { readonly paths: () => ReadonlySet<string>; readonly stop: () => void };

/** What sweeps are made with: absolute paths of programs outside the workspace, where there are any. */
export interface SweepTools {
  readonly git: () => string | undefined;
  readonly ripgrep: string | undefined;
  readonly env: Environment;
  /** Folder of our own state: what happens in it is no change of the person's files. */
  readonly own: string;
  readonly now: () => number;
  readonly listen?: Listen;
}

/** Sweeps of the folders of this machine: by git where they are in a work tree, else by listing them. */
export function nodeSweeps(tools: SweepTools): Sweeps {
  // Most sessions of a terminal run no command that may change files.
  const means = once(() => meansOf({ ...tools, git: tools.git(), env: cleanEnvironment(tools.env) }));
  return {
    async begin(roots, blobs, signal) {
      const ears = tools.listen?.();
      try {
        const manifest = await noteFolders(roots, means(), blobs, signal);
        return sweepOf(manifest, await blobs.put(manifestBytes(manifest)), blobs, ears);
      } catch (error) {
        ears?.stop();
        throw error;
      }
    },
    async resume(noted, blobs) {
      const bytes = await blobs.get(noted);
      const manifest = bytes && manifestIn(bytes);
      return manifest && sweepOf(manifest, noted, blobs, undefined);
    },
  };

  function sweepOf(
    manifest: Manifest,
    noted: string,
    blobs: Blobs,
    ears: ReturnType<Listen> | undefined,
  ): Sweep {
    return {
      noted,
      end(until, signal) {
        ears?.stop();
        const saved = ears?.paths() ?? new Set();
        return changesSince(manifest, means(), blobs, { saved, until }, signal);
      },
    };
  }
}
