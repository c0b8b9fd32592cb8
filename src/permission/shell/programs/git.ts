import type { Sorted } from "../flags.ts";
import type { Program } from "../program.ts";

const LOG =
  "-NUM -n= -p -u -s -U= -M[=] -C[=] -S= -G= -L=read -i -E -F -P -w -b -R -a -z -g -m -c --patch --no-patch --oneline --graph --all --branches[=] --tags[=] --remotes[=] --decorate[=] --no-decorate --stat[=] --shortstat --numstat --dirstat[=] --summary --name-only --name-status --raw --unified= --color[=] --no-color --word-diff[=] --max-count= --skip= --since= --after= --until= --before= --author= --committer= --grep= --all-match --invert-grep --regexp-ignore-case --extended-regexp --fixed-strings --perl-regexp --merges --no-merges --first-parent --follow --reverse --date= --date-order --author-date-order --topo-order --pretty[=] --format= --abbrev-commit --no-abbrev-commit --abbrev[=] --left-right --cherry-pick --cherry --left-only --right-only --ancestry-path --full-history --simplify-merges --find-renames[=] --find-copies[=] --diff-filter= --ignore-all-space --ignore-space-change --ignore-space-at-eol --ignore-blank-lines --minimal --patience --histogram --diff-algorithm= --relative[=] --no-renames --full-index --binary --no-ext-diff --no-textconv --exit-code --quiet --check --source --no-walk[=] --boundary --parents --children --notes[=] --no-notes --walk-reflogs --compact-summary --function-context --inter-hunk-context= --cc --combined-all-paths --ita-invisible-in-index --submodule[=] --no-prefix --text --pickaxe-regex --pickaxe-all --no-mailmap --mailmap --use-mailmap --encoding= --line-prefix=";
const DIFF = `${LOG} --cached --staged --merge-base --ours --theirs --base`;

