import { languageOf } from "../syntax/language-of.ts";

/** Whether smells are looked for in files of that name: in every language that is parsed. */
export function isSmellFile(path: string): boolean {
  return languageOf(path) !== undefined;
}
