/** What decides who may ask a server of this machine. */
export interface Named {
  /** Where it listens, and at which port. */
  readonly host: string;
  readonly port: number;
  /** Further names under which it is reached, with their port where that is another. */
  readonly names: readonly string[];
}

/** Names of the machine itself. */
const OWN = ["localhost", "127.0.0.1", "[::1]"];
/** Addresses that mean every one of the machine's own: nobody comes by these. */
const ANY = ["0.0.0.0", "[::]"];

/**
 * Whether a request's `Host` is one of ours, with the port: a name that somebody else has pointed at this machine is
 * not, so that a page of theirs cannot ask here as if it were ours.
 */
export function isAllowedHost(host: string | undefined, named: Named): boolean {
  if (host === undefined) return false;
  let allowed = known.get(named);
  if (allowed?.port !== named.port) {
    allowed = { port: named.port, hosts: hostsOf(named) };
    known.set(named, allowed);
  }
  return allowed.hosts.has(host) || allowed.hosts.has(host.toLowerCase());
}

/** Worked out once, for they are asked for with every request. */
const known = new WeakMap<Named, { readonly port: number; readonly hosts: ReadonlySet<string> }>();

function hostsOf({ host: own, port, names }: Named): ReadonlySet<string> {
  const listening = own.includes(":") ? `[${own}]` : own;
  const plain = [...OWN, ...(ANY.includes(listening) ? [] : [listening])].map((it) => `${it}:${port}`);
  const named = names.flatMap((it) => (/:\d+$/.test(it) ? [it] : [it, `${it}:${port}`]));
  return new Set([...plain, ...named].map((it) => it.toLowerCase()));
}

/** Whether a page of that origin may ask: only what this very server has given out; tools send no origin. */
export function isAllowedOrigin(origin: string | undefined, named: Named, isTls: boolean): boolean {
  if (origin === undefined) return true;
  const prefix = isTls ? "https://" : "http://";
  return origin.startsWith(prefix) && isAllowedHost(origin.slice(prefix.length), named);
}
