import { isFlag } from "./flags.ts";
import type { Part } from "./line.ts";
import { comparable } from "./match.ts";

/** What a rule must say of a command before it may allow it. */
export interface Demand {
  /** Words, from the first, that the rule must say in full; more than any rule has: only the whole line allows it. */
  readonly words: number;
  /** Why, as a sentence. */
  readonly why: string;
  /** It is about what the whole line does, so that only a rule of the whole line allows it. */
  readonly isAboutLine?: true;
  /** It is about an assignment, whatever the program. */
  readonly isAboutAssignment?: true;
}

const WHOLE = Number.POSITIVE_INFINITY;

/** What lets a command do more than its name says, strictest first; `undefined` when any rule on it will do. */
export function demandOf(part: Part): Demand | undefined {
  const words = comparable(part);
  const name = (words[0] ?? "").replace(/^.*[\\/]/, "").replace(/\.exe$/i, "");
  const said = (text: string, why: string): Demand => ({ words: words.indexOf(text) + 1 || WHOLE, why });
  if (STATEFUL.has(name))
    return { words: WHOLE, why: `${name} changes what the commands behind it mean.`, isAboutLine: true };
  if (name === "printf" && words.includes("-v"))
    return { words: WHOLE, why: "printf -v sets a variable.", isAboutLine: true };
  const unsafe = part.assignments.find((it) => !isSafe(it.name) || it.value === undefined);
  if (unsafe) {
    const why = `${unsafe.name}= may change what ${words.length === 0 ? "later commands do" : "the command does"}.`;
    return { words: WHOLE, why, isAboutAssignment: true, ...(words.length === 0 && { isAboutLine: true }) };
  }
  if (part.words.some((it) => it.kind === "loose")) return { words: WHOLE, why: OPEN };
  if (part.words.some((it, at) => it.kind === "open" && !isMessage(words, at)))
    return { words: WHOLE, why: OPEN };
  if (SHELLS.test(name)) return ofShell(words, part.isFed);
  const flag = dangerousFlag(name, words);
  if (flag !== undefined) return said(flag, `${flag} lets ${name} run or write something else.`);
  if (name === "git") return ofGit(words);
  if (/^(docker|podman|kubectl|helm)$/.test(name) && words[1]?.startsWith("-"))
    return {
      words: 1 + words.findIndex((it, at) => at > 0 && !it?.startsWith("-")) || WHOLE,
      why: `A flag before the sub-command sends ${name} elsewhere.`,
    };
  const runner = ofRunner(name, words);
  if (runner) return runner;
  if (INTERPRETERS.test(name)) return ofInterpreter(name, words);
  return undefined;
}

/** A command of just these words. */
export function partOf(words: readonly string[]): Part {
  const all = words.map((text) => ({ text, kind: "literal" as const }));
  const nothing = { assignments: [], redirects: [], folders: undefined, isFed: false, caution: undefined };
  return { command: words.join(" "), from: 0, to: 0, words: all, ...nothing };
}

const OPEN = "One of its arguments is known only when it runs.";

const SAFE = /^(LANG|LANGUAGE|LC_[A-Z]+|TZ|TERM|NO_COLOR|FORCE_COLOR|CI|NODE_ENV|COLUMNS)$/;

/** Whether setting a variable of this name changes nothing but how things look. */
function isSafe(name: string): boolean {
  return SAFE.test(name);
}

/** Builtins that change what later commands mean, or run text. */
const STATEFUL = new Set(
  "export declare local readonly typeset set shopt alias unalias unset source . eval exec trap enable hash bind complete compgen compopt read mapfile readarray umask ulimit pushd popd dirs fg bg disown let return select getopts history fc builtin coproc times suspend logout caller".split(
    " ",
  ),
);

const SHELLS = /^(ba|z|da|k|c|tc|fi|a|mk|pdk|r?ba)?sh$|^(pwsh|powershell|cmd|nu|elvish|xonsh)$/;
const INTERPRETERS =
  /^(python|pypy)[\d.]*w?$|^(node|nodejs|deno|bun|perl|ruby|php|lua|luajit|tclsh|Rscript|R|osascript|ghci|groovy|jshell|irb|ts-node|tsx|expect|awk|gawk|mawk|nawk)$/;

