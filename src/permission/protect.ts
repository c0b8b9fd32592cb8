import { minimatch } from "minimatch";
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
  ".inputrc",
  "config.fish",
  "*profile.ps1",
  ".wheelhouseignore",
];

/** Paths that run by themselves, given by their last folders. */
const TAILS = [".github/workflows", ".github/agents", ".venv/bin", "node_modules/.bin"];

/** Files that hold secrets. */
const SECRETS = [
  ".env",
  ".env.*",
  "*.env",
  ".netrc",
  "_netrc",
  ".git-credentials",
  ".pgpass",
  ".npmrc",
  ".pypirc",
  "id_rsa*",
  "id_dsa*",
  "id_ecdsa*",
  "id_ed25519*",
  "*.pem",
  "*.key",
  "*.p12",
  "*.pfx",
  "*.keystore",
  "*.jks",
  "*.kdbx",
  "credentials",
  "credentials.json",
  "service-account*.json",
  ".htpasswd",
  "secrets.json",
  "secrets.y*ml",
];
const NO_SECRETS = [".env.example", ".env.sample", ".env.template", ".env.dist", "*.pub"];

/** Whether writing there must be asked in every mode, whether or not the file exists. */
export function isProtected(path: string): boolean {
  const parts = foldedSegments(path);
  const joined = `/${parts.join("/")}/`;
  return (
    parts.some((it) => FOLDERS.has(it)) ||
    TAILS.some((it) => joined.includes(`/${it}/`)) ||
    fits(path, FILES) ||
    isSecret(path)
  );
}

/** Whether reading there must be asked in every mode. */
export function isSecret(path: string): boolean {
  const parts = foldedSegments(path);
  const isKeyFolder = parts.some((it) => it === ".ssh" || it === ".aws" || it === ".gnupg" || it === ".kube");
  return (isKeyFolder || fits(path, SECRETS)) && !fits(path, NO_SECRETS);
}

function fits(path: string, patterns: readonly string[]): boolean {
  const name = folded(path.split(/[\\/]/).at(-1) ?? "");
  return patterns.some((it) => minimatch(name, it, { dot: true, nocomment: true, nonegate: true }));
}
