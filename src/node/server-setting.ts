import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { textOf } from "../model/record.ts";
import type { Limits } from "../model/routing/configuration.ts";
import { type Members, membersOf } from "../model/routing/members.ts";
import { limitsOf } from "../model/routing/read-configuration.ts";
import { type ResponseCacheSetting, responseCacheSetting } from "./response-cache-setting.ts";
import { reasonOf } from "./system-error.ts";

/** A key of a gateway's client. */
export interface ClientKey {
  /** `env:NAME` or the key itself. */
  readonly key: string;
  /** For records and limits. */
  readonly name: string;
  readonly limits: Limits;
  /** The project all of its requests are for, whatever the client says; absent: as the client says. */
  readonly project?: string;
}

/** The setting `server`, read. */
export interface ServerSetting {
  readonly host: string;
  readonly port: number;
  readonly keys: readonly ClientKey[];
  /** Further names under which clients come. */
  readonly names: readonly string[];
  /** Paths of files, "" where the setting names none: whoever wants TLS must not get a gateway without it. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** Bytes of a request's body. */
  readonly mostBody: number;
  /** Absent: every request is asked. */
  readonly responseCache?: ResponseCacheSetting | undefined;
  /** Whether the gateway checks by itself whether keys that are out could be asked again; absent: it does not. */
  readonly healthChecks?: boolean;
}

const MEGABYTE = 1024 * 1024;

/** What the setting says; what is wrong with it is a sentence each. */
export function readServerSetting(value: unknown): ServerSetting & { readonly problems: readonly string[] } {
  const problems: string[] = [];
  const it = membersOf(value, "server", (problem) => void problems.push(problem));
  const tls = it.has("tls") ? it.group("tls") : undefined;
  const [cert, key] = [tls?.text("cert"), tls?.text("key")];
  const limits = limitsOf(it.group("limits"));
  return {
    host: it.text("host") ?? "127.0.0.1",
    port: it.number("port", 0) ?? 8787,
    keys: it.items("keys").flatMap((key, index) => clientKey(key, index, limits)),
    names: it.texts("names") ?? [],
    tls: tls && { cert: cert ?? "", key: key ?? "" },
    mostBody: (it.number("maxBodyMB", 1) ?? 64) * MEGABYTE,
    responseCache: responseCacheSetting(it),
    healthChecks: it.flag("healthChecks") ?? true,
    problems,
  };
}

function clientKey(it: Members | string, index: number, common: Limits): readonly ClientKey[] {
  if (typeof it === "string") return [{ key: it, name: `client ${index + 1}`, limits: common }];
  const key = it.text("key");
  if (key === undefined) {
    it.complain(`"key" is missing`);
    return [];
  }
  const own = it.has("limits") ? limitsOf(it.group("limits")) : {};
  const project = it.text("project");
  const name = it.text("name") ?? `client ${index + 1}`;
  return [{ key, name, limits: { ...common, ...own }, ...(project !== undefined && { project }) }];
}

/** The files of a certificate and its key, as PEM. Throws with a sentence when they cannot serve. */
export async function readTls(
  { cert, key }: { readonly cert: string; readonly key: string },
  folder: string,
): Promise<{ readonly cert: string; readonly key: string }> {
  if (cert === "" || key === "") throw new Error(`server.tls must name the files "cert" and "key"`);
  const read = (path: string) =>
    readFile(resolve(folder, path), "utf8").catch((error: unknown) => {
      throw new Error(`The file ${path} of server.tls cannot be read: ${reasonOf(error)}`);
    });
  const found = { cert: await read(cert), key: await read(key) };
  const certificate = certificateIn(found.cert);
  if (certificate === undefined) throw new Error(`The file ${cert} of server.tls is no certificate as PEM`);
  const own = privateKeyIn(found.key);
  if (own === "locked")
    throw new Error(`The key ${key} of server.tls is locked by a password; store it without one`);
  if (own === undefined) throw new Error(`The file ${key} of server.tls is no private key as PEM`);
  if (!certificate.checkPrivateKey(own))
    throw new Error(`The key ${key} of server.tls does not belong to the certificate ${cert}`);
  return found;
}

function certificateIn(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    // What is wrong with it is said in terms of ASN.1.
    return undefined;
  }
}

function privateKeyIn(pem: string): KeyObject | "locked" | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    // RFC 7468, section 11, and the form of before, RFC 1421, section 4.6.1.1.
    return /BEGIN ENCRYPTED PRIVATE KEY|^Proc-Type: 4,ENCRYPTED/m.test(pem) ? "locked" : undefined;
  }
}

/** The key behind a reference, which may name a variable. */
export function clientSecret(
  reference: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return reference.startsWith("env:") ? textOf(env[reference.slice(4)]) : reference;
}
