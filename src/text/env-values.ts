import { isOdd, type KnownSecret } from "./secrets.ts";

/** Whether a file of this name holds variables with secrets: `.env`, `.env.local`, `prod.env`; not the examples of them. */
export function isEnvName(name: string): boolean {
  return (
    /^\.env(?:[.~_-].*)?$|\.env(?:\..*)?$/i.test(name) &&
    !/\.(?:example|sample|template|dist|defaults)$/i.test(name)
  );
}

/** Names of variables that say that their value is secret. */
const SECRET_NAME =
  /KEY|TOKEN|SECRET|PASS(?:WORD|WD|PHRASE)?(?:_|$)|PASSWORD|PWD|CREDENTIAL|AUTH(?!OR)|PRIVATE|SALT|DSN|COOKIE|WEBHOOK|CERT/i;
/** A value with less is a word of its own too often. */
const MIN_NAMED = 8;
const MIN_ANY = 20;
const MAX_VALUE = 4_096;
/** No file that programs start with has more: so many values, and so many UTF-16 units in them. */
const MAX_VALUES = 500;
const MAX_UNITS = 256 * 1024;

/**
 * The values of an `.env` text (as the package dotenv 16 reads it) that are long and odd enough to be told from other
 * words; a value over several lines is one for each line. Each once, and the first only where there are very many.
 */
export function envSecrets(text: string): readonly KnownSecret[] {
  const line =
    /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*[=:][ \t]*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|`([^`]*)`|([^\r\n#]*))/gm;
  const found = new Map<string, KnownSecret>();
  let units = 0;
  for (const [, name = "", double, single, back, bare] of text.matchAll(line)) {
    const value = double ?? single ?? back ?? bare?.trim() ?? "";
    const lines = value.split(/\r?\n|\\n/).map((it) => it.trim());
    const what = name.replace(/[^\w]/g, "_").slice(0, 40);
    for (const value of lines) {
      if (found.has(value) || !isSecret(name, value)) continue;
      units += value.length;
      if (found.size === MAX_VALUES || units > MAX_UNITS) return [...found.values()];
      found.set(value, { value, what });
    }
  }
  return [...found.values()];
}

function isSecret(name: string, value: string): boolean {
  if (value.length > MAX_VALUE || /^[$<{]|^-----/.test(value) || /\s/.test(value)) return false;
  // An address is public; the password in one has a shape of its own.
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || /^[\w.+-]+@[\w-]+\.[\w.]+$/.test(value)) return false;
  if (isPath(value)) return false;
  if (SECRET_NAME.test(name)) return value.length >= MIN_NAMED && isMixed(value);
  const isPublic = /^[0-9a-f-]+$/i.test(value) || /[/\\]/.test(value.slice(0, 2)) || /^[\d.:]+$/.test(value);
  return value.length >= MIN_ANY && !isPublic && isOdd(value) && !/[./].*[./]/.test(value);
}

/** A key in base64 may begin with a slash, too, but is longer. */
function isPath(value: string): boolean {
  return value.length < 40 && /^(?:[.~]{0,2}\/|[A-Za-z]:\\)[\w./\\ -]*$/.test(value);
}

/** Of more than one kind of sign, or longer than words are. */
function isMixed(value: string): boolean {
  if (/^[\d.]+$/.test(value)) return value.length >= 12;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9._\-/]/].filter((it) => it.test(value)).length;
  return value.length >= 24 || (kinds >= 2 && /[\d\W]/.test(value));
}
