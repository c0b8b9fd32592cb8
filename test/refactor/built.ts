import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSoak } from "../soak/figure.ts";

/** Whether programs are built with Go: by `npm run soak -- R1` only, for it takes minutes, and where there is one. */
export const hasGo = isSoak && spawnSync("go", ["version"]).status === 0;

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

/** Whether there is a Rust here. */
export const hasRust = isSoak && spawnSync("rustc", ["--version"]).status === 0;

/** What each program of Rust prints, errors too, or why it does not compile; each once, however often it stands there. */
export function printedByRust(programs: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-rust-"));
  const known = new Map<string, string>();
  try {
    return programs.map((text, index) => {
      const told = known.get(text) ?? ranByRust(text, join(folder, `p${index}`));
      known.set(text, told);
      return told;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ranByRust(text: string, program: string): string {
  writeFileSync(`${program}.rs`, text);
  const asked = [
    "--edition",
    "2021",
    "-Awarnings",
    "-Copt-level=0",
    "-Cdebuginfo=0",
    "-o",
    program,
    `${program}.rs`,
  ];
  const built = spawnSync("rustc", asked, { encoding: "utf8" });
  if (built.status !== 0) return `does not compile: ${built.stderr}`;
  const ran = spawnSync(program, { encoding: "utf8", timeout: 15_000 });
  return ran.stdout + ran.stderr;
}
