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
  if (tls !== undefined && (cert === undefined || key === undefined))
    tls.complain(`must name the files "cert" and "key"`);
  const limits = limitsOf(it.group("limits"));
  return {
    host: it.text("host") ?? "127.0.0.1",
    port: it.number("port", 0) ?? 8787,
    keys: it.items("keys").flatMap((key, index) => clientKey(key, index, limits)),
    names: it.texts("names") ?? [],
    tls: cert !== undefined && key !== undefined ? { cert, key } : undefined,
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

/** The files of a certificate. Throws with a sentence when they cannot be read. */
export async function readTls(
  { cert, key }: { readonly cert: string; readonly key: string },
  folder: string,
): Promise<{ readonly cert: string; readonly key: string }> {
  const read = (path: string) =>
    readFile(resolve(folder, path), "utf8").catch((error: unknown) => {
      throw new Error(`The file ${path} of server.tls cannot be read: ${reasonOf(error)}`);
    });
  return { cert: await read(cert), key: await read(key) };
}

/** The key behind a reference, which may name a variable. */
export function clientSecret(
  reference: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return reference.startsWith("env:") ? textOf(env[reference.slice(4)]) : reference;
}
