// Gathered by scripts/gather.ts: edit the files beside this one, not this list.
import type { SmellRules } from "../smell-rules.ts";
import { bash } from "./bash.ts";
import { c } from "./c.ts";
import { cSharp } from "./c-sharp.ts";
import { cpp } from "./cpp.ts";
import { go } from "./go.ts";
import { java } from "./java.ts";
import { kotlin } from "./kotlin.ts";
import { lua } from "./lua.ts";
import { php } from "./php.ts";
import { python } from "./python.ts";
import { ruby } from "./ruby.ts";
import { rust } from "./rust.ts";
import { scala } from "./scala.ts";
import { script } from "./script.ts";
import { swift } from "./swift.ts";

/** What is known of each language, by file name. */
export const languages: readonly SmellRules[] = [
  bash,
  cSharp,
  c,
  cpp,
  go,
  java,
  kotlin,
  lua,
  php,
  python,
  ruby,
  rust,
  scala,
  script,
  swift,
];