/** Sub-commands of git that only read, and flags with which they do; names of revisions are looked at as paths. */
const SUBCOMMANDS: readonly (Omit<Program, "names"> & { readonly name: string })[] = [
  {
    name: "status",
    flags:
      "-s -b -u[=] -v -z --short --branch --show-stash --porcelain[=] --long --verbose --untracked-files[=] --ignored[=] --ignore-submodules[=] --ahead-behind --no-ahead-behind --renames --no-renames --column[=]",
    operands: "list*",
    tells: ({ flags }) => flags.has("-v") || flags.has("--verbose"),
  },
  { name: "log", flags: LOG, operands: "read*", veto: signatures, tells: isPatched },
  { name: "whatchanged", flags: LOG, operands: "read*", veto: signatures, tells: isPatched },
  { name: "show", flags: LOG, operands: "read*", veto: signatures, tells: isShowing },
  { name: "diff", flags: DIFF, operands: "read*", tells: (it) => isPatched(it) || !isSummed(it) },
  {
    name: "diff-tree",
    flags: `${DIFF} -r -t --root --no-commit-id --stdin`,
    operands: "read*",
    veto: signatures,
    tells: isPatched,
  },
  {
    name: "shortlog",
    flags: `-s -n -e -c --summary --numbered --email --group= ${LOG}`,
    operands: "read*",
    veto: signatures,
  },
  {
    name: "blame",
    flags:
      "-L= -l -t -s -e -f -n -p -w -M -C -c -b --root --show-stats --porcelain --line-porcelain --incremental --date= --show-email --show-name --show-number --abbrev= --ignore-rev= --since= --color-lines --color-by-age --reverse",
    operands: "read*",
  },
  {
    name: "grep",
    flags:
      "-NUM -a -i -w -v -h -H -E -G -P -F -n -l -L -z -o -c -A= -B= -C= -W -p -q -e= -I -r --text --ignore-case --word-regexp --invert-match --full-name --extended-regexp --basic-regexp --perl-regexp --fixed-strings --line-number --column --files-with-matches --name-only --files-without-match --null --only-matching --count --color[=] --no-color --break --heading --show-function --function-context --after-context= --before-context= --context= --cached --untracked --no-index --and --or --not --all-match --quiet --max-depth= --recursive --no-textconv --max-count= -m=",
    operands: ({ flags }) => (flags.has("-e") ? "tree*" : "text tree*"),
    otherwise: "tree",
  },
  {
    name: "ls-files",
    flags:
      "-z -t -v -f -c -d -m -o -i -s -u -k -x= --cached --deleted --modified --others --ignored --stage --unmerged --killed --exclude= --exclude-standard --error-unmatch --full-name --abbrev[=] --eol --deduplicate --directory --no-empty-directory --recurse-submodules --debug",
    operands: "list*",
  },
  {
    name: "ls-tree",
    flags:
      "-d -r -t -l -z --long --name-only --name-status --object-only --full-name --full-tree --abbrev[=] --format=",
    operands: "list*",
  },
  {
    name: "rev-parse",
    flags:
      "-q --short[=] --abbrev-ref[=] --verify --quiet --show-toplevel --show-prefix --show-cdup --git-dir --absolute-git-dir --git-common-dir --is-inside-work-tree --is-inside-git-dir --is-bare-repository --is-shallow-repository --symbolic --symbolic-full-name --all --branches[=] --tags[=] --remotes[=] --show-superproject-working-tree",
    operands: "list*",
  },
  {
    name: "rev-list",
    flags: `${LOG} --count --objects --use-bitmap-index`,
    operands: "list*",
    veto: signatures,
    tells: isPatched,
  },
  {
    name: "describe",
    flags:
      "--all --tags --contains --abbrev= --always --long --dirty[=] --match= --exclude= --first-parent --exact-match --candidates= --debug --broken[=]",
    operands: "list*",
  },
  {
    name: "merge-base",
    flags: "-a --all --octopus --independent --is-ancestor --fork-point",
    operands: "list*",
  },
  { name: "name-rev", flags: "--tags --all --name-only --always --refs= --exclude=", operands: "list*" },
  {
    name: "show-ref",
    flags: "-q -d -s --head --heads --branches --tags --dereference --hash[=] --verify --abbrev[=] --quiet",
    operands: "list*",
  },
  {
    name: "for-each-ref",
    flags:
      "--count= --sort= --format= --contains[=] --no-contains[=] --merged[=] --no-merged[=] --points-at= --ignore-case",
    operands: "list*",
    veto: signatures,
  },
  {
    name: "cat-file",
    flags: "-p -t -s -e",
    operands: "read read",
    tells: ({ flags, operands }) =>
      !["-t", "-s", "-e"].some((it) => flags.has(it)) && !operands.every(isAtHead),
  },
  { name: "count-objects", flags: "-v -H --verbose --human-readable" },
  { name: "check-ignore", flags: "-q -v -n --quiet --verbose --non-matching --no-index", operands: "list*" },
  { name: "cherry", flags: "-v --abbrev[=]", operands: "list*" },
  { name: "version", flags: "--build-options" },
  {
    name: "branch",
    flags:
      "-a -r -v -vv -i --list --all --remotes --verbose --show-current --color[=] --no-color --column[=] --sort= --format= --contains= --no-contains= --merged --no-merged --points-at= --abbrev= --no-abbrev --ignore-case",
    operands: ({ flags }) =>
      ["--list", "--merged", "--no-merged"].some((it) => flags.has(it)) ? "list*" : "",
    veto: signatures,
  },
  {
    name: "tag",
    flags:
      "-l -n -i --list --sort= --format= --contains= --no-contains= --merged --no-merged --points-at= --column[=] --ignore-case",
    operands: ({ flags }) => (["-l", "--list"].some((it) => flags.has(it)) ? "list*" : ""),
    veto: signatures,
  },
  {
    name: "remote",
    flags: "-v --verbose",
    operands: "text text",
    veto: ({ operands: [verb] }) =>
      !verb || verb.text === "get-url" ? undefined : `git remote ${verb.text} does more than read`,
  },
  {
    name: "stash",
    flags: LOG,
    operands: "text list*",
    veto: ({ operands: [verb] }) =>
      /^(list|show)$/.test(verb?.text ?? "") ? undefined : "git stash does more than read",
    tells: isPatched,
  },
  {
    name: "reflog",
    flags: LOG,
    operands: "list*",
    veto: ({ operands: [verb] }) =>
      /^(expire|delete|drop|write)$/.test(verb?.text ?? "") ? "it forgets where branches were" : undefined,
    tells: isPatched,
  },
  {
    name: "worktree",
    flags: "-v -z --porcelain --verbose",
    operands: "text",
    veto: ({ operands: [verb] }) => (verb?.text === "list" ? undefined : "git worktree does more than read"),
  },
];

/** The sub-commands of git that only read. */
export const gitReaders: readonly Program[] = SUBCOMMANDS.map(({ name, ...rest }) => ({
  names: [`git ${name}`],
  ...rest,
}));

/** To show whether a signature holds, git runs a program that its configuration names. */
function signatures({ flags }: Sorted): string | undefined {
  const formats = ["--format", "--pretty"].flatMap((it) => flags.get(it) ?? []);
  return formats.some((it) => /%G|signature/.test(it)) ? "it runs a program to check signatures" : undefined;
}

const PATCHES =
  "-p -u -U -L -c -m --patch --unified --cc --word-diff --binary --check --function-context --submodule".split(
    " ",
  );
const SUMMARIES =
  "-s -q --no-patch --quiet --stat --shortstat --numstat --dirstat --summary --compact-summary --name-only --name-status --raw".split(
    " ",
  );

/** Flags that make git print lines of files (git-diff(1), "Generate patch text"; git-log(1), "Diff Formatting"). */
function isPatched({ flags }: Sorted): boolean {
  return PATCHES.some((it) => flags.has(it));
}

/** Flags in whose stead a patch would be printed. */
function isSummed({ flags }: Sorted): boolean {
  return SUMMARIES.some((it) => flags.has(it));
}

/** A file's content is shown whatever the flags say; only of what is at the head is it known to be a commit. */
function isShowing(given: Sorted): boolean {
  return isPatched(given) || !isSummed(given) || !given.operands.every(isAtHead);
}

function isAtHead({ text }: Sorted["operands"][number]): boolean {
  return /^(HEAD|@)([~^]\d*)*(\^\{(commit|tree)\})?$/.test(text);
}
