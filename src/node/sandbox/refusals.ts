import { existsSync } from "node:fs";
import { isVisible, type View } from "./view.ts";

/** Lines looked at, from the end: an error stands there as a rule. */
const LINES = 400;
/** Most sentences about one command. */
const MOST = 5;

const READ_ONLY = /read-only file system|\bEROFS\b/i;
const DENIED = /permission denied|\bEACCES\b|device or resource busy|\bEBUSY\b|cross-device link|\bEXDEV\b/i;
const ABSENT = /no such file or directory|\bENOENT\b|not found|cannot access/i;
const NOT_PERMITTED = /operation not permitted|\bEPERM\b/i;
/** As curl, git, Node, Python, Go, npm, pip and the C library say that they reach nobody. */
const NETWORK =
  /could not resolve|name or service not known|name resolution|module lookup disabled by GOPROXY|--offline was specified|attempting to make an HTTP request, but|\b(ENOTFOUND|EAI_AGAIN|ENETUNREACH|ECONNREFUSED)\b|network is (unreachable|down)|no such host|connection refused|failed to connect|server misbehaving|nodename nor servname|unable to access 'https?:/i;

const OUTSIDE = "Ask to run it outside the sandbox if it must.";

/**
 * What the sandbox has refused, as far as the output of a command that failed tells: a sentence each, without the same
 * twice. `allowedHosts`: the policy's.
 */
export function refusalsIn(output: string, view: View, allowedHosts: readonly string[]): readonly string[] {
  const lines = output.split("\n").slice(-LINES);
  const said = new Set<string>();
  for (const line of lines) {
    const sentence = refusalIn(line, view, allowedHosts);
    if (sentence !== undefined && said.size < MOST) said.add(`${sentence} ${OUTSIDE}`);
  }
  return [...said];
}

function refusalIn(line: string, view: View, allowedHosts: readonly string[]): string | undefined {
  const paths = pathsIn(line, view);
  const hidden = paths.find((it) => view.hidden.some(({ path }) => it === path || it.startsWith(`${path}/`)));
  if (READ_ONLY.test(line)) return `The sandbox refused a change${placeOf(paths)}: it is read-only in it.`;
  if (hidden !== undefined && (DENIED.test(line) || NOT_PERMITTED.test(line)))
    return `The sandbox refused access to "${hidden}", which may hold secrets.`;
  const guarded = paths.find((it) => view.guarded.some(({ path }) => it === path));
  if (guarded !== undefined && DENIED.test(line))
    return `The sandbox refused a change at "${guarded}", which is protected.`;
  if (NETWORK.test(line)) return networkSentence(allowedHosts);
  const unseen = ABSENT.test(line) ? paths.find((it) => !isVisible(view, it) && isOnDisk(it)) : undefined;
  if (unseen !== undefined) return `The sandbox does not show "${unseen}", which lies outside the workspace.`;
  if ((NOT_PERMITTED.test(line) && SYSTEM_CALLS.test(line)) || (DENIED.test(line) && SOCKETS.test(line)))
    return "The sandbox refused a system call: namespaces, mounts, set-user bits and sockets of the file system are not to be had in it.";
  return undefined;
}

const SOCKETS = /\bsocket\b|\.sock\b/i;
const SYSTEM_CALLS = /unshare|clone|mount|namespace|chmod|changing permissions|mode|socket|sandbox|keyring/i;

function networkSentence(allowedHosts: readonly string[]): string {
  return allowedHosts.length === 0
    ? "The sandbox has no network."
    : `The sandbox reaches only these hosts, by HTTP and HTTPS through its proxy: ${allowedHosts.join(", ")}.`;
}

function placeOf([first]: readonly string[]): string {
  return first === undefined ? "" : ` at "${first}"`;
}

/** Absolute paths that a line names, and those of the workspace that are protected and whose name from there it names. */
function pathsIn(line: string, { hidden, guarded, writable }: View): readonly string[] {
  const absolute = [...line.matchAll(/(?<![\w./~-])\/[^\s'"`:;,()<>]+/g)].map(([it]) =>
    it.replace(/[.\]]+$/, ""),
  );
  const known = [...hidden, ...guarded]
    .map((it) => it.path)
    .filter((path) => {
      const root = writable.find((it) => path.startsWith(`${it}/`));
      return root !== undefined && names(line, path.slice(root.length + 1));
    });
  return [...new Set([...absolute, ...known])];
}

/** Whether the line has the name as a word of its own, perhaps with a path behind it. */
function names(line: string, name: string): boolean {
  const at = line.indexOf(name);
  if (at < 0) return false;
  const [before, after] = [line[at - 1] ?? " ", line[at + name.length] ?? " "];
  return !/[\w-]/.test(before) && !/[\w-]/.test(after);
}

function isOnDisk(path: string): boolean {
  return path.split("/").length > 2 && existsSync(path);
}
