import { isWithin, relativeTo } from "../text/paths.ts";
import { folded, foldedSegments } from "./paths.ts";

/** Folders whose content decides what runs or who may do what, wherever they stand. */
const FOLDERS = new Set([
  ".git",
  ".hg",
  ".svn",
  ".vscode",
  ".idea",
  ".devcontainer",
  ".wheelhouse",
  ".claude",
  ".cursor",
  ".codex",
  ".gemini",
  ".roo",
  ".kiro",
  ".amazonq",
  ".windsurf",
  ".continue",
  ".agents",
  ".husky",
  ".githooks",
  ".ssh",
  ".aws",
  ".gnupg",
  ".kube",
]);

/** Files that do. All lower case; `*` as in a shell. */
const FILES = [
  ".gitmodules",
  ".gitattributes",
  ".gitconfig",
  "*.code-workspace",
  ".mcp.json",
  "mcp.json",
  "agents.md",
  "claude.md",
  "gemini.md",
  ".cursorrules",
  ".clinerules*",
  ".roorules*",
  ".windsurfrules",
  "copilot-instructions.md",
  ".pre-commit-config.yaml",
  "lefthook.yml",
  ".envrc",
  ".tool-versions",
  "mise.toml",
  ".npmrc",
  ".yarnrc*",
  ".pnp.*",
  ".pnpmfile.cjs",
  "bunfig.toml",
  ".gitlab-ci.yml",
  "jenkinsfile",
  "conftest.py",
  "sitecustomize.py",
  "*.pth",
  ".bashrc",
  ".bash_profile",
  ".bash_login",
  ".bash_logout",
  ".profile",
  ".zshrc",
  ".zshenv",
  ".zprofile",
  ".zlogin",
  ".zlogout",
  ".cshrc",
  ".tcshrc",
  ".kshrc",
  ".mkshrc",
  ".login",
  ".logout",
  ".xprofile",
  ".xinitrc",
  ".xsession",
  ".xsessionrc",
  ".inputrc",
  "config.fish",
  "*profile.ps1",
  ".vscode-test*",
  ".wheelhouseignore",
];

/** Paths that run by themselves, given by their last folders. */
const TAILS = [
  ".github/workflows",
  ".github/agents",
  ".venv/bin",
  "node_modules/.bin",
  ".config/fish/conf.d",
  ".config/fish/functions",
  ".config/autostart",
  ".config/systemd",
  ".config/environment.d",
  "library/launchagents",
  ".config/code/user",
  "application support/code/user",
  "roaming/code/user",
];

/** Programs that are looked up by name: in the workspace's own folder they would be run in place of the real ones. */
const PROGRAMS = [
  ..."git node npm npx pnpm yarn corepack python python3 pip pip3 make bash sh zsh".split(" "),
  ..."cmd powershell pwsh code rg wheelhouse".split(" "),
];
const PROGRAM_ENDINGS = ["", ".exe", ".cmd", ".bat", ".com", ".ps1"];

/** Files that hold secrets. */
const SECRETS = [
  ".env",
  ".env.*",
  ".env~",
  ".env-*",
  ".env_*",
  "*.env",
  "*.env.*",
  ".envrc",
  ".envrc.*",
  ".netrc",
  "_netrc",
  ".git-credentials",
  ".pgpass",
  "pgpass.conf",
  ".my.cnf",
  ".npmrc",
  ".yarnrc.yml",
  ".pypirc",
  ".s3cfg",
  ".boto",
  ".vault-token",
  "id_rsa*",
  "id_dsa*",
  "id_ecdsa*",
  "id_ed25519*",
  "*.pem",
  "*.key",
  "*.p12",
  "*.pfx",
  "*.ppk",
  "*.keystore",
  "*.jks",
  "*.kdbx",
  "kubeconfig",
  "*.kubeconfig",
  "*.tfstate",
  "*.tfstate.*",
  "*.tfvars",
  "credentials",
  "credentials.{json,toml,ini,yml,yaml,xml,csv}",
  "token.json",
  "service-account*.json",
  "application_default_credentials.json",
  ".htpasswd",
  "secrets.json",
  "secrets.y*ml",
  "secrets.toml",
  ".*_history",
];
/** What stands behind ".env." in a file that is only a pattern for the real one. */
const EXAMPLES = ["example", "sample", "template", "dist", "defaults"];
const NO_SECRETS = [...EXAMPLES.flatMap((it) => [`.env.${it}`, `*.env.${it}`]), "*.pub", "*.tfvars.example"];

/** Folders all of whose content is secret. */
const SECRET_FOLDERS = new Set([".ssh", ".aws", ".gnupg", ".kube", ".azure", ".password-store"]);

/** Files and folders that are secret by where they stand, given by their last folders. */
const SECRET_TAILS = [
  ".git/config",
  ".docker/config.json",
  ".config/gh/hosts.yml",
  ".config/gcloud",
  ".config/rclone",
  ".config/google-chrome",
  ".config/chromium",
  ".mozilla/firefox",
  ".cargo/credentials",
  ".gem/credentials",
  ".m2/settings.xml",
  ".terraform.d",
  "library/keychains",
];

