import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What a program prints, errors too: `files` by their paths, `entry` the one that is run, by Node or Python. */
export function printed(files: Readonly<Record<string, string>>, entry: string): string {
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-case-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const program = entry.endsWith(".py") ? "python3" : process.execPath;
    const ran = spawnSync(program, [entry], { cwd: folder, encoding: "utf8", timeout: 15_000 });
    return ran.stdout + ran.stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
