import type { UnsignedRequest } from "../model/provider.ts";
import type { Candidate } from "../model/routing/attempts.ts";
import type { VendorRequest } from "../model/transport.ts";
import type { Encoded } from "../model/wire.ts";
import type { Asking } from "./ask.ts";
import type { GatewayRequest } from "./exchange.ts";
import { withModel } from "./replace-model.ts";

/** The request as it is sent, with credentials; `undefined`: a key is needed and there is none. */
export async function addressed(
  asking: Asking,
  candidate: Candidate,
  encoded: Encoded | undefined,
  signal: AbortSignal,
): Promise<VendorRequest | undefined> {
  const { opened, way } = candidate;
  const { wired } = opened.type;
  if (way.provider.signed) return way.provider.signed(encoded ?? unsigned(asking, candidate), signal);
  const key = await way.key();
  if (key === undefined && wired && wired.keysIn.length > 0 && opened.setting.baseUrl === undefined)
    return undefined;
  const credentials = key === undefined ? {} : (wired?.wire.authorize(key) ?? {});
  return encoded === undefined
    ? passing(asking, candidate, credentials)
    : translated(encoded, candidate, credentials);
}

/** What a client says, for a vendor of its dialect whose own client makes the request. */
function unsigned({ call, body }: Asking, { target }: Candidate): UnsignedRequest {
  const path = call.query.get("beta") === "true" ? `${call.path}?beta=true` : call.path;
  return { path, headers: passedHeaders(call, "anthropic", {}), body: { ...body, model: target.model } };
}

/** Headers of a client that a vendor of the same dialect needs; nothing else of the client goes there. */
const PASSED_HEADERS = ["anthropic-version", "anthropic-beta", "openai-beta"];

function passing(
  { call, body }: Asking,
  { opened, target }: Candidate,
  credentials: VendorRequest["headers"],
): VendorRequest {
  const address = opened.setting.baseUrl ?? opened.type.wired?.address ?? "";
  return {
    method: "POST",
    url: `${address}${pathFor(call, opened.type.type, target.model)}`,
    headers: passedHeaders(call, opened.type.type, { "content-type": "application/json", ...credentials }),
    body:
      body["model"] === target.model || body["model"] === undefined
        ? call.body
        : withModel(call.body, target.model),
  };
}

/** `own`, with the client's headers that go on, and what a vendor wants to be told and some clients do not say. */
function passedHeaders(
  { headers }: GatewayRequest,
  type: string,
  own: VendorRequest["headers"],
): VendorRequest["headers"] {
  const passed: Record<string, string> = { ...own };
  for (const name of PASSED_HEADERS) {
    const value = headers[name];
    if (value !== undefined) passed[name] = value;
  }
  if (type === "anthropic") passed["anthropic-version"] ??= "2023-06-01";
  return passed;
}

/** The path at the vendor: addresses of OpenAI's kind end in the version, and Gemini's paths name the model. */
function pathFor({ path, query }: GatewayRequest, type: string, model: string): string {
  if (type === "openai" || type === "openai-chat") return path.replace(/^\/v1/, "");
  const kept = query.size === 0 ? [] : [...query].filter(([name]) => name === "beta" || name === "alt");
  const search = kept.length === 0 ? "" : `?${new URLSearchParams(kept)}`;
  const at =
    type === "gemini" ? path.replace(/\/models\/[^:]+:/, `/models/${encodeURIComponent(model)}:`) : path;
  return `${at}${search}`;
}

function translated(
  { path, headers, body }: Encoded,
  { opened }: Candidate,
  credentials: VendorRequest["headers"],
): VendorRequest {
  const address = opened.setting.baseUrl ?? opened.type.wired?.address ?? "";
  return {
    method: "POST",
    url: `${address}${path}`,
    headers: { "content-type": "application/json", ...headers, ...credentials },
    body: JSON.stringify(body),
  };
}
