import { sorted } from "./flags.ts";
import type { Assignment, Part, Word } from "./line.ts";
import { programName } from "./program.ts";

/** A program that starts another one, which its arguments name. */
interface Wrapper {
  readonly flags: string;
  /** Arguments of its own before the program. */
  readonly own?: number;
  /** Whether assignments may stand before the program. */
  readonly assigns?: boolean;
  /** Why it asks whatever it starts, as a sentence; without it what it starts decides. */
  readonly caution?: string;
  /** Flag whose value is a line for the shell. */
  readonly script?: string;
  /** What it starts gets further arguments that are not known before. */
  readonly feeds?: boolean;
}

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  env: { flags: "-i -u= -0 -v --ignore-environment --unset= --null --debug", assigns: true },
  timeout: { flags: "-k= -s= -v --kill-after= --signal= --preserve-status --foreground --verbose", own: 1 },
  nice: { flags: "-n= -NUM --adjustment=" },
  nohup: { flags: "" },
  stdbuf: { flags: "-i= -o= -e= --input= --output= --error=" },
  time: { flags: "-p -v --portability --verbose" },
  command: { flags: "-p" },
  xargs: {
    flags:
      "-0 -r -t -x -n= -L= -P= -s= -d= -I= -E= -i -e -l --null --no-run-if-empty --verbose --exit --max-args= --max-lines= --max-procs= --max-chars= --delimiter= --replace[=]",
    feeds: true,
  },
  sudo: {
    flags:
      "-n -E -H -S -k -b -i -s -A -P -u= -g= -C= -h= -p= -r= -t= -T= -U= -D= -R= --non-interactive --preserve-env[=] --user= --group= --login --shell --set-home --stdin",
    assigns: true,
    caution: "sudo runs it with the rights of another person",
  },
  doas: { flags: "-n -s -L -u= -C= -a=", caution: "doas runs it with the rights of another person" },
  setsid: { flags: "-c -f -w --ctty --fork --wait", caution: "setsid may leave it running behind" },
  ionice: {
    flags: "-c= -n= -p= -t --class= --classdata= --ignore",
    caution: "ionice changes how it is served",
  },
  chrt: { flags: "-a -b -f -i -o -r -R -v", own: 1, caution: "chrt changes how it is served" },
  taskset: { flags: "-a -c", own: 1, caution: "taskset changes how it is served" },
  flock: {
    flags:
      "-e -x -s -u -n -w= -E= -o -F -c= --exclusive --shared --nonblock --timeout= --close --no-fork --command=",
    own: 1,
    script: "-c",
    caution: "flock makes a lock file",
  },
  watch: {
    flags:
      "-n= -d -t -b -e -g -c -x -p -w --interval= --differences[=] --no-title --beep --errexit --chgexit --color --exec --precise",
    caution: "watch runs it again and again",
  },
  exec: { flags: "-c -l -a=", caution: "exec puts it in the place of the shell" },
  builtin: { flags: "", caution: "builtin runs it within the shell" },
  chroot: { flags: "--userspec= --groups= --skip-chdir", own: 1, caution: "chroot runs it in another root" },
  unshare: { flags: "-m -u -i -n -p -U -r -f", caution: "unshare runs it in a world of its own" },
  busybox: { flags: "" },
};

/** Shells whose `-c` takes a line. */
const SHELLS = /^(ba|z|da|k)?sh$/;

/** What a wrapper starts: a command of its own, a line for the shell, or nothing that can be told (`why`). */
export type Unwrapped =
  | { readonly kind: "none" }
  | { readonly kind: "command"; readonly part: Part }
  | {
      readonly kind: "script";
      readonly script: string;
      readonly caution: string | undefined;
      readonly as: string;
    }
  | { readonly kind: "unclear"; readonly why: string };

/** What this part starts when it is one of the known wrappers. */
export function unwrapped(part: Part): Unwrapped {
  const name = programName(part);
  if (SHELLS.test(name)) return ofShell(part, name);
  if (name === "find") return ofFind(part);
  const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
  if (!wrapper) return { kind: "none" };
  const rest = part.words.slice(1);
  // `command -v ls` only says where ls is.
  if (name === "command" && /^-[vV]$/.test(rest[0]?.text ?? "")) return { kind: "none" };
  return ofWrapper(part, name, wrapper, rest);
}

