import type { JsonObject } from "../conversation.ts";
import { countOf, recordOf, textOf } from "../record.ts";

/** A login, as the file `~/.aws/sso/cache/kiro-auth-token.json` holds it. */
export interface Credentials {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Milliseconds since 1970; `undefined`: the file does not say. */
  readonly expiresAtMs: number | undefined;
  readonly region: string;
  readonly profileArn: string | undefined;
  /** How the person has logged in: with an account of Google or GitHub, or by AWS IAM Identity Center. */
  readonly method: "social" | "idc";
  /** The client that has logged in by Identity Center. */
  readonly client: { readonly id: string; readonly secret: string } | undefined;
  /** Everything in the file, also what is not known here. */
  readonly file: JsonObject;
}

/** A request that gives a new token. */
export interface RefreshRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** A login is renewed so long before it ends, in milliseconds. */
export const REFRESH_AHEAD_MS = 5 * 60 * 1000;

const USUAL_REGION = "us-east-1";

/** The login in the text of the file; `registration` is that of the file that `registrationFile` names. `undefined`: there is none. */
export function credentialsIn(text: string, registration?: string): Credentials | undefined {
  const file = objectIn(text);
  const accessToken = textOf(file?.accessToken);
  if (file === undefined || accessToken === undefined) return undefined;
  const registered = registration === undefined ? undefined : objectIn(registration);
  const id = textOf(file.clientId) ?? textOf(registered?.clientId);
  const secret = textOf(file.clientSecret) ?? textOf(registered?.clientSecret);
  const isSocial = /social/i.test(textOf(file.authMethod) ?? (id === undefined ? "social" : "IdC"));
  const ends = Date.parse(textOf(file.expiresAt) ?? "");
  return {
    accessToken,
    refreshToken: textOf(file.refreshToken),
    expiresAtMs: Number.isNaN(ends) ? undefined : ends,
    region: regionIn(file),
    profileArn: textOf(file.profileArn),
    method: isSocial ? "social" : "idc",
    client: id !== undefined && secret !== undefined ? { id, secret } : undefined,
    file,
  };
}

/** Name of the file beside it in which the client of an Identity Center login is; `undefined`: none is named. */
export function registrationFile(text: string): string | undefined {
  const hash = textOf(objectIn(text)?.clientIdHash);
  return hash !== undefined && /^[A-Za-z0-9]+$/.test(hash) ? `${hash}.json` : undefined;
}

/** Whether it is time to renew a login. */
export function needsRefresh({ expiresAtMs }: Credentials, nowMs: number): boolean {
  return expiresAtMs !== undefined && nowMs >= expiresAtMs - REFRESH_AHEAD_MS;
}

/** How a login is renewed; `undefined`: it cannot be, the person has to log in again. */
export function refreshRequest(credentials: Credentials): RefreshRequest | undefined {
  const { refreshToken, region, method, client } = credentials;
  if (refreshToken === undefined) return undefined;
  const headers = { "content-type": "application/json" };
  if (method === "social") {
    return {
      url: `https://prod.${region}.auth.desktop.kiro.dev/refreshToken`,
      headers,
      body: { refreshToken },
    };
  }
  if (client === undefined) return undefined;
  // AWS IAM Identity Center OIDC API reference, CreateToken.
  const body = {
    grantType: "refresh_token",
    refreshToken,
    clientId: client.id,
    clientSecret: client.secret,
  };
  return { url: `https://oidc.${region}.amazonaws.com/token`, headers, body };
}

/** The login with the new token of an answer; what the answer does not name stays. `undefined`: it has no token. */
export function refreshed(credentials: Credentials, answer: unknown, nowMs: number): Credentials | undefined {
  const it = recordOf(answer);
  const accessToken = textOf(it.accessToken);
  if (accessToken === undefined) return undefined;
  const refreshToken = textOf(it.refreshToken) ?? credentials.refreshToken;
  const profileArn = textOf(it.profileArn) ?? credentials.profileArn;
  const seconds = countOf(it.expiresIn);
  const told = Date.parse(textOf(it.expiresAt) ?? "");
  const expiresAtMs = seconds !== undefined ? nowMs + seconds * 1000 : Number.isNaN(told) ? undefined : told;
  const file: JsonObject = {
    ...credentials.file,
    accessToken,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(profileArn !== undefined && { profileArn }),
    ...(expiresAtMs !== undefined && { expiresAt: new Date(expiresAtMs).toISOString() }),
  };
  return { ...credentials, accessToken, refreshToken, profileArn, expiresAtMs, file };
}

/** The text of the file for a login. */
export function fileOf({ file }: Credentials): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** A region of AWS: it becomes part of an address to which secrets are sent, so nothing else may stand there. */
function regionIn(file: JsonObject): string {
  const region = textOf(file.region) ?? textOf(file.profileArn)?.split(":")[3] ?? "";
  return /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(region) ? region : USUAL_REGION;
}

function objectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    // Half a file: another program is writing it.
    return undefined;
  }
}
