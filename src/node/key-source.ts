import type { ProviderType } from "../model/provider.ts";
import type { Environment } from "./environment.ts";
import { ssoLogins } from "./sso-login.ts";

/** Where keys that are named in the settings are. */
export interface KeySource {
  readonly env: Environment;
  /** A secret by its name: the editor's storage, or the encrypted file of the command. */
  readonly secret: (name: string) => Promise<string | undefined>;
  /** The token of a login by its file; "" is the usual one. Absent: the shared ones of this process. */
  readonly login?: (path: string) => Promise<string | undefined>;
}

const logins = ssoLogins(fetch, Date.now);

/**
 * The key that a reference of the settings means: `env:NAME`, `secret:NAME`, `sso:FILE` (a login of the AWS SSO token
 * cache), or the reference itself. "" is the key
 * a type's own variables hold, and before them the secret that bears the type's name.
 */
export async function keyBehind(
  reference: string,
  type: ProviderType,
  { env, secret, login }: KeySource,
): Promise<string | undefined> {
  if (reference.startsWith("env:")) return env[reference.slice(4)] || undefined;
  if (reference.startsWith("secret:")) return (await secret(reference.slice(7))) || undefined;
  if (reference.startsWith("sso:")) return (login ?? logins)(reference.slice(4));
  if (reference === "" && type.type === "codewhisperer") return (login ?? logins)("");
  if (reference !== "") return reference;
  const stored = await secret(`${type.type}.apiKey`);
  if (stored) return stored;
  const name = type.wired?.keysIn.find((it) => env[it]);
  return name === undefined ? undefined : env[name];
}

/** How a reference is named to people: a key in the settings by its last four signs. */
export function labelOf(reference: string): string {
  if (/^(env|secret|sso):/.test(reference)) return reference;
  if (reference === "") return "own key";
  return reference.length > 12 ? `…${reference.slice(-4)}` : "key in the settings";
}
