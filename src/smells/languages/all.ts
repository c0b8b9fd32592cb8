// Gathered by scripts/gather.ts: edit the files beside this one, not this list.
import type { SmellRules } from "../smell-rules.ts";
import { python } from "./python.ts";
import { script } from "./script.ts";

/** What is known of each language, by file name. */
export const languages: readonly SmellRules[] = [python, script];
