/**
 * Writes the list `all.ts` of every shelf from the files in its folder, in name order.
 *
 * Usage: node scripts/gather.ts [--check]     (--check: writes nothing, exit code 1 when a list is out of date)
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";

interface Shelf {
  readonly folder: string;
  /** Type of an entry and where it is declared, as `all.ts` imports it. */
  readonly type: string;
  readonly from: string;
  /** The types under which the files declare their entries. */
  readonly kinds: readonly string[];
  /** Name of the gathered list, and the sentence above it. */
  readonly list: string;
  readonly promise: string;
}

export const SHELVES: readonly Shelf[] = [
  {
    folder: "src/agent/tools",
    type: "Tool",
    from: "../tool.ts",
    kinds: ["RunTool", "EditTool"],
    list: "tools",
    promise: "Every tool, by file name: the order in which models see them.",
  },
  {
    folder: "src/model/providers",
    type: "ProviderType",
    from: "../provider.ts",
    kinds: ["ProviderType"],
    list: "providerTypes",
    promise: "Every way to reach models, in the order in which they are asked whether a model is theirs.",
  },
  {
    folder: "src/gateway/dialects",
    type: "Dialect",
    from: "../dialect.ts",
    kinds: ["Dialect"],
    list: "dialects",
    promise:
      "Every way in which clients speak, in the order in which they are asked whether a request is theirs.",
  },
  {
    folder: "src/syntax/languages",
    type: "Language",
    from: "../language.ts",
    kinds: ["Language"],
    list: "languages",
    promise: "Every language, by file name.",
  },
  {
    folder: "src/refactor/refactorings",
    type: "Refactoring",
    from: "../refactoring.ts",
    kinds: ["Refactoring"],
    list: "refactorings",
    promise: "Every refactoring, by file name: the order in which they are offered.",
  },
  {
    folder: "src/refactor/languages",
    type: "CodeRules",
    from: "../code-rules.ts",
    kinds: ["CodeRules"],
    list: "languages",
    promise: "What is known of each language, by file name.",
  },
  {
    folder: "src/smells/smells",
    type: "Smell",
    from: "../smell.ts",
    kinds: ["Smell"],
    list: "smells",
    promise: "Every smell, by file name.",
  },
  {
    folder: "src/smells/languages",
    type: "SmellRules",
    from: "../smell-rules.ts",
    kinds: ["SmellRules"],
    list: "languages",
    promise: "What is known of each language, by file name.",
  },
];

/** What `all.ts` of the shelf has to be; files that export no entry are helpers and not listed. */
export async function gathered(root: string, shelf: Shelf): Promise<string> {
  const folder = join(root, shelf.folder);
  const files = (await readdir(folder)).filter((it) => it.endsWith(".ts") && it !== "all.ts").sort();
  const entries: { readonly file: string; readonly name: string }[] = [];
  for (const file of files) {
    const source = await readFile(join(folder, file), "utf8");
    const declared = source.matchAll(
      new RegExp(`^export const (\\w+): (?:${shelf.kinds.join("|")}) =`, "gm"),
    );
    for (const [, name = ""] of declared) entries.push({ file, name });
  }
  return [
    "// Gathered by scripts/gather.ts: edit the files beside this one, not this list.",
    `import type { ${shelf.type} } from "${shelf.from}";`,
    ...entries.map(({ file, name }) => `import { ${name} } from "./${file}";`),
    "",
    `/** ${shelf.promise} */`,
    `export const ${shelf.list}: readonly ${shelf.type}[] = [${entries.map((it) => it.name).join(", ")}];`,
    "",
  ].join("\n");
}

/** Paths of the lists that are out of date; writes them unless `check`. */
export async function gather(root: string, check: boolean): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const shelf of SHELVES) {
    const path = join(root, shelf.folder, "all.ts");
    const wanted = await gathered(root, shelf);
    const present = await readFile(path, "utf8").catch(() => "");
    if (plain(present) === plain(wanted)) continue;
    stale.push(path);
    if (!check) await writeFile(path, wanted);
  }
  return stale;
}

/** The formatter may break the list over lines and order the imports: only what is listed, and its order, counts. */
function plain(source: string): string {
  const [imports = "", list = ""] = source.split("\n/**", 2);
  const lines = imports
    .split("\n")
    .filter((it) => it !== "" && !it.startsWith("//"))
    .sort();
  return `${lines.join("\n")}\n${list
    .replace(/,?\s+\]/g, "]")
    .replace(/\[\s+/g, "[")
    .replace(/\s+/g, " ")}`;
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, "..");
  const check = process.argv.includes("--check");
  const stale = await gather(root, check);
  for (const path of stale) console.log(`${check ? "out of date" : "written"}: ${relative(root, path)}`);
  if (check && stale.length > 0) process.exitCode = 1;
}
