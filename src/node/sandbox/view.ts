import { realpathSync, statSync } from "node:fs";
import { basename, delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { isSecret } from "../../permission/protect.ts";
import { isWithin } from "../../text/paths.ts";
import type { Environment } from "../environment.ts";
import { gitFolders } from "./git-folders.ts";
import { type Guarded, holdsLogin, surveyGuarded } from "./guarded.ts";
import type { SandboxPolicy } from "./policy.ts";
import { smallText } from "./small-text.ts";

/** What a sandboxed command can see and change. All paths are absolute with their links resolved. */
export interface View {
  /** Read and written. */
  readonly writable: readonly string[];
  /** Read only, among them what is protected inside of the writable ones. */
  readonly readable: readonly string[];
  /** Neither, though inside of what is readable. */
  readonly hidden: readonly { readonly path: string; readonly kind: "file" | "folder" }[];
  /** What is protected in the writable folders, as found before the command. */
  readonly guarded: readonly Guarded[];
  /** False when the writable folders hold more than is searched for what is protected. */
  readonly isWhole: boolean;
  readonly home: string;
}

/** Where programs and their parts lie on Linux (Filesystem Hierarchy Standard 3.0), and where Nix, Guix and Homebrew put them. */
export const SYSTEM_FOLDERS: readonly string[] = [
  ..."/usr /bin /sbin /lib /lib32 /lib64 /libx32 /etc /opt /nix /gnu /snap".split(" "),
  ..."/home/linuxbrew /var/cache/fontconfig /var/lib/dpkg /var/lib/flatpak".split(" "),
  ..."/sys/devices/system/cpu /sys/fs/cgroup /run/current-system".split(" "),
];

/** Secrets of the system: unreadable for most people anyway, but not for root, as whom containers run. */
const SYSTEM_SECRETS: readonly string[] = [
  ..."shadow shadow- gshadow gshadow- sudoers sudoers.d security/opasswd krb5.keytab ssh".split(" "),
  ..."ssl/private pki/tls/private letsencrypt wireguard openvpn ipsec.secrets ipsec.d/private".split(" "),
  ..."ppp/chap-secrets ppp/pap-secrets NetworkManager/system-connections docker kubernetes rancher".split(
    " ",
  ),
  ..."mysql/debian.cnf cups/ssl netplan".split(" "),
].map((it) => `/etc/${it}`);

/** Toolchains that live in a home. Everything else there is out of sight. */
const HOME_TOOLS: readonly string[] = [
  ..."bin .local/bin .local/lib .local/pipx .local/share/pnpm .local/share/uv .local/share/mise".split(" "),
  ..."Library/pnpm .local/share/fnm .local/share/virtualenvs .local/share/rtx .local/state/fnm_multishells".split(
    " ",
  ),
  ..."go .rustup .cargo/bin .cargo/env .cargo/registry .cargo/git .cargo/config.toml".split(" "),
  ..."nvm .nvm .fnm .volta .asdf .nodenv .pyenv .rbenv .rvm .goenv .jenv .sdkman .proto".split(" "),
  ..."miniconda3 anaconda3 mambaforge miniforge3 .deno .bun .dotnet .juliaup .ghcup .opam .elan".split(" "),
  ..."perl5 .gem .m2/repository .m2/wrapper .gradle/caches .gradle/wrapper .ivy2/cache .sbt .nuget/packages".split(
    " ",
  ),
  ..."Android/Sdk .pub-cache fvm .cache/ms-playwright .cache/puppeteer .cache/Cypress .cache/pre-commit".split(
    " ",
  ),
];

/** Git's own settings: without them it knows neither a name nor which folders to trust. */
const HOME_SETTINGS: readonly string[] = [".gitconfig", ".config/git/config", ".config/git/ignore"];

/** What is seen under `policy` now. */
export async function viewOf(
  policy: Pick<SandboxPolicy, "roots" | "allowWrite">,
  env: Environment,
  home: string,
  signal: AbortSignal,
): Promise<View> {
  const [realHome = home] = existing([home]);
  const asked = [...policy.roots, ...policy.allowWrite.map((it) => it.replace(/^~(?=\/|$)/, home))];
  const writable = outermost(existing(asked));
  const { found, isWhole } = await surveyGuarded(writable, signal);
  const repositories = linkedRepositories(writable);
  const places = outermost([...placesToRead(env, home, realHome), ...repositories]);
  const isOurs = (path: string) => writable.some((it) => isWithin(path, it));
  // A protected link can be replaced, which is noticed; what it leads to cannot be changed through it.
  const linked = existing(found.flatMap((it) => (it.kind === "link" ? it.path : [])));
  const guarded = found.flatMap((it) => (it.kind !== "link" && !it.isSecret ? it.path : []));
  const readable = [...places.filter((it) => !isOurs(it)), ...guarded, ...linked.filter(isOurs)];
  const gits = found.flatMap((it) =>
    basename(it.path) === ".git" ? Object.values(gitFolders(it.path)) : [],
  );
  const logins = loginsOf([...new Set([...gits.filter(isOurs), ...repositories])]);
  const secret = found.flatMap(({ path, kind, isSecret }) =>
    isSecret && kind !== "link" ? [{ path, kind }] : [],
  );
  const system = existing(SYSTEM_SECRETS).map(withKind);
  return {
    writable,
    readable: readable.filter((it) => !writable.includes(it)),
    hidden: [...system, ...secret, ...logins].filter(({ path }) =>
      [...writable, ...readable].some((it) => isWithin(path, it)),
    ),
    guarded: found,
    isWhole,
    home: realHome,
  };
}

function placesToRead(env: Environment, home: string, realHome: string): readonly string[] {
  const below = (names: readonly string[]) => existing(names.map((it) => join(home, it)));
  return [
    ...existing(SYSTEM_FOLDERS, false),
    ...below(HOME_TOOLS),
    ...withoutLogins(below(HOME_SETTINGS)),
    ...existing(programFolders(env, [home, realHome])),
  ];
}

/** Git's settings of a repository are hidden only when an address in them holds a password. */
function loginsOf(repositories: readonly string[]): View["hidden"] {
  const files = repositories.map((it) => join(it, "config"));
  return files.flatMap((path) => (holdsLogin(smallText(path)) ? [{ path, kind: "file" }] : []));
}

/** Whether the view shows `path` (absolute) in any way. */
export function isVisible({ writable, readable, hidden }: View, path: string): boolean {
  const isShown = [...writable, ...readable].some((it) => isWithin(path, it));
  return isShown && !hidden.some((it) => isWithin(path, it.path));
}

/**
 * Folders of programs on the PATH, each with the folder around it where that is a program's own: not a home or above one,
 * and nothing right below a home, where logins lie beside programs.
 */
function programFolders(env: Environment, homes: readonly string[]): readonly string[] {
  const folders = (env.PATH ?? "").split(delimiter).filter((it) => isAbsolute(it));
  return folders.flatMap((it) => {
    const around = /^(bin|sbin|condabin|shims)$/.test(basename(it)) ? [dirname(it)] : [];
    const isOwn = (place: string) =>
      !homes.some((home) => dirname(place) === home || isWithin(place, join(home, ".config")));
    const chosen = [...around.filter(isOwn), it].find((place) => !isAbove(place, homes) && !isSecret(place));
    return chosen === undefined ? [] : [chosen];
  });
}

/** A folder right below the root may be anything. */
function isAbove(place: string, homes: readonly string[]): boolean {
  return dirname(dirname(place)) === dirname(place) || homes.some((it) => isWithin(it, place));
}

/** Git's folder of a linked worktree or a submodule lies elsewhere (gitrepository-layout(5)): seen, never written. */
function linkedRepositories(roots: readonly string[]): readonly string[] {
  return roots.flatMap((root) => {
    const folder = /^gitdir: (.+)$/m.exec(smallText(join(root, ".git")))?.[1];
    if (folder === undefined) return [];
    const own = resolve(root, folder);
    // A file of the workspace must not show what it likes: only a repository, and one that knows it.
    if (!pointsBack(own, root)) return [];
    const common = smallText(join(own, "commondir")).trim();
    return existing([common === "" ? own : join(own, common)]).filter(isRepository);
  });
}

/** A worktree's folder names the file that named it, a submodule's the folder it is checked out to. */
function pointsBack(own: string, root: string): boolean {
  const worktree = /^\s*worktree = (.+)$/m.exec(smallText(join(own, "config")))?.[1];
  const isWorktree = resolve(own, smallText(join(own, "gitdir")).trim()) === join(root, ".git");
  return isWorktree || (worktree !== undefined && resolve(own, worktree) === root);
}

function isRepository(place: string): boolean {
  return existing(["HEAD", "objects", "refs"].map((it) => join(place, it))).length === 3;
}

function withoutLogins(files: readonly string[]): readonly string[] {
  return files.filter((it) => !holdsLogin(smallText(it)));
}

/**
 * Those that exist, their links resolved unless they are to be kept as they are called. Asked in place: a hundred paths
 * through the thread pool take longer than all the rest.
 */
function existing(paths: readonly string[], isResolved = true): readonly string[] {
  const found = paths.flatMap((it) => {
    try {
      const target = realpathSync.native(it);
      return [isResolved ? target : it];
    } catch {
      return [];
    }
  });
  return [...new Set(found)];
}

function outermost(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].filter((it) => !paths.some((other) => other !== it && isWithin(it, other)));
}

function withKind(path: string): View["hidden"][number] {
  return { path, kind: statSync(path, { throwIfNoEntry: false })?.isDirectory() ? "folder" : "file" };
}