/** Absolute paths that are: passwords of the system, and the doors of Linux into other processes (proc(5)). */
const SECRET_ROOTS = ["/etc/shadow", "/etc/gshadow", "/etc/sudoers", "/proc"];
/** A path without one of these words is none of them: most need no closer look. */
const SECRET_ROOT_WORDS = /shadow|sudoers|proc/;

/** Whether writing there must be asked in every mode, whether or not the file exists. `roots` are the workspace's folders. */
export function isProtected(path: string, roots: readonly string[]): boolean {
  const parts = foldedSegments(path);
  return (
    parts.some((it) => FOLDERS.has(it)) ||
    endsIn(parts, TAILS) ||
    fits(path, FILES) ||
    isProgram(path, roots) ||
    isSecret(path)
  );
}

/** Whether reading there must be asked in every mode. */
export function isSecret(path: string): boolean {
  const parts = foldedSegments(path);
  const isKept = parts.some((it) => SECRET_FOLDERS.has(it)) || endsIn(parts, SECRET_TAILS);
  const isSystem =
    SECRET_ROOT_WORDS.test(path) && SECRET_ROOTS.some((it) => path.startsWith("/") && isWithin(path, it));
  return isSystem || ((isKept || fits(path, SECRETS)) && !fits(path, NO_SECRETS));
}

/**
 * Globs in .gitignore's manner, letters in any case, that take in what is secret below `folder` (absolute), so that a
 * search need not open it. They know nothing of names spelled oddly: what was found is still to be asked about.
 */
export function secretGlobs(folder: string): readonly string[] {
  const above = foldedSegments(folder);
  return [
    ...SECRETS.flatMap(globsOf),
    ...SECRET_FOLDERS,
    ...SECRET_TAILS.flatMap((it) => [`**/${it}`, ...restsOf(it.split("/"), above)]),
    ...SECRET_ROOTS.flatMap((it) => relativeTo(it, folder) || []).map((it) => `/${it}`),
  ];
}

/** A glob that is taken back cannot be written, for one that lets in shuts out all else: the examples are left out beforehand. */
function globsOf(pattern: string): readonly string[] {
  if (!pattern.endsWith(".env.*")) return [pattern];
  const head = pattern.slice(0, -1);
  return [head, `${head}{${allBut(EXAMPLES).join(",")}}`];
}

/** Alternatives of a glob that together take in every text but `words` and the empty one, by where it leaves each word. */
function allBut(words: readonly string[]): readonly string[] {
  const heads = new Set(words.flatMap((word) => [...word].map((_, length) => word.slice(0, length))));
  const apart = [...heads].flatMap((head) => {
    const next = words.filter((it) => it.startsWith(head)).map((it) => it.charAt(head.length));
    return [head, `${head}[!${next.join("")}]*`];
  });
  return [...apart.filter((it) => it !== ""), ...words.map((it) => `${it}?*`)];
}

/** What is left of a tail the first part of which is the end of the path above. */
function restsOf(tail: readonly string[], above: readonly string[]): readonly string[] {
  return tail.flatMap((_, index) => {
    const isBegun = index > 0 && endsWith(above, tail.slice(0, index));
    return isBegun ? [`/${tail.slice(index).join("/")}`] : [];
  });
}

function endsWith(parts: readonly string[], end: readonly string[]): boolean {
  return parts.slice(-end.length).join("/") === end.join("/");
}

function endsIn(parts: readonly string[], tails: readonly string[]): boolean {
  const joined = `/${parts.join("/")}/`;
  return tails.some((it) => joined.includes(`/${it}/`));
}

function isProgram(path: string, roots: readonly string[]): boolean {
  const [name = "", ...above] = foldedSegments(path).toReversed();
  const folder = above.toReversed().join("/");
  return (
    roots.some((it) => foldedSegments(it).join("/") === folder) &&
    PROGRAM_ENDINGS.some(
      (ending) => name.endsWith(ending) && PROGRAMS.includes(name.slice(0, name.length - ending.length)),
    )
  );
}

/** Each list of patterns as one expression, made once: a decision asks about many paths. */
const made = new WeakMap<readonly string[], RegExp>();

function fits(path: string, patterns: readonly string[]): boolean {
  const ready = made.get(patterns) ?? expressionOf(patterns);
  made.set(patterns, ready);
  return ready.test(folded(path.split(/[\\/]/).at(-1) ?? ""));
}

/** In the lists stand only `*` and `{a,b}`, and there are no slashes in names. */
function expressionOf(patterns: readonly string[]): RegExp {
  const sources = patterns.map((it) =>
    it
      .replace(/[.+^$()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replace(/\{([^}]*)\}/g, (_, of: string) => `(?:${of.replaceAll(",", "|")})`),
  );
  return new RegExp(`^(?:${sources.join("|")})$`, "s");
}
