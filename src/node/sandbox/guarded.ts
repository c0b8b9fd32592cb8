import { type Dirent, lstatSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { isProtected, isSecret } from "../../permission/protect.ts";
import { isWithin } from "../../text/paths.ts";
import { gitFolders } from "./git-folders.ts";
import { smallText } from "./small-text.ts";

/** A file or folder that decides what runs, or holds secrets, and therefore must not be changed from inside. */
export interface Guarded {
  /** Absolute. */
  readonly path: string;
  readonly kind: "file" | "folder" | "link";
  /** Must not be read either. */
  readonly isSecret: boolean;
  /** Device and inode: a file put in the place of another has the same path and another identity. */
  readonly identity: string;
  /** What made it one, when that is not its own name: it counts only as long as these are what they were. */
  readonly by?: readonly string[];
}

/** What was found; `isWhole` is false when there was more than is looked at. */
export interface Survey {
  readonly found: readonly Guarded[];
  readonly isWhole: boolean;
}

/** Most folders one look opens, and most it reports: so that it takes well under a second. */
const MAX_FOLDERS = 20_000;
const MAX_FOUND = 400;
/** Folders looked into before others get their turn. */
const AT_ONCE = 64;

/** Everything protected below `roots` (absolute, links resolved), nearest first; links are not followed. */
export async function surveyGuarded(roots: readonly string[], signal: AbortSignal): Promise<Survey> {
  const found: Guarded[] = [];
  let level: readonly Place[] = roots.map((root) => ({ root, relative: "" }));
  let opened = 0;
  while (level.length > 0 && opened < MAX_FOLDERS && found.length < MAX_FOUND) {
    const next: Place[] = [];
    for (const place of level) {
      if (++opened > MAX_FOLDERS) break;
      if (opened % AT_ONCE === 0) await turn();
      signal.throwIfAborted();
      const { guarded, below } = lookInto(place);
      const here = guarded.flatMap((it) => guardedAt(place.root, it) ?? []);
      found.push(...here, ...here.flatMap((it) => behindGit(it, roots)));
      next.push(...below.map((relative) => ({ root: place.root, relative })));
    }
    level = next;
  }
  return {
    found: found.slice(0, MAX_FOUND),
    isWhole: level.length === 0 && opened <= MAX_FOLDERS && found.length <= MAX_FOUND,
  };
}

/** A folder by its root and its path from there. */
interface Place {
  readonly root: string;
  readonly relative: string;
}

/** What stands in a folder, by paths from the root. */
interface Content {
  readonly guarded: readonly string[];
  readonly below: readonly string[];
}

/** Folders read earlier. Every command is between two looks at a whole workspace, and most of it does not change. */
const READ = new Map<string, Content & { readonly state: string }>();
/** A folder that has only just changed may change again without its time telling so (coarse clocks, inode(7)). */
const SETTLED_MS = 100;

/** Read at one go: asked one by one through the thread pool, thousands of folders take twice as long. */
function lookInto({ root, relative }: Place): Content {
  const path = join(root, relative);
  const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stat) return NOTHING;
  const state = `${relative}:${stat.dev}:${stat.ino}:${stat.ctimeNs}`;
  const known = READ.get(path);
  if (known?.state === state) return known;
  const content = contentOf(path, relative);
  if (READ.size >= MAX_FOLDERS) READ.clear();
  if (Number(stat.ctimeMs) < Date.now() - SETTLED_MS) READ.set(path, { ...content, state });
  else READ.delete(path);
  return content;
}

const NOTHING: Content = { guarded: [], below: [] };

function contentOf(path: string, relative: string): Content {
  const guarded: string[] = [];
  const below: string[] = [];
  for (const entry of entriesOf(path)) {
    const inner = relative === "" ? entry.name : `${relative}/${entry.name}`;
    if (isGuardedName(inner)) guarded.push(inner);
    else if (entry.isDirectory() && isEntered(inner)) below.push(inner);
  }
  return { guarded, below };
}

function entriesOf(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    // Who may not open it cannot leave anything in it either.
    return [];
  }
}

/** Installed packages are not looked into, only beside them: they bring many such names that are public or never read. */
function isEntered(relative: string): boolean {
  return !/(^|\/)(node_modules|site-packages)\//.test(relative);
}

