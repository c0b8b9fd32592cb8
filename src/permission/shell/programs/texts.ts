import type { Sorted } from "../flags.ts";
import type { Program } from "../program.ts";

/** What a script of sed may be: lines by number, printed. Its other commands write files and run programs. */
const PRINTS =
  /^\s*(\d+|\$)(\s*,\s*([+~]?\d+|\$))?\s*p(\s*;\s*(\d+|\$)(\s*,\s*([+~]?\d+|\$))?\s*p)*\s*;?\s*$/;

/** What an awk program does beside reading its input: files, programs, the environment. */
const AWK_REACHES =
  /system|getline|close|fflush|ENVIRON|PROCINFO|ARGV|@|SYMTAB|FUNCTAB|BEGINFILE|@|[|>]|\bprintf?\s*\(.*\)\s*>/;

/** What a filter of jq does beside reading its input. */
const JQ_REACHES =
  /\benv\b|\$ENV|\$__prog|\b(import|include|input_filename|input_line_number|debug|stderr|halt|get_search_list|getpath\/|modulemeta|\$__loc__)\b/;

/** Small languages whose scripts are looked into. */
export const scripted: readonly Program[] = [
  {
    names: ["sed"],
    flags: "-n -E -r -s -z -u -e= --quiet --silent --expression= --regexp-extended --separate --null-data",
    operands: (given) => (hasScript(given) ? "read*" : "text read*"),
    veto: (given) => {
      const { flags, operands } = given;
      const scripts = hasScript(given)
        ? [...(flags.get("-e") ?? []), ...(flags.get("--expression") ?? [])]
        : operands.slice(0, 1).map((it) => (it.kind === "literal" ? it.text : ""));
      const isQuiet = ["-n", "--quiet", "--silent"].some((it) => flags.has(it));
      if (scripts.length > 0 && isQuiet && scripts.every((it) => PRINTS.test(it))) return undefined;
      return "only lines printed by number (sed -n 5,10p) are known to be harmless";
    },
  },
  {
    names: ["awk", "gawk", "mawk", "nawk"],
    flags: "-F= --field-separator=",
    operands: "text read*",
    veto: ({ operands: [program, ...files] }) => {
      if (program?.kind !== "literal") return "its script is not plain text";
      if (AWK_REACHES.test(program.text)) return "its script may write files or run programs";
      return files.some((it) => it.text.includes("=")) ? "it sets a variable of its script" : undefined;
    },
  },
  {
    names: ["jq"],
    flags:
      "-r -R -c -C -M -S -s -n -e -a -j --raw-output --raw-input --compact-output --color-output --monochrome-output --sort-keys --slurp --null-input --exit-status --ascii-output --join-output --tab --indent= --stream --help --version",
    operands: "text read*",
    veto: ({ operands: [filter] }) => {
      if (filter && filter.kind !== "literal") return "its filter is not plain text";
      return filter && JQ_REACHES.test(filter.text) ? "its filter may read more than its input" : undefined;
    },
  },
];

function hasScript({ flags }: Sorted): boolean {
  return flags.has("-e") || flags.has("--expression");
}
