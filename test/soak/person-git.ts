/** What a person does with git in a folder where an agent works, and where their words are after it. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Whether there is a git to play with. */
export const hasGit = spawnSync("git", ["--version"]).status === 0;

/** What the person does with git; "toggle" is to the other of two branches. */
export const GIT_DEEDS = ["commit", "checkout", "toggle", "stash", "pop"] as const;

/** One of them. */
export type GitDeed = (typeof GIT_DEEDS)[number];

/** A word that the person typed, and the file in which it stands. */
export interface Standing {
  readonly word: string;
  readonly path: string;
}

/** Makes a repository of what stands in the folder, with two branches. */
export function initGit(folder: string): void {
  for (const it of [
    ["init", "-q", "-b", "main"],
    ["add", "-A"],
    ["commit", "-qm", "first"],
    ["branch", "other"],
  ])
    if (git(folder, it).status !== 0) throw new Error(`git ${it} failed in ${folder}`);
}

/** Does it. What git refuses, as a checkout over what was not committed, has not happened. */
export function doGit(folder: string, deed: GitDeed, file: string): void {
  if (deed === "commit") git(folder, ["add", "-A"]);
  const isMain = git(folder, ["symbolic-ref", "--short", "HEAD"]).stdout.trim() === "main";
  const given = {
    commit: ["commit", "-qm", "more"],
    checkout: ["checkout", "-q", "--", file],
    toggle: ["checkout", "-q", isMain ? "other" : "main"],
    stash: ["stash", "-q"],
    pop: ["stash", "pop", "-q"],
  }[deed];
  git(folder, given);
}

/** Words of the person in the files of a folder, but for those that are being written beside them just now. */
export function wordsIn(folder: string): readonly Standing[] {
  const all = readdirSync(folder, { withFileTypes: true });
  const files = all.filter((it) => it.isFile() && !it.name.endsWith(".tmp"));
  return files.flatMap((it) => {
    const path = join(folder, it.name);
    return (readFileSync(path, "utf8").match(/«\d+»/g) ?? []).map((word) => ({ word, path }));
  });
}

/** All that was ever committed or stashed, whether a branch still leads there or not. */
export function keptByGit(folder: string): string {
  return git(folder, ["log", "-p", "-m", "--all", "--reflog"]).stdout;
}

/** Without the settings of who runs the tests, and without waiting for a disk. */
function git(folder: string, given: readonly string[]) {
  const settings = ["core.fsync=none", "user.name=Person", "user.email=person@example.org"];
  const env = { PATH: process.env["PATH"], GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  const all = [...settings.flatMap((it) => ["-c", it]), ...given];
  return spawnSync("git", all, { cwd: folder, encoding: "utf8", env, maxBuffer: 2 ** 30 });
}
