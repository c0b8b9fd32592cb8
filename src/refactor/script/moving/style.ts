import { walk } from "../../../syntax/tree.ts";
import { baseName, extensionOf, parentOf, relativeTo } from "../../../text/paths.ts";
import { textOf } from "../../names.ts";
import type { Source } from "../../refactoring.ts";
import { statementEnd } from "../declared.ts";
import { isTypeUse, linksOf } from "./links.ts";

/** How a file writes its imports. */
export interface ImportStyle {
  readonly quote: string;
  /** What a relative specifier ends in: nothing, the file's own ending, or that of the JavaScript made of it. */
  readonly ending: "none" | "own" | "script";
  readonly end: "" | ";";
  /** Whether types are imported without saying that they are. */
  readonly isPlain: boolean;
}

/** The style of the first of the files that shows one; the first is the one that is written to. */
export function styleOf(files: readonly Source[]): ImportStyle {
  const [own] = files;
  return {
    quote: first(files, quoteIn) ?? '"',
    ending: first(files, endingIn) ?? (own && isTyped(own.path) ? "none" : "own"),
    end: first(files, endIn) ?? ";",
    isPlain: first(files, plainIn) ?? false,
  };
}

function first<T>(files: readonly Source[], told: (source: Source) => T | undefined): T | undefined {
  for (const it of files) {
    const found = told(it);
    if (found !== undefined) return found;
  }
  return undefined;
}

function endIn(source: Source): "" | ";" | undefined {
  return source.root.children.length === 0 ? undefined : statementEnd(source);
}

function quoteIn(source: Source): string | undefined {
  const [link] = linksOf(source);
  const text = link && textOf(link.statement, source);
  const [shown] = [...walk(source.root)]
    .filter((it) => it.type === "string" && it.isNamed)
    .map((it) => textOf(it, source)[0]);
  return text === undefined ? shown : /["'](?=[^"']*["'])/.exec(text)?.[0];
}

function endingIn(source: Source): ImportStyle["ending"] | undefined {
  for (const { specifier } of linksOf(source)) {
    const told = specifier.startsWith(".") ? endingOf(specifier, source.path) : undefined;
    if (told) return told;
  }
  return undefined;
}

/** What the ending of a specifier in a file tells; `undefined`: nothing, as that of a style sheet. */
export function endingOf(specifier: string, path: string): ImportStyle["ending"] | undefined {
  const ending = /\.[^./]*$/.exec(specifier)?.[0] ?? "";
  if (/^\.[cm]?tsx?$/.test(ending)) return "own";
  if (/^\.[cm]?jsx?$/.test(ending)) return isTyped(path) ? "script" : "own";
  return ending === "" ? "none" : undefined;
}

function plainIn(source: Source): boolean | undefined {
  const links = linksOf(source).filter((it) => !it.isExport);
  if (links.some((it) => it.isType || it.names.some((name) => name.isType))) return false;
  const isForTypes = (local: string) => {
    const uses = source.bindings().root.bindings.get(`value ${local}`)?.references ?? [];
    return uses.length > 0 && uses.every(isTypeUse);
  };
  return (
    links.some((it) => it.names.length > 0 && it.names.every((name) => isForTypes(name.local))) || undefined
  );
}

/** Whether the file is TypeScript. */
export function isTyped(path: string): boolean {
  return /^\.[cm]?tsx?$/.test(extensionOf(path));
}

/** The specifier of a file, `to`, in another one; `undefined`: there is no way from one to the other. Paths are absolute. */
export function specifierFrom(from: string, to: string, ending: ImportStyle["ending"]): string | undefined {
  let up = "";
  for (let folder = parentOf(from); ; folder = parentOf(folder)) {
    const below = relativeTo(to, folder);
    if (below !== undefined) return (up || "./") + withEnding(below, ending);
    if (folder === parentOf(folder)) return undefined;
    up += "../";
  }
}

function withEnding(path: string, ending: ImportStyle["ending"]): string {
  if (ending === "own") return path;
  const bare = path.replace(/\.[cm]?[jt]sx?$/, "");
  if (ending === "none") return bare;
  return bare + extensionOf(baseName(path)).replace(/^(\.[cm]?)[jt]sx?$/, "$1js");
}
