import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSoak } from "../soak/figure.ts";

/** Whether programs are compiled: by `npm run soak -- R1` only, for it takes minutes, and where there is a compiler of Java. */
export const hasJava = isSoak && spawnSync("javac", ["-version"]).status === 0;

/** Compiles each text, runs its class `Main` in a loader of its own, and prints what that printed as one line of base 64. */
const RUNNER = `
import java.io.*;
import java.net.URI;
import java.nio.file.*;
import java.util.*;
import javax.tools.*;

public class Runner {
  static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
  static final JavaFileManager PLAIN = COMPILER.getStandardFileManager(null, null, null);

  public static void main(String[] args) throws Exception {
    PrintStream own = System.out;
    for (int at = 0; Files.exists(Path.of(args[0], at + ".java")); at++) {
      String said;
      try { said = ran(Files.readString(Path.of(args[0], at + ".java"))); } catch (Throwable it) { said = "failed: " + it; }
      own.println(Base64.getEncoder().encodeToString(said.getBytes("UTF-8")));
    }
    own.flush();
    Runtime.getRuntime().halt(0);
  }

  static String ran(String text) throws Exception {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    Map<String, ByteArrayOutputStream> made = new HashMap<>();
    JavaFileManager files = new ForwardingJavaFileManager<JavaFileManager>(PLAIN) {
      @Override public JavaFileObject getJavaFileForOutput(Location l, String name, JavaFileObject.Kind kind, FileObject sibling) {
        return new SimpleJavaFileObject(URI.create("mem:///" + name + ".class"), kind) {
          @Override public OutputStream openOutputStream() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            made.put(name, out);
            return out;
          }
        };
      }
    };
    JavaFileObject source = new SimpleJavaFileObject(URI.create("mem:///Main.java"), JavaFileObject.Kind.SOURCE) {
      @Override public CharSequence getCharContent(boolean ignored) { return text; }
    };
    if (!COMPILER.getTask(null, files, found, List.of("-proc:none", "-nowarn"), null, List.of(source)).call())
      return "does not compile: " + found.getDiagnostics();
    ClassLoader loader = new ClassLoader() {
      @Override protected Class<?> findClass(String name) throws ClassNotFoundException {
        ByteArrayOutputStream out = made.get(name);
        if (out == null) throw new ClassNotFoundException(name);
        return defineClass(name, out.toByteArray(), 0, out.size());
      }
    };
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true));
    try {
      var main = loader.loadClass("Main").getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) new String[0]);
    } catch (java.lang.reflect.InvocationTargetException it) {
      System.out.println("thrown " + it.getCause());
    }
    return printed.toString();
  }
}
`;

/** What each of the programs prints, or why it does not run. */
export function printedByJava(programs: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "java-programs-"));
  try {
    for (const [at, it] of programs.entries()) writeFileSync(join(folder, `${at}.java`), it);
    writeFileSync(join(folder, "Runner.java"), RUNNER);
    const ran = spawnSync("java", ["-XX:TieredStopAtLevel=1", join(folder, "Runner.java"), folder], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    const lines = ran.stdout.trimEnd().split("\n");
    if (lines.length !== Math.max(1, programs.length))
      throw new Error(`the programs did not run: ${ran.stderr}`);
    return lines.map((it) => Buffer.from(it, "base64").toString("utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
