import { quietOptions } from "../anthropic/ask.ts";
import { claudeElsewhere } from "../anthropic/elsewhere.ts";
import type { ProviderSetup, ProviderType, UnsignedRequest } from "../provider.ts";
import { textOf } from "../record.ts";

/**
 * Claude on Google Cloud (https://platform.claude.com/docs/en/build-with-claude/claude-on-vertex-ai), through the
 * vendor's client, which is loaded with the first request. Its key is an access token; without one the application
 * default credentials of Google are taken. Options: `project`, `region`.
 */
export const vertex: ProviderType = claudeElsewhere({
  type: "vertex",
  idOf: (model) => model,
  connect,
  fitted: withVersion,
});

/** Google's own name of the version before the one of 2026, which the client takes from the header as it is. */
const VERSION = "vertex-2023-10-16";

function withVersion(request: UnsignedRequest): UnsignedRequest {
  const isOld = request.headers["anthropic-version"]?.startsWith("2023-") ?? true;
  return isOld ? { ...request, body: { anthropic_version: VERSION, ...request.body } } : request;
}

async function connect(
  { baseUrl, options = {} }: ProviderSetup,
  key: string | undefined,
  send: typeof fetch,
) {
  const { AnthropicVertex } = await import("@anthropic-ai/vertex-sdk");
  const [project, region] = [textOf(options["project"]), textOf(options["region"])];
  return new AnthropicVertex({
    ...quietOptions(send),
    region: region ?? "global",
    ...(project !== undefined && { projectId: project }),
    ...(baseUrl !== undefined && { baseURL: baseUrl }),
    ...(key !== undefined && { authClient: bearer(key, project) as AuthClient }),
  });
}

type AuthClient = Exclude<import("@anthropic-ai/vertex-sdk").ClientOptions["authClient"], null | undefined>;

/** What the client asks of its credentials. Its own option for a token is not used when it sends. */
function bearer(token: string, projectId: string | undefined): unknown {
  return { projectId, getRequestHeaders: async () => new Headers({ authorization: `Bearer ${token}` }) };
}
