import type { NamedUse } from "../flags.ts";
import type { Word } from "../line.ts";
import type { Program } from "../program.ts";

/** Programs that show names and sizes of files, and where they are. */
const listing: readonly Program[] = [
  {
    names: ["ls", "dir", "vdir"],
    flags:
      "-a -A -b -B -c -C -d -f -F -g -G -h -H -i -I= -k -l -L -m -n -N -o -p -q -Q -r -R -s -S -t -T= -u -U -v -w= -x -X -Z -1 --all --almost-all --author --escape --block-size= --ignore-backups --color[=] --directory --classify[=] --file-type --format= --full-time --group-directories-first --no-group --human-readable --si --hide= --ignore= --indicator-style= --inode --kibibytes --dereference --numeric-uid-gid --literal --quote-name --quoting-style= --reverse --recursive --size --sort= --time= --time-style= --tabsize= --width= --zero --help --version",
    operands: "list*",
    otherwise: "list",
  },
  {
    names: ["tree"],
    flags:
      "-a -d -f -x -L= -P= -I= -i -q -N -Q -p -u -g -s -h -D -F -v -t -c -U -r -n -C -A -S -J -X --gitignore --matchdirs --prune --noreport --filelimit= --dirsfirst --filesfirst --sort= --si --du --charset= --inodes --device --metafirst --ignore-case --help --version",
    operands: "list*",
    otherwise: "list",
  },
  { names: ["pwd"], flags: "-L -P" },
  {
    names: ["du"],
    flags:
      "-a -b -c -d= -D -h -H -k -l -m -s -S -x -0 -B= --all --apparent-size --bytes --total --max-depth= --human-readable --summarize --exclude= --time --block-size= --si",
    operands: "list*",
    otherwise: "list",
  },
  {
    names: ["df"],
    flags:
      "-a -B= -h -H -i -k -l -P -t= -T -x= --all --human-readable --si --inodes --local --portability --total --type= --print-type",
    operands: "list*",
  },
  {
    names: ["stat"],
    flags: "-c= -f -L -t -x --format= --printf= --file-system --dereference --terse",
    operands: "list*",
  },
  {
    names: ["file"],
    flags:
      "-b -i -k -L -h -N -p -r -v -0 --brief --mime --mime-type --mime-encoding --no-dereference --no-pad --version",
    operands: "read*",
  },
  {
    names: ["readlink", "realpath"],
    flags:
      "-e -f -m -n -q -s -L -P -z --canonicalize --canonicalize-existing --canonicalize-missing --no-newline --quiet --zero --relative-to=list --relative-base=list --strip --no-symlinks --logical --physical",
    operands: "list*",
  },
  { names: ["basename"], flags: "-a -s= -z --multiple --suffix= --zero", operands: "text*", prints: true },
  { names: ["dirname"], flags: "-z --zero", operands: "text*", prints: true },
  { names: ["test", "["], flags: "", own: testUses },
];

/** Programs that print what they are told, or what machine, person and time these are. */
const telling: readonly Program[] = [
  { names: ["echo", "true", "false", ":"], flags: "*", operands: "text*", prints: true },
  {
    names: ["printf"],
    flags: "*",
    operands: "text text*",
    prints: true,
    // `%n` sets a variable, whose name may hold a calculation.
    veto: ({ operands: [format] }) =>
      format?.kind === "literal" && !format.text.startsWith("-") && !/%[^a-z%\\]*n/i.test(format.text)
        ? undefined
        : "its format may do more than print",
  },
  { names: ["sleep"], flags: "", operands: "text*" },
  {
    names: ["whoami", "tty", "arch", "nproc", "logname", "groups", "users"],
    flags: "--all --help --version",
  },
  {
    names: ["id"],
    flags: "-g -G -n -r -u -z --group --groups --name --real --user --zero",
    operands: "text",
  },
  {
    names: ["uname"],
    flags:
      "-a -s -n -r -v -m -p -i -o --all --kernel-name --nodename --kernel-release --machine --operating-system",
  },
  { names: ["hostname"], flags: "-s -f -d -i -I --short --fqdn" },
  { names: ["uptime"], flags: "-p -s --pretty --since" },
  { names: ["free"], flags: "-b -k -m -g -h -t --human --total" },
  {
    names: ["date"],
    flags: "-u -R -d= -I[=] --utc --universal --rfc-email --rfc-3339= --iso-8601[=] --date=",
    operands: "text",
    veto: ({ operands }) =>
      operands.every((it) => it.kind === "literal" && it.text.startsWith("+"))
        ? undefined
        : "it may set the clock",
  },
  { names: ["cal"], flags: "-NUM -1 -3 -m -y", operands: "text text" },
  { names: ["which"], flags: "-a --all", operands: "text*" },
  { names: ["type"], flags: "-a -p -P -t -f", operands: "text*" },
  {
    names: ["cd"],
    flags: "-L -P",
    operands: "list",
    veto: ({ operands }) =>
      operands[0]?.text === "-" ? "the folder it goes back to is not known" : undefined,
  },
];

/** Programs that make just what they name. */
const making: readonly Program[] = [
  { names: ["mkdir"], flags: "-p -v --parents --verbose", operands: "create*", writes: true },
  { names: ["touch"], flags: "-c -a -m --no-create", operands: "create*", writes: true },
];

/** Versions of programs that could do anything else: only the one flag, alone. */
export const versionTellers: readonly Program[] = [
  ..."node npm python python3 pip pip3 ruby perl php java javac rustc cargo gcc g++ clang make cmake deno bun docker git bash uv ruff"
    .split(" ")
    .map((it): Program => ({ names: [it], flags: "", own: isVersion })),
  { names: ["go"], flags: "", own: (words) => (isOnly(words, /^version$/) ? [] : OTHER) },
];

const OTHER = "it is not known to only read";

function isVersion(words: readonly Word[]): readonly NamedUse[] | string {
  return isOnly(words, /^(--version|-v|-V|-version)$/) ? [] : OTHER;
}

function isOnly(words: readonly Word[], pattern: RegExp): boolean {
  const [first, ...more] = words;
  return first !== undefined && more.length === 0 && pattern.test(first.text) && first.kind === "literal";
}

/** Conditions on one file or two plain texts; numbers are left out, for the shell calculates with them. */
function testUses(given: readonly Word[]): readonly NamedUse[] | string {
  const words = given.at(-1)?.text === "]" ? given.slice(0, -1) : given;
  const rest = words[0]?.text === "!" ? words.slice(1) : words;
  const [first, second, third, ...more] = rest;
  if (more.length === 0 && first && second && !third && /^-[defhLrswx]$/.test(first.text))
    return [{ as: "list", word: second }];
  if (more.length === 0 && first && second && !third && /^-[nz]$/.test(first.text)) return [];
  if (more.length === 0 && third && /^(=|==|!=)$/.test(second?.text ?? "")) return [];
  return "its condition is not a plain one";
}

/** Programs of the system. */
export const systemReaders: readonly Program[] = [...listing, ...telling, ...making];
