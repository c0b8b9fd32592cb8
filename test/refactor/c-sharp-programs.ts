import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSoak } from "../soak/figure.ts";

/** Whether programs are compiled: by `npm run soak -- R1` only, for it takes minutes, and where there is a compiler of C#. */
export const hasCSharp = isSoak && spawnSync("mcs", ["--version"]).status === 0;

/** Prints what each program's `Main` prints as a line of base 64; those that were not compiled are not there. */
const RUNNER = `
using System;
using System.IO;
using System.Reflection;
using System.Text;

public static class Runner {
  public static void Main(string[] args) {
    TextWriter own = Console.Out;
    int count = int.Parse(args[0]);
    for (int at = 0; at < count; at++) {
      StringWriter told = new StringWriter();
      Type type = Type.GetType("P" + at + ".Program");
      Console.SetOut(told);
      if (type != null) {
        MethodInfo main = type.GetMethod("Main", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
        try { main.Invoke(null, main.GetParameters().Length == 0 ? null : new object[] { new string[0] }); }
        catch (TargetInvocationException it) { told.WriteLine("thrown " + it.InnerException.GetType().Name + " " + it.InnerException.Message); }
      }
      own.WriteLine(Convert.ToBase64String(Encoding.UTF8.GetBytes(told.ToString())) + ".");
    }
    own.Flush();
    Environment.Exit(0);
  }
}
`;

/** What each of the programs prints, whose class is `Program`, or why it does not compile. */
export function printedByCSharp(programs: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "c-sharp-programs-"));
  try {
    writeFileSync(join(folder, "runner.cs"), RUNNER);
    for (const [at, it] of programs.entries())
      writeFileSync(join(folder, `${at}.cs`), `namespace P${at} {\n#line 1\n${it}\n}\n`);
    const broken = compiled(folder, programs.length);
    const ran = spawnSync("mono", ["runner.exe", `${programs.length}`], {
      cwd: folder,
      encoding: "utf8",
      timeout: 60_000,
      maxBuffer: 1 << 26,
    });
    const lines = ran.stdout.trimEnd().split("\n");
    if (lines.length !== Math.max(1, programs.length))
      throw new Error(`the programs did not run: ${ran.stderr}`);
    return lines.map((it, at) => {
      const why = broken.get(at);
      return why === undefined
        ? Buffer.from(it.slice(0, -1), "base64").toString("utf8")
        : `does not compile: ${why}`;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compiles all that can be: what is told of a program leaves it out. */
function compiled(folder: string, count: number): ReadonlyMap<number, string> {
  const broken = new Map<number, string>();
  for (;;) {
    const files = Array.from({ length: count }, (_, at) => at).filter((at) => !broken.has(at));
    const names = ["runner.cs", ...files.map((at) => `${at}.cs`)];
    const asked = ["-main:Runner", "-warn:0", "-unsafe", "-out:runner.exe", ...names];
    const ran = spawnSync("mcs", asked, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 26 });
    if (ran.status === 0) return broken;
    const told = [...ran.stderr.matchAll(/^(?:.*\/)?(\d+)\.cs\((.*error CS.*)$/gm)];
    if (told.length === 0) throw new Error(`the programs do not compile: ${ran.stderr}`);
    for (const [, at = "", why = ""] of told)
      broken.set(Number(at), `${broken.get(Number(at)) ?? ""}${why}; `);
  }
}
