import type { ProviderType } from "../model/provider.ts";
import { providerTypes } from "../model/providers/all.ts";
import { recordOf } from "../model/record.ts";
import type { OpenedProvider } from "../model/routing/candidates.ts";
import type { ModelConfiguration } from "../model/routing/configuration.ts";
import type { Environment } from "./environment.ts";
import { ssoLogins } from "./sso-login.ts";

/** Where keys that are named in the settings are. */
export interface KeySource {
  readonly env: Environment;
  /** A secret by its name: the editor's storage, or the encrypted file of the command. */
  readonly secret: (name: string) => Promise<string | undefined>;
  /** The token of a login by its file; "" is the usual one. Absent: the shared ones of this process. */
  readonly login?: (path: string) => Promise<string | undefined>;
  /** Names of the secrets there are, the same set while nothing has changed; absent: there are none. */
  readonly stored?: () => ReadonlySet<string>;
}

/** The name under which a reference's key is a secret; `undefined`: it is none. */
export function secretBehind(reference: string, type: string): string | undefined {
  if (reference === "") return ownSecret(type);
  return reference.startsWith("secret:") ? reference.slice(7) : undefined;
}

/** The name under which the own key of a provider's type is a secret. */
export function ownSecret(type: string): string {
  return `${type}.apiKey`;
}

/** By the `fetch` of the process as it is then, which may go through a proxy. */
const logins = ssoLogins((input, init) => fetch(input, init), Date.now);

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
  const stored = await secret(ownSecret(type.type));
  if (stored) return stored;
  const name = type.wired?.keysIn.find((it) => env[it]);
  return name === undefined ? undefined : env[name];
}

/** Names of the variables in which the settings say that keys are. */
export function keyVariables(providers: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.values(providers).flatMap((it) => {
    const { keys } = recordOf(it);
    const given: readonly unknown[] = Array.isArray(keys) ? keys : [];
    return given.flatMap((key) => (typeof key === "string" && key.startsWith("env:") ? [key.slice(4)] : []));
  });
}

/** How a reference is named to people: a key in the settings by its last four signs. */
export function labelOf(reference: string): string {
  if (/^(env|secret|sso):/.test(reference)) return reference;
  if (reference === "") return "own key";
  return reference.length > 12 ? `…${reference.slice(-4)}` : "key in the settings";
}

/** Whether something is known to hold the own key of a type, without asking for it. */
export function hasOwnKey(type: ProviderType, { env, stored }: KeySource): boolean {
  return stored?.().has(ownSecret(type.type)) === true || type.wired?.keysIn.some((it) => env[it]) === true;
}

/** Keys that stand in the settings or in variables that providers read. */
export function plainKeys(
  { providers }: ModelConfiguration,
  env: Environment,
): readonly (string | undefined)[] {
  const own = providerTypes.flatMap((it) => it.wired?.keysIn ?? []).map((it) => env[it]);
  const named = providers.flatMap((it) => it.keys).filter((it) => !/^(secret|sso):/.test(it));
  return [...own, ...named.map((it) => (it.startsWith("env:") ? env[it.slice(4)] : it))];
}

/** Takes the keys back in that a secret is for: what was found out is about the one before. */
export function restoreKeys(providers: readonly OpenedProvider[], secret: string): void {
  for (const { setting, pool } of providers) {
    for (const [index, { id }] of pool.instances.entries()) {
      if (secretBehind(setting.keys[index] ?? "", setting.type) === secret) pool.restore(id);
    }
  }
}