/** A text that is given to git or gh as a message is no flag. */
function isMessage(words: readonly (string | undefined)[], at: number): boolean {
  const before = words[at - 1] ?? "";
  return /^(git|gh)$/.test(words[0] ?? "") && /^(-[a-z]*m|--message|--body|--title|-b|-t)$/.test(before);
}

function ofShell(words: readonly (string | undefined)[], isFed: boolean): Demand {
  const at = words.findIndex((it, index) => index > 0 && !it?.startsWith("-"));
  const isScript = at === 1 && !isFed;
  return isScript
    ? { words: 2, why: `${words[0]} runs whatever is in the script.` }
    : { words: WHOLE, why: "A shell runs whatever it is given." };
}

/** Flags with which an interpreter finds something else to do than to read its input. */
const ELSEWHERE = /^(--(test|version|help)\b|-[vVh]$)/;

/** One without a program of its own reads it from its input, wherever that comes from. */
function ofInterpreter(name: string, words: readonly (string | undefined)[]): Demand {
  const isGiven = !words
    .slice(1)
    .some((it) => it !== undefined && (!it.startsWith("-") || ELSEWHERE.test(it)));
  if (isGiven || words.includes("-")) return { words: WHOLE, why: `${name} runs whatever it is given.` };
  return { words: 1, why: `${name} runs any program it is given, so a rule must name it.` };
}

/** Programs whose arguments are programs: how many words a rule must say. */
const RUNNERS: Readonly<Record<string, number>> = {
  npx: 2,
  bunx: 2,
  pnpx: 2,
  uvx: 2,
  corepack: 3,
  nodemon: 2,
  concurrently: WHOLE,
  parallel: WHOLE,
  entr: WHOLE,
  watchexec: WHOLE,
  script: WHOLE,
  expect: WHOLE,
  screen: WHOLE,
  tmux: WHOLE,
  at: WHOLE,
  batch: WHOLE,
  ssh: WHOLE,
  rsh: WHOLE,
  strace: WHOLE,
  ltrace: WHOLE,
  gdb: WHOLE,
  "systemd-run": WHOLE,
  su: WHOLE,
  sudo: WHOLE,
  doas: WHOLE,
  runuser: WHOLE,
  pkexec: WHOLE,
  "nix-shell": WHOLE,
  busybox: WHOLE,
  toybox: WHOLE,
  crontab: WHOLE,
  env: WHOLE,
};

/** Sub-commands whose arguments are programs. */
const RUNNING_VERBS: readonly (readonly [pattern: RegExp, words: number])[] = [
  [/^(npm|pnpm|yarn) (exec|dlx|x)$/, 3],
  [/^bun x$/, 3],
  [/^(uv|poetry|pipx|hatch|pdm|rye|pipenv) run$/, 3],
  [/^bundle exec$/, 3],
  [/^(docker|podman|kubectl) (run|exec)$/, WHOLE],
  [/^(nix|guix) (run|shell|develop)$/, WHOLE],
  [/^go run$/, 3],
  [/^deno (eval|run)$/, 3],
  [/^gh (alias|extension|api)$/, WHOLE],
  [/^npm (config|set|pkg)$/, 3],
];

function ofRunner(name: string, words: readonly (string | undefined)[]): Demand | undefined {
  const why = `${name} runs what it is given, so a rule must name that too.`;
  if (Object.hasOwn(RUNNERS, name)) return { words: RUNNERS[name] ?? WHOLE, why };
  const verb = `${name} ${words[1] ?? ""}`;
  if (/^(docker|podman) compose$/.test(verb) && /^(run|exec)$/.test(words[2] ?? ""))
    return { words: WHOLE, why };
  const found = RUNNING_VERBS.find(([pattern]) => pattern.test(verb));
  return found && { words: found[1], why: `${verb} runs what it is given, so a rule must name that too.` };
}

