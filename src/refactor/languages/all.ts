// Gathered by scripts/gather.ts: edit the files beside this one, not this list.
import type { CodeRules } from "../code-rules.ts";
import { cSharp } from "./c-sharp.ts";
import { go } from "./go.ts";
import { java } from "./java.ts";
import { python } from "./python.ts";
import { rust } from "./rust.ts";
import { script } from "./script.ts";

/** What is known of each language, by file name. */
export const languages: readonly CodeRules[] = [cSharp, go, java, python, rust, script];
