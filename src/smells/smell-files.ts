import { languageOf } from "../syntax/language-of.ts";
import { languages } from "./languages/all.ts";
import type { SmellRules } from "./smell-rules.ts";

/** Whether smells are looked for in files of that name. */
export function isSmellFile(path: string): boolean {
  const language = languageOf(path);
  return language !== undefined && smellRulesOf(language.id) !== undefined;
}

/** What is known of a language, by its id; `undefined`: nothing. */
export function smellRulesOf(language: string): SmellRules | undefined {
  return languages.find((it) => it.languages.includes(language));
}
