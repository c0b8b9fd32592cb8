import type { ProviderType } from "../model/provider.ts";
import type { Environment } from "./environment.ts";

/** Where keys that are named in the settings are. */
export interface KeySource {
  readonly env: Environment;
  /** A secret by its name: the editor's storage, or the encrypted file of the command. */
  readonly secret: (name: string) => Promise<string | undefined>;
}

/**
 * The key that a reference of the settings means: `env:NAME`, `secret:NAME`, or the reference itself. "" is the key
 * a type's own variables hold, and before them the secret that bears the type's name.
 */
export async function keyBehind(
  reference: string,
  type: ProviderType,
  { env, secret }: KeySource,
): Promise<string | undefined> {
  if (reference.startsWith("env:")) return env[reference.slice(4)] || undefined;
  if (reference.startsWith("secret:")) return (await secret(reference.slice(7))) || undefined;
  if (reference !== "") return reference;
  const stored = await secret(`${type.type}.apiKey`);
  if (stored) return stored;
  const name = type.wired?.keysIn.find((it) => env[it]);
  return name === undefined ? undefined : env[name];
}

/** How a reference is named to people: a key in the settings by its last four signs. */
export function labelOf(reference: string): string {
  if (/^(env|secret):/.test(reference)) return reference;
  if (reference === "") return "own key";
  return reference.length > 12 ? `…${reference.slice(-4)}` : "key in the settings";
}
