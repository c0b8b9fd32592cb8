import type { NamedUse } from "../flags.ts";
import type { Word } from "../line.ts";
import type { Program } from "../program.ts";

const GREP =
  "-NUM -a -A= -b -B= -c -C= -D= -d= -e= -E -f=read -F -G -h -H -i -I -l -L -m= -n -o -P -q -r -R -s -T -U -v -V -w -x -y -Z -z --after-context= --before-context= --context= --byte-offset --color[=] --colour[=] --count --exclude= --exclude-dir= --exclude-from=read --include= --extended-regexp --fixed-strings --basic-regexp --perl-regexp --file=read --files-with-matches --files-without-match --ignore-case --no-ignore-case --initial-tab --invert-match --line-buffered --line-number --line-regexp --max-count= --no-filename --no-messages --null --null-data --only-matching --quiet --silent --recursive --dereference-recursive --regexp= --text --binary-files= --with-filename --word-regexp --label= --help --version";

const RIPGREP =
  "-a -A= -B= -b -c -C= -E= -e= -f=read -F -g= -h -H -i -I -j= -l -m= -M= -n -N -o -p -P -q -r= -s -S -t= -T= -u -U -v -V -w -x -. -0 --after-context= --before-context= --context= --block-buffered --byte-offset --case-sensitive --color= --colors= --column --no-column --context-separator= --count --count-matches --crlf --debug --no-config --dfa-size-limit= --encoding= --engine= --field-context-separator= --field-match-separator= --file=read --files --files-with-matches --files-without-match --fixed-strings --glob= --glob-case-insensitive --heading --no-heading --help --hidden --no-hidden --iglob= --ignore-case --include-zero --invert-match --json --line-buffered --line-number --no-line-number --line-regexp --max-columns= --max-columns-preview --max-count= --max-depth= --max-filesize= --mmap --multiline --multiline-dotall --no-filename --no-ignore --no-ignore-dot --no-ignore-exclude --no-ignore-files --no-ignore-global --no-ignore-parent --no-ignore-vcs --no-messages --no-mmap --no-unicode --null --null-data --one-file-system --only-matching --passthru --path-separator= --pcre2 --pcre2-version --pretty --quiet --regexp= --replace= --smart-case --sort= --sortr= --stats --stop-on-nonmatch --text --threads= --trim --type= --type-list --type-not= --unrestricted --version --vimgrep --with-filename --word-regexp";

/** Tests and actions of find that neither run nor write anything, with the number of their arguments. */
const FIND_NONE =
  "-empty -print -print0 -ls -not -and -or -a -o ! ( ) , -prune -readable -writable -executable -true -false -depth -d -xdev -mount -daystart -quit -noleaf -nouser -nogroup -warn -nowarn".split(
    " ",
  );
const FIND_ONE =
  "-name -iname -path -ipath -wholename -iwholename -regex -iregex -regextype -type -xtype -size -mtime -mmin -ctime -cmin -atime -amin -maxdepth -mindepth -perm -user -group -uid -gid -links -inum -lname -ilname -fstype -used -printf".split(
    " ",
  );

/** Programs that look for files, and in them. */
export const searchers: readonly Program[] = [
  {
    names: ["grep", "egrep", "fgrep"],
    flags: GREP,
    operands: ({ flags }) => {
      const isDeep = ["-r", "-R", "--recursive", "--dereference-recursive"].some((it) => flags.has(it));
      const files = isDeep ? "tree*" : "read*";
      return hasPattern(flags) ? files : `text ${files}`;
    },
    otherwise: "tree",
  },
  {
    names: ["rg"],
    flags: RIPGREP,
    operands: ({ flags }) =>
      flags.has("--files") || flags.has("--type-list") || hasPattern(flags) ? "tree*" : "text tree*",
    otherwise: "tree",
  },
  { names: ["find"], flags: "", own: findUses },
];

function hasPattern(flags: ReadonlyMap<string, unknown>): boolean {
  return ["-e", "-f", "--regexp", "--file"].some((it) => flags.has(it));
}

function findUses(words: readonly Word[]): readonly NamedUse[] | string {
  const uses: NamedUse[] = [];
  const rest = words.filter((it, index) => !(index === 0 && /^-[HP]$/.test(it.text)));
  const at = rest.findIndex((it) => /^[-(!,]/.test(it.text));
  const starts = at === -1 ? rest : rest.slice(0, at);
  for (const word of starts) uses.push({ as: "list", word });
  if (starts.length === 0) uses.push({ as: "list", word: { text: ".", kind: "literal" } });
  for (let index = starts.length; index < rest.length; index++) {
    const word = rest[index];
    if (!word) break;
    if (FIND_NONE.includes(word.text)) continue;
    const isComparing = /^-(newer|anewer|cnewer|samefile)$/.test(word.text);
    if (!isComparing && !FIND_ONE.includes(word.text))
      return `what ${word.text} does in find is not known to be harmless`;
    index++;
    const value = rest[index];
    if (!value) return `${word.text} has no value`;
    if (value.kind === "glob") uses.push({ as: "list", word: value });
    if (isComparing) uses.push({ as: "list", word: value });
  }
  return uses;
}