function guardedAt(root: string, relative: string): Guarded | undefined {
  const path = join(root, relative);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return undefined;
  const kind = stat.isDirectory() ? "folder" : stat.isSymbolicLink() ? "link" : "file";
  const isKept = kind !== "link" && holdsSecret(path, relative);
  return { path, kind, isSecret: isKept, identity: `${stat.dev}:${stat.ino}` };
}

/** What git takes settings and hooks from where a `.git` leads or names it, as far as that could be written. */
function behindGit({ path }: Guarded, roots: readonly string[]): readonly Guarded[] {
  if (basename(path).toLowerCase() !== ".git") return [];
  const { own, common } = gitFolders(path);
  const places = [
    ...(own === path ? [] : [{ folder: own, by: [path] }]),
    ...(common === own ? [] : [{ folder: common, by: [path, own, join(own, "commondir")] }]),
  ].filter(({ folder }) =>
    // A submodule's is guarded with the one it lies in.
    roots.some((root) => isWithin(folder, root) && !isWithin(folder, join(root, ".git"))),
  );
  return places.flatMap(({ folder, by }) => {
    // A whole workspace that is such a folder is still worked in.
    const parts = roots.some((root) => isWithin(root, folder)) ? GIT_PARTS : [""];
    return parts.flatMap((part) => {
      const found = guardedAt(folder, part);
      return found ? [{ ...found, by }] : [];
    });
  });
}

/** What of git's folder names programs, or other folders with such names. */
const GIT_PARTS = "config config.worktree commondir hooks info modules worktrees".split(" ");

/** Settings of package managers are secret only with a login in them: without them nothing could be run at all. */
function holdsSecret(path: string, relative: string): boolean {
  if (!isSecret(STAND_IN + relative)) return false;
  if (!/(^|\/)(\.npmrc|\.yarnrc\.yml)$/i.test(relative)) return true;
  return holdsLogin(smallText(path));
}

const LOGIN =
  /(_authToken|_auth|_password|npmAuth(Token|Ident))["']?\s*[=:]\s*(?!["']?\$\{)["']?[^\s"']|extraheader|:\/\/[^\s/@]*:[^\s@$]+@/i;

/** Whether a settings text holds a password or token itself, not only the name of a variable with one. */
export function holdsLogin(text: string): boolean {
  return LOGIN.test(text);
}

/** Where the workspace lies must not matter: below a folder that is protected itself everything would be. */
const STAND_IN = "/workspace/";

/** What was decided about a path from its root; asked for every file before and after every command. */
const KNOWN = new Map<string, boolean>();
const MAX_KNOWN = 20_000;

/** Whether a path from its root, with forward slashes, names something protected. */
export function isGuardedName(relative: string): boolean {
  if (!mayBeGuarded(relative)) return false;
  const known = KNOWN.get(relative);
  if (known !== undefined) return known;
  const is = isProtected(STAND_IN + relative, [STAND_IN.slice(0, -1)]);
  if (KNOWN.size >= MAX_KNOWN) KNOWN.clear();
  KNOWN.set(relative, is);
  return is;
}

/** Parts that every protected name has one of. A cheap look, since the exact one compares a hundred patterns. */
const SUSPECT = new RegExp(
  [
    "^\\.|[^ -~]|env|key|pem|p12|pfx|ppk|jks|kdbx|^id_|kube|tfstate|tfvars|cred|token|secret|service-account|^_netrc",
    "pgpass|htpasswd|_history|workspace|^mcp|agents|claude|gemini|instructions|lefthook|^mise|bunfig|jenkinsfile|conftest",
    "sitecustomize|pth$|fish|profile|^(bin|conf\\.d|functions|workflows|user|autostart|systemd|keychains|config|config\\.json)$",
    "^(hosts\\.yml|settings\\.xml|gcloud|rclone|google-chrome|chromium|firefox)$",
  ].join("|"),
  "i",
);

function mayBeGuarded(relative: string): boolean {
  const slash = relative.lastIndexOf("/");
  // Programs are protected in the workspace's own folder only, and by any of many names.
  return slash < 0 || SUSPECT.test(relative.slice(slash + 1));
}
