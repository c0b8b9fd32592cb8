/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Names that look like secrets; "AUTHOR" is none. */
const SECRET =
  /KEY(?!BOARD)|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|PGPASS|CREDENTIAL|AUTH(?!OR)|(^|_)(PASS|PWD|PAT|DSN|COOKIE|SESSION)(_|$)/i;
/** Names that only look like them: folders, and the desktop's own. */
const HARMLESS = /^(PWD|OLDPWD|INIT_CWD|XDG_SESSION_.*|DESKTOP_SESSION)$/;
/** An address with a password in it (RFC 3986, section 3.2.1). */
const LOGIN = /[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i;
/** Our own, the editor's, what would make a fresh shell run or say something of its own, and git's settings, which are given anew. */
const FOREIGN =
  /^(WHEELHOUSE_.*|ANTHROPIC_.*|OPENAI_.*|GEMINI_.*|VSCODE_.*|ELECTRON_.*|BASH_FUNC_.*|BASH_ENV|ENV|BASHOPTS|SHELLOPTS|CDPATH|GLOBIGNORE|PROMPT_COMMAND|PS0|PS4|GIT_ASKPASS|SSH_ASKPASS|GIT_CONFIG_(?:COUNT|(?:KEY|VALUE)_\d+))$/;

/** `env` as a command of the model gets it: without secrets, and set so that nothing pages, colours or asks. */
export function cleanEnvironment(env: Environment): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !isSecret(name, value) && !FOREIGN.test(name)) kept[name] = value;
  }
  return { ...kept, ...QUIET, ...gitPins(env) };
}

/** Nothing pages, colours, opens an editor or asks; git takes no locks for what only reads (git documentation, "git", environment variables). */
const QUIET = {
  TERM: "dumb",
  NO_COLOR: "1",
  PAGER: "cat",
  MANPAGER: "cat",
  GIT_PAGER: "cat",
  EDITOR: "true",
  VISUAL: "true",
  GIT_EDITOR: "true",
  GIT_SEQUENCE_EDITOR: "true",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
} as const;

/** Settings of a repository by which reading it runs a program, and a repository that lies within another's files. */
const PINS: readonly (readonly [string, string])[] = [
  ["core.fsmonitor", "false"],
  ["safe.bareRepository", "explicit"],
  ["log.showSignature", "false"],
];

/** Settings of git that hold credentials, and addresses with a password in them. */
const SECRET_PIN = /extraheader|credential|password|token|proxyauth/i;

/**
 * The pins behind what the person has set by `GIT_CONFIG_COUNT` already: of two values git takes the later (git-config,
 * "ENVIRONMENT"). Numbered anew, for a pair that is missing makes git refuse everything.
 */
function gitPins(env: Environment): Record<string, string> {
  const given = /^\d{1,4}$/.test(env["GIT_CONFIG_COUNT"] ?? "") ? Number(env["GIT_CONFIG_COUNT"]) : 0;
  const own = Array.from({ length: given }, (_, index) => index).flatMap((index) => {
    const [key, value] = [env[`GIT_CONFIG_KEY_${index}`], env[`GIT_CONFIG_VALUE_${index}`]];
    const isWhole = key !== undefined && value !== undefined;
    return isWhole && !SECRET_PIN.test(key) && !LOGIN.test(key + value) ? [[key, value] as const] : [];
  });
  const pairs = [...own, ...PINS].flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { ...Object.fromEntries(pairs), GIT_CONFIG_COUNT: String(own.length + PINS.length) };
}

function isSecret(name: string, value: string): boolean {
  return (SECRET.test(name) && !HARMLESS.test(name)) || LOGIN.test(value);
}
