import type { Files } from "../world.ts";
import type { Veil } from "./veil.ts";

/** Files as if what the veil hides were not there. */
export function veiled(files: Files, veil: Veil): Files {
  const isHidden = async (path: string) => (await veil.over([path])).paths.has(path);
  return {
    ...files,
    read: async (path, signal) => ((await isHidden(path)) ? { kind: "absent" } : files.read(path, signal)),
    bytes: async (path, signal) => ((await isHidden(path)) ? undefined : files.bytes(path, signal)),
    entry: async (path) => ((await isHidden(path)) ? undefined : files.entry(path)),
    async list(path) {
      const entries = await files.list(path);
      const { paths } = await veil.over(entries.map((it) => it.path));
      return entries.filter((it) => !paths.has(it.path));
    },
  };
}