/** Flags that make a program run or write something that is not its business; long ones may be abbreviated. */
const FLAGS: Readonly<Record<string, string>> = {
  rg: "--pre --hostname-bin --search-zip -z",
  find: "-fprint -fprint0 -fprintf -fls",
  sed: "-i --in-place -s -f --file",
  sort: "-o --output --compress-program -T --temporary-directory",
  tar: "--to-command --checkpoint-action --use-compress-program -I --rsh-command -F --info-script --new-volume-script --rmt-command",
  make: "-f --file --makefile -C --directory --eval -I --include-dir",
  cargo: "--config -Z --manifest-path",
  npm: "--script-shell --prefix -C --userconfig --globalconfig --node-options --call",
  pnpm: "--script-shell --dir -C --shell-mode -c",
  yarn: "--cwd --use-yarnrc",
  go: "-exec -toolexec -vettool -overlay -modfile -C",
  node: "-r --require --import --loader --experimental-loader",
  curl: "-o --output -O --remote-name -K --config -T --upload-file -d --data --data-binary -F --form",
  wget: "-O --output-document --post-file -i --use-askpass --config -e --execute",
  zip: "-T -TT --unzip-command",
  gcc: "-wrapper -fplugin -B -specs",
};

function dangerousFlag(name: string, words: readonly (string | undefined)[]): string | undefined {
  const flags = Object.hasOwn(FLAGS, name) ? (FLAGS[name] ?? "").split(" ") : [];
  if (name === "make") {
    const set = words.find((it, at) => at > 0 && it !== undefined && /^[A-Za-z_]\w*[:+?]?=/.test(it));
    if (set !== undefined) return set;
  }
  if (name === "sed") {
    const script = words.find(
      (it, at) =>
        at > 0 && it !== undefined && /(^|[;{}\n/|#,\d\s$])\s*[weWrR](\s|$)|\/[gpiIm\d]*[we]/.test(it),
    );
    if (script !== undefined) return script;
  }
  return words.slice(1).find((word) => word !== undefined && flags.some((it) => isFlag(word, it)));
}

/** Flags of git's sub-commands that run or write something; long ones may be abbreviated. */
const GIT_FLAGS =
  "--output --ext-diff --textconv --open-files-in-pager --upload-pack --receive-pack --exec --config --template --show-signature --gpg-sign --strategy --edit-description --git-dir --work-tree --no-index --contents --separate-git-dir --reference --recurse-submodules".split(
    " ",
  );
/** Sub-commands that run what they are told, or set what others run. */
const GIT_RUNS =
  /^(config|bisect|submodule|difftool|mergetool|filter-branch|send-email|instaweb|daemon|shell|p4|svn|hook|maintenance|archive|init|clone|lfs|apply|am|credential|for-each-repo|notes)$/;

function ofGit(words: readonly (string | undefined)[]): Demand | undefined {
  const verbAt = words.findIndex(
    (it, at) =>
      at > 0 && !/^(--no-pager|-P|--no-optional-locks|--literal-pathspecs|--no-advice)$/.test(it ?? ""),
  );
  const verb = words[verbAt];
  if (verb?.startsWith("-"))
    return { words: WHOLE, why: `git ${verb} changes where git works and what it runs.` };
  const flag = words.find(
    (it, at) =>
      at > verbAt && it !== undefined && GIT_FLAGS.some((known) => it !== "--" && isFlag(it, known)),
  );
  const isShortExec = /^(rebase|grep)$/.test(verb ?? "") && words.find((it) => /^-[a-z]*[xO]/.test(it ?? ""));
  const which = flag ?? (isShortExec || undefined);
  if (which !== undefined)
    return {
      words: words.indexOf(which) + 1 || WHOLE,
      why: `${which} lets git run or write something else.`,
    };
  if (words.some((it) => it !== undefined && /^(ext|fd)::/.test(it)))
    return { words: WHOLE, why: "The address it names runs a program." };
  return verb !== undefined && GIT_RUNS.test(verb)
    ? { words: verbAt + 1, why: `git ${verb} can set or run other programs, so a rule must name it.` }
    : undefined;
}
