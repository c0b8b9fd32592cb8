import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeGrammars } from "../../scripts/normalise-grammars.ts";

const folder = mkdtempSync(join(tmpdir(), "wheelhouse-grammars-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const written = writeGrammars(folder);

/** A folder with the normalised grammars and the runtime, made once per process and removed at its end. */
export async function grammarsFolder(): Promise<string> {
  await written;
  return folder;
}
