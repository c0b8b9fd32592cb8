/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Names that look like secrets; "AUTHOR" is none. */
const SECRET =
  /KEY(?!BOARD)|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|PGPASS|CREDENTIAL|AUTH(?!OR)|(^|_)(PASS|PWD|PAT|DSN|COOKIE|SESSION)(_|$)/i;
/** Names that only look like them: folders, and the desktop's own. */
const HARMLESS = /^(PWD|OLDPWD|INIT_CWD|XDG_SESSION_.*|DESKTOP_SESSION)$/;
/** An address with a password in it (RFC 3986, section 3.2.1). */
const LOGIN = /[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i;
/** Our own, the editor's, and what would make a fresh shell run or say something of its own. */
const FOREIGN =
  /^(WHEELHOUSE_.*|ANTHROPIC_.*|OPENAI_.*|GEMINI_.*|VSCODE_.*|ELECTRON_.*|BASH_FUNC_.*|BASH_ENV|ENV|BASHOPTS|SHELLOPTS|CDPATH|GLOBIGNORE|PROMPT_COMMAND|PS0|PS4|GIT_ASKPASS|SSH_ASKPASS)$/;

/** `env` as a command of the model gets it: without secrets, and set so that nothing pages, colours or asks. */
export function cleanEnvironment(env: Environment): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !isSecret(name, value) && !FOREIGN.test(name)) kept[name] = value;
  }
  return { ...kept, TERM: "dumb", NO_COLOR: "1", PAGER: "cat", GIT_PAGER: "cat", GIT_TERMINAL_PROMPT: "0" };
}

function isSecret(name: string, value: string): boolean {
  return (SECRET.test(name) && !HARMLESS.test(name)) || LOGIN.test(value);
}
