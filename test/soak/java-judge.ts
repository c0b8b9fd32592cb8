import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A file of a module before and after; "same": it has to be compiled into the same bytes, names of locals left out. */
export interface JavaPair {
  readonly as: "same" | "compiles";
  /** "java.base" */
  readonly module: string;
  /** "java/util/Arrays.java" */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Reads pairs from folders and prints for each why it is not so, or "ok"; what did not compile before is "ok". */
const JUDGE = `
import java.io.*;
import java.net.URI;
import java.nio.file.*;
import java.util.*;
import javax.tools.*;

public class Judge {
  static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  public static void main(String[] args) throws Exception {
    Path all = Path.of(args[0]);
    for (int at = 0; Files.exists(all.resolve("" + at)); at++) {
      Path one = all.resolve("" + at);
      String[] told = Files.readString(one.resolve("told")).split("\\n");
      StringBuilder errors = new StringBuilder();
      Map<String, byte[]> was = compiled(one.resolve("before"), told, new StringBuilder());
      String said = "ok";
      if (was != null) {
        Map<String, byte[]> is = compiled(one.resolve("after"), told, errors);
        if (is == null) said = errors.toString().replace('\\n', ' ');
        else if (told[0].equals("same")) said = difference(was, is);
      } else said = "skipped";
      System.out.println(said);
    }
  }

  static String difference(Map<String, byte[]> was, Map<String, byte[]> is) {
    if (!was.keySet().equals(is.keySet())) return "other classes";
    for (String name : was.keySet()) if (!Arrays.equals(was.get(name), is.get(name))) return "other code in " + name;
    return "ok";
  }

  static Map<String, byte[]> compiled(Path root, String[] told, StringBuilder errors) throws IOException {
    Map<String, byte[]> made = new TreeMap<>();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager plain = COMPILER.getStandardFileManager(found, null, null)) {
      JavaFileManager files = new ForwardingJavaFileManager<JavaFileManager>(plain) {
        @Override public JavaFileObject getJavaFileForOutput(Location l, String name, JavaFileObject.Kind kind, FileObject sibling) {
          return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/') + ".class"), kind) {
            @Override public OutputStream openOutputStream() {
              return new ByteArrayOutputStream() {
                @Override public void close() { made.put(name, toByteArray()); }
              };
            }
          };
        }
      };
      List<String> options = new ArrayList<>(List.of("-g:none", "-proc:none", "-nowarn", "-XDrawDiagnostics"));
      if (!told[1].isEmpty()) options.addAll(List.of("--patch-module", told[1] + "=" + root));
      boolean isDone = COMPILER.getTask(null, files, found, options, null, plain.getJavaFileObjects(root.resolve(told[2]))).call();
      for (var it : found.getDiagnostics())
        if (it.getKind() == Diagnostic.Kind.ERROR) errors.append(it.getLineNumber() + ": " + it.getMessage(Locale.ROOT) + "; ");
      return isDone ? made : null;
    }
  }
}
`;

/** A kit of Java that has its own sources with it; `undefined`: there is none. */
export const javaKit: string | undefined = globSync("/usr/lib/jvm/*/lib/src.zip")
  .map((it) => dirname(dirname(it)))
  .find((it) => existsSync(join(it, "bin/javac")) && existsSync(join(it, "lib/src.zip")));

/** Why each pair is not as it has to be; `undefined` where it is. */
export function judgedJava(pairs: readonly JavaPair[]): readonly (string | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), "java-judge-"));
  try {
    pairs.forEach(({ as, module, path, before, after }, at) => {
      for (const [name, text] of [
        ["before", before],
        ["after", after],
      ] as const) {
        const file = join(folder, `${at}`, name, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
      writeFileSync(join(folder, `${at}`, "told"), [as, module, path].join("\n"));
    });
    writeFileSync(join(folder, "Judge.java"), JUDGE);
    const java = join(javaKit ?? "", "bin/java");
    const ran = spawnSync(java, ["-Xshare:auto", join(folder, "Judge.java"), folder], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    const lines = ran.stdout.trimEnd().split("\n");
    if (lines.length !== Math.max(1, pairs.length)) throw new Error(`the judge failed: ${ran.stderr}`);
    return pairs.map((_, at) => (/^(ok|skipped)$/.test(lines[at] ?? "") ? undefined : lines[at]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The kit's sources of some packages, in a folder that is made for them: "java.base/java/util". */
export function javaSources(folders: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "java-sources-"));
  const kit = javaKit ?? "";
  spawnSync(join(kit, "bin/jar"), ["xf", join(kit, "lib/src.zip"), ...folders], { cwd: folder });
  return folder;
}
