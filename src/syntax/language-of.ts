import { extensionOf } from "../text/paths.ts";
import type { Language } from "./language.ts";
import { languages } from "./languages/all.ts";

/** The language of a file by its name's ending; `undefined` when we have none. */
export function languageOf(path: string): Language | undefined {
  const extension = extensionOf(path);
  return languages.find((it) => it.extensions.includes(extension));
}
