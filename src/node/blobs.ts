import { mkdir, open, readFile, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Blobs } from "../world.ts";
import { lazy } from "./lazy.ts";
import { isAbsence } from "./system-error.ts";
import { syncFolder, writeAtomically } from "./write-atomically.ts";

/** Blobs in `folder`, which is made when first needed: one file for each content, named by its hash. */
export function nodeBlobs(folder: string): Blobs {
  return { put, get, keep };

  async function put(bytes: Uint8Array): Promise<string> {
    const hash = hashOf(bytes);
    const path = join(folder, hash);
    const present = await readFile(path).catch(() => undefined);
    if (present !== undefined && hashOf(present) === hash) return hash;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // One cut short by a crash is known by its hash and written anew, so a new name needs no second one.
    if (present === undefined) await writeNew(path, bytes);
    else await writeAtomically(path, bytes);
    return hash;
  }

  async function get(hash: string): Promise<Uint8Array | undefined> {
    if (!/^[0-9a-f]{64}$/.test(hash)) return undefined;
    try {
      const bytes = new Uint8Array(await readFile(join(folder, hash)));
      if (hashOf(bytes) === hash) return bytes;
      throw new Error(`Cannot use blob ${hash} in "${folder}": its content has changed`);
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw error;
    }
  }

  async function keep(name: string, text: string): Promise<string> {
    const kept = keptFolder(folder);
    await mkdir(kept, { recursive: true, mode: 0o700 });
    const bytes = new TextEncoder().encode(text);
    const safe =
      name
        .replace(/[^\w.-]+/g, "-")
        .replace(/^[.-]+/, "")
        .slice(0, 60) || "result";
    const path = join(kept, `${safe}-${hashOf(bytes).slice(0, 12)}.txt`);
    await writeAtomically(path, bytes);
    return path;
  }
}

/** Durable when it resolves, name and bytes. What another process began to write meanwhile is replaced. */
async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o666).catch(() => undefined);
  if (!file) return writeAtomically(path, bytes);
  try {
    await file.writeFile(bytes);
    await Promise.all([file.sync(), syncFolder(dirname(path))]);
  } catch (error) {
    await unlink(path).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
}

function hashOf(bytes: Uint8Array): string {
  return lazy.crypto.createHash("sha256").update(bytes).digest("hex");
}

/** Where `keep` puts texts for the model to read. */
export function keptFolder(folder: string): string {
  return join(folder, "kept");
}