function ofWrapper(part: Part, name: string, wrapper: Wrapper, rest: readonly Word[]): Unwrapped {
  const end = commandAt(rest, wrapper);
  if (typeof end === "string") return { kind: "unclear", why: `${name}: ${end}` };
  const given = sorted(rest.slice(0, end.flags), wrapper.flags);
  if (typeof given === "string") return { kind: "unclear", why: `${name}: ${given}` };
  const script = wrapper.script && given.flags.get(wrapper.script)?.at(-1);
  const caution = wrapper.caution ?? part.caution;
  if (script) return { kind: "script", script, caution, as: name };
  const inner = rest.slice(end.words);
  const [program] = inner;
  if (!program) return { kind: "none" };
  if (program.kind !== "literal") return { kind: "unclear", why: `what ${name} starts is not plain text` };
  // watch hands its words, joined, to a shell.
  if (name === "watch" && inner.some((it) => it.kind !== "literal" || !/^[\w./:@%+=,-]+$/.test(it.text)))
    return { kind: "unclear", why: "watch gives its words to a shell" };
  const words = wrapper.feeds ? [...inner.map(replaced(given.flags)), OPEN] : inner;
  const assignments = [...part.assignments, ...end.assignments];
  return { kind: "command", part: { ...within(part, words), assignments, caution } };
}

/** Where the flags of a wrapper end and its command begins. */
function commandAt(
  rest: readonly Word[],
  wrapper: Wrapper,
): { readonly flags: number; readonly words: number; readonly assignments: readonly Assignment[] } | string {
  let flags = 0;
  while (flags < rest.length) {
    const text = rest[flags]?.text ?? "";
    if (rest[flags]?.kind !== "literal" || !text.startsWith("-") || text === "-") break;
    flags++;
    if (text === "--") break;
    const one = sorted([{ text, kind: "literal" }], wrapper.flags);
    // A flag that wants a value finds it in the next word.
    if (typeof one === "string" && /has no value$/.test(one)) flags++;
    else if (typeof one === "string") return one;
  }
  let words = flags + (wrapper.own ?? 0);
  const own = rest.slice(flags, words);
  if (own.some((it) => it.kind !== "literal")) return "its own argument is not plain text";
  const assignments: Assignment[] = [];
  for (; wrapper.assigns; words++) {
    const made = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(rest[words]?.text ?? "");
    if (!made?.[1]) break;
    assignments.push({ name: made[1], value: rest[words]?.kind === "literal" ? made[2] : undefined });
  }
  return { flags, words, assignments };
}

const OPEN: Word = { text: "", kind: "loose" };

/** With `-I {}` the arguments stand where the sign is. */
function replaced(flags: ReadonlyMap<string, readonly string[]>): (word: Word) => Word {
  const signs = [
    ...(flags.get("-I") ?? []),
    ...(flags.get("--replace") ?? []),
    ...(flags.has("-i") ? ["{}"] : []),
  ];
  return (word) => {
    const at = signs.map((it) => word.text.indexOf(it)).find((it) => it >= 0);
    return at === undefined ? word : { text: word.text.slice(0, at), kind: "loose" };
  };
}

function ofShell(part: Part, name: string): Unwrapped {
  const rest = part.words.slice(1);
  const at = rest.findIndex((it) => !/^-[elux]*$|^--(norc|noprofile|login|posix)$/.test(it.text));
  const flag = rest[at];
  const script = rest[at + 1];
  if (!flag || !/^-[elux]*c$/.test(flag.text)) return { kind: "none" };
  if (script?.kind !== "literal") return { kind: "unclear", why: `what ${name} -c runs is not plain text` };
  // Further words become $0, $1, …, which only a script that is not understood would use.
  const caution = /^(ba|da)?sh$/.test(name) ? part.caution : `${name} reads a line in its own way`;
  return { kind: "script", script: script.text, caution, as: name };
}

/** The commands that `find` starts for what it finds. */
function ofFind(part: Part): Unwrapped {
  const at = part.words.findIndex((it) => /^-(exec|execdir|ok|okdir)$/.test(it.text));
  if (at === -1) return { kind: "none" };
  const until = part.words.findIndex((it, index) => index > at && /^[;+]$/.test(it.text));
  const inner = part.words.slice(at + 1, until === -1 ? undefined : until);
  const words = inner.map((it): Word => (it.text.includes("{}") ? OPEN : it));
  const caution = "find runs it for every file it finds";
  return words[0]?.kind === "literal"
    ? { kind: "command", part: { ...within(part, words), caution } }
    : { kind: "unclear", why: "what find runs is not plain text" };
}

function within(part: Part, words: readonly Word[]): Part {
  const command = words.map((it) => (it.kind === "literal" ? shown(it.text) : it.text || "…")).join(" ");
  return { ...part, words, command, redirects: [] };
}

function shown(text: string): string {
  return /^[\w./:@%+=,{}-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
