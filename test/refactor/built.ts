import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether there is a Go here. */
export const hasGo = spawnSync("go", ["version"]).status === 0;

/** What each program of Go prints, errors too, or why it does not compile: all of them built at once. */
export function printedByGo(programs: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-go-"));
  try {
    writeFileSync(join(folder, "go.mod"), "module m\n\ngo 1.18\n");
    programs.forEach((text, index) => {
      mkdirSync(join(folder, `p${index}`));
      writeFileSync(join(folder, `p${index}`, "main.go"), text);
    });
    mkdirSync(join(folder, "bin"));
    const built = spawnSync("go", ["build", "-o", "bin/", "./..."], { cwd: folder, encoding: "utf8" });
    return programs.map((_, index) => {
      const program = join(folder, "bin", `p${index}`);
      if (!existsSync(program)) return `does not compile: ${complaint(built.stderr, index)}`;
      const ran = spawnSync(program, { encoding: "utf8", timeout: 15_000 });
      return ran.stdout + ran.stderr.replace(/goroutine[\s\S]*/, "");
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function complaint(told: string, index: number): string {
  const lines = told.split("\n").filter((it) => it.startsWith(`p${index}/`));
  return lines.join("; ");
}
