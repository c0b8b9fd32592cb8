import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { languages } from "../src/syntax/languages/all.ts";
import { grammarPackageOf } from "./normalise-grammars.ts";
import { root } from "./paths.ts";

/** What licences ask for: whose code is in the package, and under which terms. `folders`: of the packages, from the root. */
export function noticesFor(folders: readonly string[]): string {
  const grammars = languages.map((it) => `node_modules/${grammarPackageOf(it.grammar)}`);
  const all = [...new Set([...folders, ...grammars, "node_modules/web-tree-sitter"])].sort();
  const parts = all.map((folder) => {
    const { name, version, license, homepage = "" } = readJson(join(root, folder, "package.json"));
    return [`${name} ${version} (${license}) ${homepage}`.trimEnd(), "", ...termsIn(join(root, folder))].join(
      "\n",
    );
  });
  const head = "Wheelhouse contains code of these packages, under their own terms.";
  return `${[head, ...parts].join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

/** The folders of the packages that the bundles in a folder were made of, as the build left them there. */
export function bundledIn(dist: string): readonly string[] {
  return JSON.parse(readFileSync(join(dist, "packages.json"), "utf8"));
}

function termsIn(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((it) =>
    /^(licen[cs]e|copying|notice|third.?party.?notice)/i.test(basename(it)),
  );
  return files.sort().map((it) => readFileSync(join(folder, it), "utf8").trim());
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly homepage?: string;
}

function readJson(path: string): Manifest {
  if (!existsSync(path)) throw new Error(`${path} is missing: install the packages first`);
  return JSON.parse(readFileSync(path, "utf8"));
}
